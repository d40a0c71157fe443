"""What is asked of the tables. All values are bound; the current reading of a document is its newest."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Select, func, select

from followthearms.model import Document, Kind
from followthearms.register import rows
from followthearms.register.run import Run
from followthearms.register.tables import claims, documents, readings, slots
from followthearms.register.tables import runs as runs_table

_current = select(func.max(readings.c.id).label("id")).group_by(readings.c.document).subquery("newest")


def newest_reading(connection: Connection) -> int:
    """A number that grows with each reading; 0 for an empty register."""
    return int(connection.execute(select(func.coalesce(func.max(readings.c.id), 0))).scalar_one())


def count_readings(connection: Connection) -> int:
    """The number of readings, older ones included."""
    return connection.execute(select(func.count()).select_from(readings)).scalar_one()


def current_documents(connection: Connection) -> dict[str, Document]:
    """All documents with the claims of their current readings, by id, in the order of their ids.

    Raises RegisterError if a row does not fit its text.
    """
    bodies: dict[int, list[str]] = defaultdict(list)
    told = select(claims.c.reading, claims.c.body).join(_current, _current.c.id == claims.c.reading)
    for reading, body in connection.execute(told.order_by(claims.c.reading, claims.c.position)):
        bodies[reading].append(body)
    found = connection.execute(
        select(documents.c.id, documents.c.text, documents.c.text_hash, readings.c.metadata, readings.c.id)
        .join(readings, readings.c.document == documents.c.id)
        .join(_current, _current.c.id == readings.c.id)
    ).all()
    made = (rows.document(name, text, digest, known, bodies[reading]) for name, text, digest, known, reading in found)
    return {document.id: document for document in sorted(made, key=lambda document: document.id)}


def runs(connection: Connection) -> tuple[Run, ...]:
    """All runs, by the time when they began."""
    table = runs_table.c
    found = connection.execute(select(table.version, table.ruleset, table.parser, table.started)).mappings()
    return tuple(sorted((Run.model_validate(dict(row)) for row in found), key=lambda run: (run.started, run.id)))


def matching(kind: Kind | None, party: str | None, equipment: str | None, document: str | None) -> Select[Any]:
    """Asks for document and position of the current claims that meet all conditions; see `Register.claims`."""
    asked = (
        select(readings.c.document, claims.c.position)
        .join(readings, readings.c.id == claims.c.reading)
        .join(_current, _current.c.id == claims.c.reading)
    )
    if kind is not None:
        asked = asked.where(claims.c.kind == kind.value)
    if document is not None:
        asked = asked.where(readings.c.document == document)
    cell = select(slots.c.ordinal).where(slots.c.reading == claims.c.reading, slots.c.position == claims.c.position)
    if party is not None:
        asked = asked.where(cell.where(slots.c.code == party).exists())
    if equipment is not None:
        named = slots.c.text.icontains(equipment, autoescape=True) | slots.c.label.icontains(equipment, autoescape=True)
        asked = asked.where(cell.where(slots.c.slot == "equipment", named).exists())
    return asked
