"""What is asked of the tables as a whole. All values are bound; the current reading of a document is its newest."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from followthearms.errors import NotInRegister
from followthearms.model import Consistency, Contradiction, Deal, Document, Story, Topic
from followthearms.register import folding
from followthearms.register.answers.statements import Counts, Statement
from followthearms.register.run import Run
from followthearms.register.tables import decisions, derived, issued, readings
from followthearms.register.tables import documents as documents_table
from followthearms.register.tables import runs as runs_table

_strands, _statements = derived.strands.c, derived.statements.c


def documents(connection: Connection, names: Collection[str] | None = None) -> tuple[Document, ...]:
    """The documents with these ids, or all, as analysts left them, in the order of their ids.

    Raises RegisterError if a row does not fit its text.
    """
    wanted = _all(connection, documents_table.c.id) if names is None else names
    return tuple(one.linked for one in folding.standing(connection, wanted))


def deals(connection: Connection, names: Collection[str] | None = None) -> tuple[Deal, ...]:
    """The deals with these ids, or all, in full, in the order of their ids."""
    return tuple(folding.built(connection, _all(connection, derived.deals.c.id) if names is None else names))


def deal(connection: Connection, name: str) -> Deal:
    """The deal with this id, the only one whose id begins so, or the one that an older id leads to."""
    for exact in folding.built(connection, [name]):
        return exact
    begun = select(derived.deals.c.id).where(begins(derived.deals.c.id, name)).limit(2)
    found = list(connection.execute(begun).scalars()) if name else []
    found = found or former(connection, name)
    if len(found) != 1:
        problem = "the ids of several deals begin with" if found else "no deal has an id that begins with"
        raise NotInRegister(f"{problem} {name!r}; `fta deals` lists them")
    return next(folding.built(connection, found))


def begins(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """That a text begins so, letter for letter; `LIKE` would take small letters for capitals in SQLite."""
    return (column >= name) & (column < name + chr(sys.maxunicode))


def former(connection: Connection, name: str) -> list[str]:
    """The deal that holds what the deal of an id, or of the only id that begins so, founded: its strand, or what now
    stands at its place. None if no deal was ever shown under it, two if several were."""
    places = connection.execute(select(issued).where(begins(issued.c.deal, name)).limit(2)).all() if name else []
    if len(places) != 1:
        return [place.deal for place in places]
    [place] = places
    anchor = select(_strands.deal).where(_strands.anchor == place.deal.removeprefix("d"), _strands.deal.is_not(None))
    if found := connection.execute(anchor).scalars().all():
        return list(found)
    distance = func.abs(_statements.start - place.start)
    near = (
        select(_strands.deal)
        .join(
            derived.statements,
            (_statements.document == _strands.document) & (_statements.position == _strands.position),
        )
        .where(_strands.document == place.document, _strands.deal.is_not(None))
        .order_by(distance, _strands.anchor)
        .limit(1)
    )
    return list(connection.execute(near).scalars())


def contradictions(
    connection: Connection, consistency: Consistency | None, topic: Topic | None
) -> tuple[Contradiction, ...]:
    """The contradictions that meet both conditions, by deal."""
    table = derived.differences.c
    asked = select(table.body).order_by(table.deal, table.id)
    if consistency is not None:
        asked = asked.where(table.consistency == consistency.value)
    if topic is not None:
        asked = asked.where(table.topic == topic.value)
    return tuple(Contradiction.model_validate_json(body) for body in connection.execute(asked).scalars())


def stories(connection: Connection) -> tuple[Story, ...]:
    """All stories with their documents and outlets, by id."""
    return folding.stories(connection, _all(connection, documents_table.c.id))


def unassigned(connection: Connection) -> tuple[Statement, ...]:
    """The claims of which no strand is in a deal."""
    loose = select(_strands.document, _strands.position).group_by(_strands.document, _strands.position)
    found = connection.execute(loose.having(func.count(_strands.deal) == 0)).all()
    known = {one.document.id: one.document for one in folding.standing(connection, {row.document for row in found})}
    pairs = sorted((row.document, row.position) for row in found)
    return tuple(Statement(known[name], known[name].claims[position]) for name, position in pairs)


def runs(connection: Connection) -> tuple[Run, ...]:
    """All runs, by the time when they began."""
    table = runs_table.c
    found = connection.execute(select(table.version, table.ruleset, table.parser, table.started)).mappings()
    return tuple(sorted((Run.model_validate(dict(row)) for row in found), key=lambda run: (run.started, run.id)))


def counts(connection: Connection) -> Counts:
    """How much there is of everything."""
    held = select(func.count()).select_from(derived.statements).where(_statements.standing != "rejected")
    loose = select(_strands.document, _strands.position).group_by(_strands.document, _strands.position)
    unplaced = loose.having(func.count(_strands.deal) == 0).subquery()
    return Counts(
        documents=_count(connection, documents_table),
        stories=_one(connection, select(func.count(derived.copies.c.story.distinct()))),
        claims=_one(connection, held),
        deals=_count(connection, derived.deals),
        unassigned=_one(connection, select(func.count()).select_from(unplaced)),
        runs=_count(connection, runs_table),
        readings=_count(connection, readings),
        decisions=_count(connection, decisions),
    )


def _all(connection: Connection, column: Any) -> list[str]:
    return list(connection.execute(select(column)).scalars())


def _count(connection: Connection, table: Table) -> int:
    return _one(connection, select(func.count()).select_from(table))


def _one(connection: Connection, asked: Select[Any]) -> int:
    return int(connection.execute(asked).scalar_one())
