"""A register as an earlier version of the program left it, with data in it."""

from __future__ import annotations

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from followthearms.register.database import WRITE
from followthearms.register.database.engines import connect
from followthearms.register.database.migrating import upgrade

DATA = Path(__file__).parent
_LOG = {"readings": "id", "decisions": "seq"}
_JOURNAL = {"intakes": "id", "inputs": "seq"}
NUMBERED = {"0001": {"readings": "id"}, "0002": _LOG, "0003": _LOG, "0004": _LOG | _JOURNAL, "0005": _LOG | _JOURNAL}
"""Revision -> table -> the column that the database numbers, which PostgreSQL must be told of rows with numbers."""


def make(url: str, revision: str) -> None:
    """Make, in an empty database, a register of a revision, which holds the rows of `r<revision>.sql`."""
    engine, backend = connect(url, create=True)
    backend.prepare(engine)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        upgrade(connection, revision)
        backend.mark(connection)
        for statement in (DATA / f"r{revision}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        _go_on_numbering(connection, revision)
    engine.dispose()


def state(url: str) -> tuple[str | None, set[str]]:
    """The revision of a database (null for none) and its tables, without bringing it up to date."""
    engine, _ = connect(url, create=False)
    with engine.connect() as connection:
        found = (
            MigrationContext.configure(connection).get_current_revision(),
            set(inspect(connection).get_table_names()),
        )
    engine.dispose()
    return found


def _go_on_numbering(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        for table, column in NUMBERED[revision].items():
            newest = f"(SELECT max({column}) FROM {table})"  # noqa: S608
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {newest})")
