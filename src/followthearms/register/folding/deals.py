"""Deals as they stand, made from their strands whenever these change, and kept in full beside the rows that lists and
filters look at.

Invariant: a deal is a function of the strands that the register has in it, of the stories of their documents and of the
rulings on it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from followthearms.link.deal.rows import deal, row_of
from followthearms.link.joining.clusters import Join
from followthearms.link.joining.strands import Strand
from followthearms.link.rulings.bindings import Bindings
from followthearms.link.sources import Sources
from followthearms.model import Deal, DealRow, Story
from followthearms.register.chunks import chunks
from followthearms.register.folding.bodies import dump_deal, load_deal
from followthearms.register.folding.plain import sheet
from followthearms.register.folding.recording import put
from followthearms.register.tables import derived

StrandsOf = Callable[[Collection[str]], Iterable[Strand]]
"""The strands of the documents with these ids."""

_strands, _cells, _kinds = derived.strands.c, derived.cells.c, derived.kinds_of.c


def held(connection: Connection, names: Collection[str]) -> Iterator[Deal]:
    """The deals with these ids as they are kept, in the order of their ids; none for an id without strands."""
    table = derived.bodies.c
    for part in chunks(names):
        asked = select(table.deal, table.body).where(table.deal.in_(part))
        found = {row.deal: row.body for row in connection.execute(asked)}
        yield from (load_deal(found[name]) for name in part if name in found)


def built(connection: Connection, names: Collection[str], strands_of: StrandsOf, bindings: Bindings) -> Iterator[Deal]:
    """The deals with these ids made anew, in the order of their ids; none for an id without strands."""
    for part in chunks(names):
        asked = select(_strands.anchor, _strands.deal, _strands.document).where(_strands.deal.in_(part))
        found = connection.execute(asked).all()
        homes, documents = {one.anchor: one.deal for one in found}, {one.document for one in found}
        members: dict[str, list[Strand]] = defaultdict(list)
        for strand in strands_of(documents):
            if strand.anchor in homes:
                members[homes[strand.anchor]].append(strand)
        sources = Sources(stories(connection, documents))
        for name in sorted(members):
            yield deal(row_of(name, members[name]), sources, bindings)


def stories(connection: Connection, documents: Collection[str]) -> tuple[Story, ...]:
    """The stories of these documents, each with those of its documents that are among them, by id."""
    members: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    copies, origins = derived.copies.c, derived.origins.c
    for part in chunks(documents):
        asked = select(copies.document, copies.story, origins.outlet).outerjoin(
            derived.origins, origins.document == copies.document
        )
        for row in connection.execute(asked.where(copies.document.in_(part))):
            members[row.story].append((row.document, row.outlet))
    return tuple(
        Story(
            id=story,
            documents=tuple(sorted(document for document, _ in members[story])),
            outlets=tuple(sorted({outlet for _, outlet in members[story] if outlet})),
        )
        for story in sorted(members)
    )


def joins(connection: Connection, threads: Collection[str]) -> Iterator[Join]:
    """Why these threads are in the deals that they are in."""
    told = derived.joins
    for part in chunks(threads):
        for row in connection.execute(
            select(told).where(told.c.thread.in_(part)).order_by(told.c.thread, told.c.partner)
        ):
            yield Join(row.thread, row.partner, row.weight, json.loads(row.features))


def record_deals(connection: Connection, names: Collection[str], strands_of: StrandsOf, bindings: Bindings) -> None:
    """Replace the rows of the deals with these ids; those without strands have none."""
    for part in chunks(names):
        for table in (derived.bodies, derived.sheets, derived.roles, derived.items):
            connection.execute(delete(table).where(table.c.deal.in_(part)))
        connection.execute(delete(derived.deals).where(derived.deals.c.id.in_(part)))
        found = list(built(connection, part, strands_of, bindings))
        put(connection, derived.deals, map(_row, found))
        put(connection, derived.bodies, map(_body, found))
        put(connection, derived.sheets, map(sheet, found))
        put(connection, derived.roles, (row for one in found for row in _parties(one)))
        _put_differences(connection, part, found)
        connection.execute(insert(derived.roles).from_select(["deal", "role", "entity"], _others(part)))
        connection.execute(insert(derived.items).from_select(["deal", "entity"], _items(part)))


def _row(told: Deal) -> dict[str, Any]:
    row = DealRow.of(told)
    days = {"first": row.first, "last": row.last, "reached": row.reached, "told": row.told}
    return {
        "id": told.id,
        "nature": told.nature.value,
        "status": told.status.value,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "claims": row.claims,
        "sources": row.sources,
        "conflicts": row.conflicts,
        "rank": told.rank,
        "number": next((float(figure.number) for figure in (*told.quantity, *told.delivered)), None),
        "amount": next((float(value.amount) for value in told.values), None),
        "summary": row.model_dump_json(exclude_defaults=True),
    }


def _body(told: Deal) -> dict[str, Any]:
    return {"deal": told.id, "body": dump_deal(told)}


def _parties(told: Deal) -> Iterator[dict[str, Any]]:
    named = {"supplier": told.supplier, "recipient": told.recipient, "party": told.parties, "actor": told.actors}
    for role, parties in named.items():
        for code in sorted({party.code for party in parties if party.code}):
            yield {"deal": told.id, "role": role, "entity": code}


def _others(deals: Sequence[str]) -> Select[Any]:
    """Companies, people and places of these deals, each once in its role."""
    return (
        select(_strands.deal, _cells.slot, _cells.entity)
        .join(derived.cells, (_cells.document == _strands.document) & (_cells.position == _strands.position))
        .where(_strands.deal.in_(deals), _cells.slot.in_(("company", "persons", "place")), _cells.entity.is_not(None))
        .distinct()
    )


def _items(deals: Sequence[str]) -> Select[Any]:
    """The equipment of these deals with all that it is a kind of, each once."""
    same = (_cells.document == _strands.document) & (_cells.position == _strands.position)
    return (
        select(_strands.deal, _kinds.wider)
        .join(derived.cells, same & (_cells.start == _strands.item) & (_cells.slot == "equipment"))
        .join(derived.kinds_of, _kinds.entity == _cells.entity)
        .where(_strands.deal.in_(deals))
        .distinct()
    )


def _put_differences(connection: Connection, names: Sequence[str], found: Iterable[Deal]) -> None:
    """Replace the contradictions of deals. Of a deal that is told much they are many, and nearly all as they were."""
    table = derived.differences
    asked = select(table.c.id, table.c.body).where(table.c.deal.in_(names))
    before = {row.id: row.body for row in connection.execute(asked)}
    now = [row for one in found for row in _differences(one)]
    kept = {row["id"] for row in now if before.get(row["id"]) == row["body"]}
    for part in chunks(before.keys() - kept):
        connection.execute(delete(table).where(table.c.id.in_(part)))
    put(connection, table, (row for row in now if row["id"] not in kept))


def _differences(told: Deal) -> Iterator[dict[str, Any]]:
    for found in told.contradictions:
        yield {
            "id": found.id,
            "deal": told.id,
            "topic": found.topic.value,
            "consistency": found.consistency.value,
            "ruled": found.ruling is not None,
            "body": found.model_dump_json(),
        }
