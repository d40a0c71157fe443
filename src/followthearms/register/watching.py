"""What has happened in the register since somebody last looked.

Invariant: a look sees one state of the register, and what it finds is what `Snapshots.diff` would find between the
state that was seen last and this one; only deals that a reading or a ruling may have changed are compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from followthearms.model import Contradiction, Deal, Decision, Frozen
from followthearms.model.snapshots import NOW, Changes, Gone, frozen_line, reports
from followthearms.register.chunks import chunks
from followthearms.register.folding import built
from followthearms.register.folding.current import rulings
from followthearms.register.folding.reach import documents_of
from followthearms.register.folding.version import version
from followthearms.register.session import Session
from followthearms.register.snapshots import State, difference
from followthearms.register.tables import decisions, derived, readings
from followthearms.register.tables.intake import inputs

LAST = "last time"
"""What the state is called that was seen last."""


class Mark(Frozen):
    """How far somebody has looked: the newest reading, decision and journal entry, 0 for none, and what linked."""

    reading: int = 0
    decision: int = 0
    entry: int = 0
    linker: str = ""

    def leads_to(self, other: Mark) -> bool:
        """Whether a register that was at this mark can have come to the other without a change of what links."""
        grown = self.reading <= other.reading and self.decision <= other.decision and self.entry <= other.entry
        return grown and self.linker == other.linker


@dataclass(frozen=True)
class Seen:
    """A deal as it was seen: a digest of its row, by which a look can tell cheaply that it differs, and its line."""

    row: str
    line: str


@dataclass(frozen=True)
class Look:
    """What was found: up to where, what has changed, the conflicts that have come by deal, the addresses of the
    articles that brought it by document, and what to remember instead of what was known, by deal; null for deals that
    are gone."""

    mark: Mark
    changes: Changes = field(default_factory=lambda: Changes(left=LAST, right=NOW))
    conflicts: Mapping[str, tuple[Contradiction, ...]] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, Seen | None] = field(default_factory=dict)


class Watching:
    """Looking at a register again and again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def mark(self) -> Mark:
        """Where the register is now."""
        with self._session.reading() as connection:
            return _mark(connection)

    def first(self) -> Look:
        """All deals as they stand, of which none is news."""
        with self._session.reading() as connection:
            return Look(_mark(connection), seen=_seen(connection, _rows(connection)))

    def since(self, mark: Mark, rows: Mapping[str, str], known: Callable[[Collection[str]], Mapping[str, str]]) -> Look:
        """What has happened since a mark. `rows` are the digests of all deals seen then, `known` gives their lines."""
        with self._session.reading() as connection:
            now = _mark(connection)
            if (now.reading, now.decision) == (mark.reading, mark.decision):
                return Look(now)
            there = _rows(connection)
            wanted = {name for name in rows.keys() | there.keys() if rows.get(name) != there.get(name)}
            wanted |= _deals_of(connection, _documents(connection, mark))
            seen = _seen(connection, {name: there[name] for name in wanted if name in there})
            before = State(LAST, known(wanted), mark.decision)
            after = State(NOW, {name: one.line for name, one in seen.items()}, now.decision)
            found = difference(connection, before, after)
            articles = _addresses(
                connection,
                {report.document for change in found.deals for report in reports(change)},
            )
        gone = dict.fromkeys(wanted - seen.keys())
        return Look(now, found, _arisen(before.lines, after.lines, found), articles, {**seen, **gone})

    def met(self, addresses: Collection[str]) -> set[tuple[str, str]]:
        """Address and hash of the inputs with these addresses whose bytes were had before, by whatever run."""
        found: set[tuple[str, str]] = set()
        with self._session.reading() as connection:
            for part in chunks(set(addresses)):
                asked = select(inputs.c.address, inputs.c.raw_hash).where(inputs.c.address.in_(part))
                rows = connection.execute(asked.where(inputs.c.raw_hash.is_not(None)).distinct())
                found |= {(row.address, row.raw_hash) for row in rows}
        return found


def _mark(connection: Connection) -> Mark:
    newest = (func.coalesce(func.max(column), 0) for column in (readings.c.id, decisions.c.seq, inputs.c.seq))
    reading, decision, entry = (connection.execute(select(number)).scalar_one() for number in newest)
    return Mark(reading=reading, decision=decision, entry=entry, linker=version())


def _rows(connection: Connection) -> dict[str, str]:
    """By deal, a digest of what lists show of it, which changes with every claim that comes or goes."""
    found = connection.execute(select(derived.deals.c.id, derived.deals.c.summary))
    return {row.id: hashlib.sha256(row.summary.encode()).hexdigest()[:16] for row in found}


def _seen(connection: Connection, rows: Mapping[str, str]) -> dict[str, Seen]:
    return {deal.id: Seen(rows[deal.id], frozen_line(deal)) for deal in built(connection, rows.keys())}


def _documents(connection: Connection, mark: Mark) -> set[str]:
    """The documents that were read since, and those that rulings since bear on."""
    found = set(connection.execute(select(readings.c.document).where(readings.c.id > mark.reading)).scalars())
    bodies = connection.execute(select(decisions.c.body).where(decisions.c.seq > mark.decision)).scalars().all()
    if bodies:
        found |= documents_of(connection, map(Decision.model_validate_json, bodies), rulings(connection))
    return found


def _deals_of(connection: Connection, documents: Collection[str]) -> set[str]:
    found: set[str] = set()
    strands = derived.strands.c
    for part in chunks(documents):
        asked = select(strands.deal).where(strands.document.in_(part), strands.deal.is_not(None))
        found |= set(connection.execute(asked.distinct()).scalars())
    return found


def _addresses(connection: Connection, documents: Collection[str]) -> dict[str, str]:
    """The addresses of documents, as the newest readings have them; of those that have one."""
    found: dict[str, str] = {}
    for part in chunks(documents):
        asked = select(readings.c.document, readings.c.metadata).where(readings.c.document.in_(part))
        for name, known in connection.execute(asked.order_by(readings.c.id)):
            if url := json.loads(known).get("url"):
                found[name] = url
    return found


def _arisen(
    before: Mapping[str, str], after: Mapping[str, str], found: Changes
) -> dict[str, tuple[Contradiction, ...]]:
    """The conflicts of the deals that have come or changed, but for those that stood in a deal before."""
    old = {one.id for line in before.values() for one in Deal.model_validate_json(line).conflicts}
    names = [one.deal.id for one in found.deals if not isinstance(one, Gone)]
    deals = (Deal.model_validate_json(after[name]) for name in names)
    arisen = {deal.id: tuple(one for one in deal.conflicts if one.id not in old) for deal in deals}
    return {name: conflicts for name, conflicts in arisen.items() if conflicts}
