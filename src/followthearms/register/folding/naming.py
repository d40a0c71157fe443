"""The rows of the entities that documents refer to or come from.

Invariant: an entity has its rows as long as a cell or a document's origin refers to it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, exists, insert, select

from followthearms.knowledge.entities import source_id
from followthearms.link.names.entities import entity
from followthearms.model import Document
from followthearms.model.entities import Entity, EntityKind
from followthearms.register.chunks import chunks
from followthearms.register.tables import derived

_cells, _origins, _entities = derived.cells.c, derived.origins.c, derived.entities.c


def mentioned(connection: Connection, names: Collection[str]) -> set[str]:
    """The ids of the entities that these documents refer to or come from, as they are recorded now."""
    found: set[str] = set()
    for part in chunks(names):
        found |= set(connection.execute(select(_cells.entity).where(_cells.document.in_(part)).distinct()).scalars())
        found |= set(
            connection.execute(select(_origins.source).where(_origins.document.in_(part)).distinct()).scalars()
        )
    return {name for name in found if name}


def tell_origins(connection: Connection, documents: Collection[Document]) -> None:
    """Replace the rows that say where these documents come from."""
    for part in chunks({document.id for document in documents}):
        connection.execute(delete(derived.origins).where(_origins.document.in_(part)))
    rows = [
        {
            "document": document.id,
            "source": source_id(document.outlet) if document.outlet else None,
            "outlet": document.outlet,
            "published": document.date.isoformat() if document.date else None,
            "title": document.title,
            "url": document.url,
        }
        for document in documents
    ]
    if rows:
        connection.execute(insert(derived.origins), rows)


def tell_entities(connection: Connection, before: Collection[str], now: Collection[str]) -> None:
    """Give the entities that are referred to `now` their rows, and take them from those of `before` that none is."""
    for part in chunks(now):
        known = set(connection.execute(select(_entities.id).where(_entities.id.in_(part))).scalars())
        _tell(connection, [entity(name) for name in part if name not in known])
    for part in chunks(set(before) - set(now)):
        referred = exists().where(_cells.entity == _entities.id) | exists().where(_origins.source == _entities.id)
        gone = list(connection.execute(select(_entities.id).where(_entities.id.in_(part), ~referred)).scalars())
        connection.execute(delete(derived.entities).where(_entities.id.in_(gone)))
        connection.execute(delete(derived.kinds_of).where(derived.kinds_of.c.entity.in_(gone)))


def _tell(connection: Connection, new: Collection[Entity]) -> None:
    rows = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "label": one.label,
            "provisional": one.provisional,
            "body": one.model_dump_json(exclude_defaults=True),
        }
        for one in new
    ]
    kinds = [
        {"entity": one.id, "wider": wider}
        for one in new
        if one.kind is EntityKind.EQUIPMENT
        for wider in dict.fromkeys((one.id, *one.above))
    ]
    for table, told in ((derived.entities, rows), (derived.kinds_of, kinds)):
        if told:
            connection.execute(insert(table), told)
