"""The derived tables, empty, and the views on them.

Invariant: what others have built on a table that is still as this version makes it outlives this, as does what they
have built on the views. What cannot outlive it makes it fail: nothing of theirs is taken away.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, Table, text
from sqlalchemy.schema import CreateIndex, CreateTable

from followthearms.register.search import dialects, words
from followthearms.register.tables import derived, views

TABLES: tuple[Table, ...] = (*derived.metadata.sorted_tables, *words.metadata.sorted_tables)
"""All that is made anew from the log."""


def make(connection: Connection) -> None:
    """Empty the tables, and make those that are not there, or not as they should be."""
    kept = _as_they_should_be(connection)
    if kept:
        connection.execute(text(f"TRUNCATE {', '.join(table.name for table in kept)}"))
    others = [table for table in TABLES if table not in kept]
    if others:
        views.park(connection)
    searched = [table for table in others if table.metadata is words.metadata]
    folded = [table for table in others if table.metadata is derived.metadata]
    words.drop(connection, searched)
    derived.metadata.drop_all(connection, folded)
    derived.metadata.create_all(connection, folded)
    words.create(connection, searched)
    views.create(connection)
    if connection.dialect.name != "sqlite":
        for table in others:
            connection.execute(text(f"COMMENT ON TABLE {table.name} IS '{_shape(connection, table)}'"))


def _as_they_should_be(connection: Connection) -> list[Table]:
    """The tables to keep. In SQLite none: what stands on a table there does not go with it."""
    if connection.dialect.name == "sqlite":
        return []
    asked = text("SELECT obj_description(to_regclass(:name), 'pg_class')")
    return [
        table
        for table in TABLES
        if connection.execute(asked, {"name": table.name}).scalar() == _shape(connection, table)
    ]


def _shape(connection: Connection, table: Table) -> str:
    """What a table is made by, as a digest: its comment in PostgreSQL."""
    told = [str(CreateTable(table).compile(dialect=connection.dialect))]
    told += sorted(str(CreateIndex(index).compile(dialect=connection.dialect)) for index in table.indexes)
    if table.metadata is words.metadata:
        told += dialects.definition(connection.dialect.name, table)
    return f"Follow the Arms {hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:16]}"
