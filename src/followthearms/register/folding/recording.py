"""The rows that follow from one document: its claims as decided, what they mention, its strands, its words.

Invariant: the rows of a document replace all rows that it had; those of no other document are touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Table, delete, insert, select, update

from followthearms.link.joining.briefs import dump_brief
from followthearms.link.joining.kin import kin
from followthearms.link.joining.threads import Thread
from followthearms.link.names.entities import cells
from followthearms.link.rulings.bindings import Bindings
from followthearms.link.rulings.decided import Decided
from followthearms.model.decisions import Standing
from followthearms.register import rows
from followthearms.register.chunks import chunks
from followthearms.register.folding.naming import mentioned, tell_entities, tell_origins
from followthearms.register.folding.plain import lots, slots
from followthearms.register.tables import derived


class Spot(NamedTuple):
    """Where a thread is linked: its block, and which others of it it may meet."""

    block: str
    kin: str

    @property
    def id(self) -> str:
        """16 hexadecimal digits."""
        return hashlib.sha256("\n".join(self).encode()).hexdigest()[:16]

    @classmethod
    def of(cls, thread: Thread) -> Self:
        """Where a thread that names a party is linked."""
        return cls(thread.block, kin(thread.brief))


@dataclass
class Touched:
    """What a change of documents reaches: spots to link anew, keys under which threads are offered, and deals."""

    spots: set[Spot] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    deals: set[str] = field(default_factory=set)

    def __ior__(self, other: Touched) -> Touched:
        """Reach what the other reaches as well."""
        self.spots |= other.spots
        self.keys |= other.keys
        self.deals |= other.deals
        return self


def record(
    connection: Connection, found: Collection[Decided], cut: Mapping[str, Sequence[Thread]], bindings: Bindings
) -> Touched:
    """Replace the rows of these documents, given with their threads, which are in no deal yet. What that reaches."""
    names = [one.document.id for one in found]
    touched, named = reached(connection, names), mentioned(connection, names)
    forget(connection, names)
    made = [(one, thread) for one in found for thread in cut[one.document.id]]
    for table, told in (
        (derived.statements, (row for one in found for row in _statements(one))),
        (derived.lots, (row for one in found for row in _lots(one))),
        (derived.cells, (row for one in found for row in _cells(one, bindings))),
        (derived.strands, (row for one, thread in made for row in _strands(one, thread))),
        (derived.offers, (row for _, thread in made for row in _offers(thread))),
        (derived.briefs, (_brief(thread) for _, thread in made if thread.block)),
    ):
        put(connection, table, told)
    tell_origins(connection, [one.document for one in found])
    tell_entities(connection, named, mentioned(connection, names))
    for _, thread in made:
        touched.keys |= set(thread.offers)
        if thread.block:
            touched.spots.add(Spot.of(thread))
    return touched


def restand(connection: Connection, found: Collection[Decided]) -> set[str]:
    """Record how the claims of these documents stand, where that is all that has changed: no claim was corrected, and
    none rejected or taken up again. The ids of the documents of which that is so."""
    statements, same = derived.statements.c, set()
    for one in found:
        asked = select(statements.position, statements.standing, statements.body)
        was = {row.position: row for row in connection.execute(asked.where(statements.document == one.document.id))}
        now = {row["position"]: row for row in _statements(one)}
        if was.keys() != now.keys() or any(_is_other(was[place], now[place]) for place in now):
            continue
        same.add(one.document.id)
        for place in now:
            if was[place].standing != now[place]["standing"]:
                of = (statements.document == one.document.id) & (statements.position == place)
                connection.execute(update(derived.statements).where(of).values(standing=now[place]["standing"]))
    return same


def _is_other(was: Any, now: Mapping[str, Any]) -> bool:
    """Whether a claim says something else than before, or is linked and was not, or the other way round."""
    rejected = Standing.REJECTED.value
    return bool(was.body != now["body"] or (was.standing == rejected) is not (now["standing"] == rejected))


def reached(connection: Connection, names: Collection[str]) -> Touched:
    """What the strands of these documents, as they are recorded now, have to do with."""
    touched, strands, briefs, offers = Touched(), derived.strands.c, derived.briefs.c, derived.offers.c
    for part in chunks(names):
        own = select(briefs.block, briefs.kin).where(briefs.document.in_(part)).distinct()
        touched.spots |= {Spot(*row) for row in connection.execute(own)}
        asked = select(strands.deal, strands.thread).where(strands.document.in_(part))
        found = connection.execute(asked).all()
        touched.deals |= {row.deal for row in found if row.deal}
        for some in chunks({row.thread for row in found}):
            touched.keys |= set(connection.execute(select(offers.key).where(offers.thread.in_(some))).scalars())
    return touched


def forget(connection: Connection, names: Collection[str]) -> None:
    """Take away the rows of these documents."""
    strands = derived.strands.c
    for part in chunks(names):
        gone = select(strands.thread).where(strands.document.in_(part))
        connection.execute(delete(derived.offers).where(derived.offers.c.thread.in_(gone)))
        connection.execute(delete(derived.joins).where(derived.joins.c.thread.in_(gone)))
        for table in (derived.statements, derived.lots, derived.cells, derived.strands, derived.briefs):
            connection.execute(delete(table).where(table.c.document.in_(part)))


def put(connection: Connection, table: Table, found: Iterable[dict[str, Any]]) -> None:
    """Insert rows, if there are any."""
    if values := list(found):
        connection.execute(insert(table), values)


def _statements(found: Decided) -> Iterator[dict[str, Any]]:
    document = found.document
    for position, (claim, standing) in enumerate(zip(document.claims, found.standings, strict=True)):
        day = claim.date
        yield {
            "document": document.id,
            "position": position,
            "claim": claim.id,
            "standing": standing.value,
            "kind": claim.kind[0].value,
            "modality": claim.modality.value,
            "negated": claim.negated,
            "disputed": claim.disputed,
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "first": day.first.isoformat() if day and day.first else None,
            "last": day.last.isoformat() if day and day.last else None,
            "published": document.date.isoformat() if document.date else None,
            "outlet": document.outlet,
            **slots(claim),
            "body": rows.body(claim),
        }


def _lots(found: Decided) -> Iterator[dict[str, Any]]:
    for position, claim in enumerate(found.document.claims):
        yield from ({"document": found.document.id, "position": position, **lot} for lot in lots(claim))


def _cells(found: Decided, bindings: Bindings) -> Iterator[dict[str, Any]]:
    document = found.document
    for position, told in enumerate(cells(document, bindings)):
        for cell in told:
            yield {
                "document": document.id,
                "position": position,
                "ordinal": cell.ordinal,
                "slot": cell.slot,
                "start": cell.start,
                "end": cell.end,
                "text": cell.text,
                "entity": cell.entity,
                "reason": cell.reason,
            }


def _strands(found: Decided, thread: Thread) -> Iterator[dict[str, Any]]:
    places = {claim.id: position for position, claim in enumerate(found.document.claims)}
    for strand in thread.strands:
        yield {
            "anchor": strand.anchor,
            "document": thread.document.id,
            "position": places[strand.claim.id],
            "item": strand.item.start if strand.item else None,
            "thread": thread.anchor,
            "block": thread.block,
            "seeks": thread.seeks,
            "core": None,
            "deal": None,
        }


def _brief(thread: Thread) -> dict[str, Any]:
    spot = Spot.of(thread)
    return {
        "thread": thread.anchor,
        "document": thread.document.id,
        **spot._asdict(),
        "spot": spot.id,
        "body": dump_brief(thread.brief),
    }


def _offers(thread: Thread) -> Iterator[dict[str, Any]]:
    return ({"key": key, "thread": thread.anchor} for key in thread.offers)
