"""What follows from the log, kept in the derived tables: brought up to date with each change, or made anew.

Invariant: after `update` or `rule` the derived tables are those that `rebuild` would make of the log; only what a
change reaches is computed again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, inspect, select

from followthearms.link.joining.strands import Strand, strands
from followthearms.link.joining.threads import threads
from followthearms.link.rulings.decided import Decided
from followthearms.model import Deal, Decision
from followthearms.register.chunks import chunks
from followthearms.register.database import filling
from followthearms.register.folding import deals as dealing
from followthearms.register.folding.copying import tell_copies
from followthearms.register.folding.current import Rulings, rulings
from followthearms.register.folding.current import standing as standing_of
from followthearms.register.folding.deals import joins, stories
from followthearms.register.folding.making import TABLES, make
from followthearms.register.folding.reach import are_on_claims, documents_of, spread
from followthearms.register.folding.recording import Touched, record, restand
from followthearms.register.folding.relinking import relink
from followthearms.register.folding.version import version
from followthearms.register.search import dialects, words
from followthearms.register.session import Session
from followthearms.register.tables import derived, documents, issued

__all__ = ["built", "joins", "prepare", "rebuild", "rule", "standing", "stories", "update"]

_BATCH = 1_000
"""Documents, or spots, that are in memory at once when everything is made anew."""


def prepare(session: Session) -> None:
    """Make the derived tables anew if another version made them, or none."""
    with session.reading() as connection:
        if _is_current(connection):
            return
    with session.writing() as connection:
        if not _is_current(connection):  # another process may have been here first
            rebuild(connection, session.now().isoformat(timespec="seconds"))


def rebuild(connection: Connection, now: str) -> None:
    """Make the derived tables anew from the log."""
    with filling(connection):
        _rebuild(connection, now)


def _rebuild(connection: Connection, now: str) -> None:
    make(connection)
    fold = _Fold(connection, rulings(connection), now)
    names = sorted(connection.execute(select(documents.c.id)).scalars())
    is_long, touched = len(names) > _BATCH, Touched()
    for start in range(0, len(names), _BATCH):
        touched |= fold.record(names[start : start + _BATCH])
        fold.forget()
        if is_long and start == 0:
            dialects.look_again(connection, TABLES)
    if is_long:
        dialects.look_again(connection, TABLES)
    spots = sorted(touched.spots)
    for start in range(0, len(spots), _BATCH):
        touched.deals |= fold.relink(Touched(spots=set(spots[start : start + _BATCH])))
        fold.forget()
    fold.tell(touched.deals)
    connection.execute(insert(derived.folded).values(version=version()))


def update(connection: Connection, names: Collection[str], now: str) -> None:
    """Bring the derived tables up to date after new readings of the documents with these ids."""
    fold = _Fold(connection, rulings(connection), now)
    touched = fold.record(names)
    fold.tell(touched.deals | fold.relink(touched))


def rule(connection: Connection, decisions: Iterable[Decision], now: str) -> None:
    """Bring the derived tables up to date after these decisions, which are in the log already."""
    fold, made = _Fold(connection, rulings(connection), now), tuple(decisions)
    names = documents_of(connection, made, fold.rulings)
    if are_on_claims(made, fold.rulings):
        names -= restand(connection, list(standing_of(connection, names, fold.rulings)))
        if not names:
            return
    touched = fold.record(names)
    spread(connection, touched)
    fold.tell(touched.deals | fold.relink(touched))


def standing(connection: Connection, names: Collection[str]) -> Iterator[Decided]:
    """The documents with these ids, in the order of their ids, with their claims as decisions leave them."""
    return standing_of(connection, names, rulings(connection))


def built(connection: Connection, names: Collection[str]) -> Iterator[Deal]:
    """The deals with these ids in full, in the order of their ids; none for an id without strands."""
    return dealing.held(connection, names)


@dataclass
class _Fold:
    """One pass over some of the register; `known` keeps the strands of the documents that it has met."""

    connection: Connection
    rulings: Rulings
    now: str = ""
    known: dict[str, tuple[Strand, ...]] = field(default_factory=dict)

    def strands(self, names: Collection[str]) -> Iterator[Strand]:
        """The strands of the documents with these ids."""
        unknown = [name for name in names if name not in self.known]
        for one in standing_of(self.connection, unknown, self.rulings):
            self.known[one.document.id] = strands(one.linked, self.rulings.bindings)
        return (strand for name in sorted(names) for strand in self.known[name])

    def forget(self) -> None:
        """Let go of the strands that are known, so that memory stays bounded."""
        self.known.clear()

    def record(self, names: Collection[str]) -> Touched:
        """Replace the rows of these documents; what that reaches."""
        found = list(standing_of(self.connection, names, self.rulings))
        cut = {one.document.id: threads(one.linked, self.rulings.bindings) for one in found}
        self.known |= {name: tuple(s for thread in made for s in thread.strands) for name, made in cut.items()}
        touched = record(self.connection, found, cut, self.rulings.bindings)
        touched.deals |= _deals_of(self.connection, tell_copies(self.connection, names) - set(names))
        words.put(self.connection, names)
        return touched

    def relink(self, touched: Touched) -> set[str]:
        """Link anew what was reached; the deals whose strands are others than before."""
        return relink(self.connection, touched, self.rulings.bindings)

    def tell(self, names: Collection[str]) -> None:
        """Replace the rows of these deals, and keep their ids for ever."""
        for part in chunks(names):
            dealing.record_deals(self.connection, part, self.strands, self.rulings.bindings)
            words.put_deals(self.connection, part)
            _issue(self.connection, part, self.now)
            if len(self.known) > _BATCH:
                self.forget()


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table(derived.folded.name):
        return False
    return connection.execute(select(derived.folded.c.version)).scalars().all() == [version()]


def _deals_of(connection: Connection, names: Collection[str]) -> set[str]:
    found: set[str] = set()
    strands = derived.strands.c
    for part in chunks(names):
        asked = select(strands.deal).where(strands.document.in_(part), strands.deal.is_not(None))
        found |= set(connection.execute(asked.distinct()).scalars())
    return found


def _issue(connection: Connection, names: Collection[str], now: str) -> None:
    """Keep where the deals with these ids began, for those that no deal was ever shown under."""
    known = set(connection.execute(select(issued.c.deal).where(issued.c.deal.in_(names))).scalars())
    strands, statements = derived.strands.c, derived.statements.c
    anchors = [name.removeprefix("d") for name in names if name not in known]
    begun = (
        select(strands.deal, strands.document, statements.start, statements.end)
        .join(derived.statements, (statements.document == strands.document) & (statements.position == strands.position))
        .where(strands.anchor.in_(anchors))
    )
    rows = [{**row._mapping, "added": now} for row in connection.execute(begun)]
    if rows:
        connection.execute(insert(issued), rows)
