"""The outlets and publishers that the documents of a register come from, or that its claims cite.

Invariant: a source has one row under all its names; what is unknown of it stays empty.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from followthearms.errors import NotInRegister
from followthearms.knowledge.entities import source_id
from followthearms.link.names.entities import entity
from followthearms.model import Frozen
from followthearms.model.decisions import Grade
from followthearms.register.folding.current import rulings
from followthearms.register.session import Session
from followthearms.register.tables import derived, readings

_origins, _copies, _cells = derived.origins.c, derived.copies.c, derived.cells.c


class Source(Frozen):
    """An outlet or publisher.

    `kind` (agency, newspaper, …) and `state` as far as they are known; `documents` that it published, and how many
    `stories` they tell, copies of one text counted once; `months`: documents by month of publication ("2019-03"), in
    order; `cited`: claims of any document that name it as their medium; `grade`: the Admiralty code that an analyst
    gave it; `last`: the newest day of publication.
    """

    id: str
    name: str
    kind: str | None = None
    state: str | None = None
    documents: int = 0
    stories: int = 0
    cited: int = 0
    months: tuple[tuple[str, int], ...] = ()
    grade: Grade | None = None
    last: dt.date | None = None


class Sources:
    """The sources of a register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Source, ...]:
        """All sources, those with the most documents first, then the most cited."""
        with self._session.reading() as connection:
            found = _sources(connection)
        return tuple(sorted(found, key=lambda one: (-one.documents, -one.cited, one.id)))

    def get(self, name: str) -> Source:
        """The source with this id, or with any of its names. Raises NotInRegister."""
        wanted = _id(name)
        found = next((one for one in self.all() if one.id == wanted), None)
        if found is None:
            raise NotInRegister(f"no source {name!r} in the register; `fta sources` lists them")
        return found

    def unnamed(self) -> int:
        """How many documents come from no outlet that is told."""
        with self._session.reading() as connection:
            asked = select(func.count()).select_from(derived.origins).where(_origins.source.is_(None))
            return connection.execute(asked).scalar_one()

    def unlocated(self) -> dict[str, int]:
        """The documents with which claims came that their texts do not show, each with how many, by id."""
        newest = select(func.max(readings.c.id)).group_by(readings.c.document)
        told = select(readings.c.document, readings.c.metadata).where(readings.c.metadata.contains('"unlocated"'))
        with self._session.reading() as connection:
            rows = connection.execute(told.where(readings.c.id.in_(newest)).order_by(readings.c.document)).all()
        found = ((row.document, json.loads(row.metadata).get("unlocated", ())) for row in rows)
        return {document: len(claims) for document, claims in found if claims}


def _sources(connection: Connection) -> list[Source]:
    months, last = _months(connection)
    published = _published(connection)
    cited, grades = _cited(connection), _grades(connection)
    found = []
    for name in {*published, *cited}:
        known, own = entity(name), published.get(name)
        found.append(
            Source(
                id=name,
                name=own.outlet if known.provisional and own else known.label,
                kind=known.sort,
                state=known.state,
                documents=own.documents if own else 0,
                stories=own.stories if own else 0,
                cited=cited.get(name, 0),
                months=tuple(months[name]),
                grade=grades.get(name),
                last=dt.date.fromisoformat(last[name]) if name in last else None,
            )
        )
    return found


def _months(connection: Connection) -> tuple[dict[str, list[tuple[str, int]]], dict[str, str]]:
    """For each source its documents by month, in order, and the newest day of publication."""
    months: dict[str, list[tuple[str, int]]] = defaultdict(list)
    last: dict[str, str] = {}
    dated = (
        select(_origins.source, _origins.published, func.substr(_origins.published, 1, 7).label("month"))
        .where(_origins.source.is_not(None), _origins.published.is_not(None))
        .subquery()
    )
    asked = (
        select(dated.c.source, dated.c.month, func.count(), func.max(dated.c.published))
        .group_by(dated.c.source, dated.c.month)
        .order_by(dated.c.source, dated.c.month)
    )
    for source, when, number, newest in connection.execute(asked):
        months[source].append((when, number))
        last[source] = newest
    return months, last


class _Published(NamedTuple):
    """What a source published, and its name as a document has it, the first in order."""

    outlet: str
    documents: int
    stories: int


def _published(connection: Connection) -> dict[str, _Published]:
    asked = (
        select(_origins.source, func.min(_origins.outlet), func.count(), func.count(_copies.story.distinct()))
        .outerjoin(derived.copies, _copies.document == _origins.document)
        .where(_origins.source.is_not(None))
        .group_by(_origins.source)
    )
    return {source: _Published(*counts) for source, *counts in connection.execute(asked)}


def _cited(connection: Connection) -> dict[str, int]:
    """For each source how many claims name it as their medium."""
    named = select(derived.entities.c.id).where(derived.entities.c.kind == "source")
    asked = select(_cells.entity, func.count().label("number")).where(_cells.entity.in_(named), _cells.slot == "medium")
    return {row.entity: row.number for row in connection.execute(asked.group_by(_cells.entity))}


def _grades(connection: Connection) -> dict[str, Grade]:
    """The grades that analysts gave, by the id of the source."""
    given = rulings(connection).bindings.grades
    return {source: grade for name, grade in given.items() if (source := _id(name))}


def _id(name: str) -> str | None:
    return name if name.startswith("source:") else source_id(name)
