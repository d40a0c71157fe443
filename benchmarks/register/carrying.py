"""A register carried row by row from an SQLite file into PostgreSQL: what a million claims would take hours to make
there.

Invariant: afterwards both hold the same rows, and the same terms in the full-text indices; a test of the two databases
holds that they would have come to the same by themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from benchmarks.register.server import Server
from followthearms.register import folding
from followthearms.register.database import WRITE, open_engine
from followthearms.register.search import dialects, words

_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
"""As the text format of COPY has it: https://www.postgresql.org/docs/15/sql-copy.html"""
_ROWS = 1_000
"""Rows that are handed on at once."""


def carry(server: Server, file: Path, database: str) -> None:
    """Fill an empty database with what a file holds. Tables come first, then rows, then indices and triggers."""
    columns = _empty(server, database)
    before, after = (server.schema(database, section) for section in ("pre-data", "post-data"))
    server.drop(database)
    server.create(database)
    server.tell(database, before)
    rows = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    for table, names in columns.items():
        _carry_table(server, database, rows, table, names)
    rows.close()
    server.tell(database, "SET maintenance_work_mem = '1GB';\n" + after)
    server.tell(database, "".join(map(_counted, ("readings", "decisions", "intakes", "inputs"))))


def _empty(server: Server, database: str) -> dict[str, list[str]]:
    """Make an empty register there; its tables with their columns."""
    engine = open_engine(server.url(database), create=True)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        folding.rebuild(connection, "")
        found = _columns(connection)
    engine.dispose()
    return found


def _columns(connection: Connection) -> dict[str, list[str]]:
    known = inspect(connection)
    return {table: [column["name"] for column in known.get_columns(table)] for table in known.get_table_names()}


def _carry_table(server: Server, database: str, rows: sqlite3.Connection, table: str, names: list[str]) -> None:
    is_indexed = table in words.metadata.tables
    own = [name for name in names if not (is_indexed and name == "words")]
    listed = ", ".join(f'"{name}"' for name in own)
    if is_indexed:
        asked = f"SELECT {listed}, c0 FROM {table} JOIN {table}_words_content ON id = number"  # noqa: S608
    else:
        asked = f"SELECT {listed} FROM {table}"  # noqa: S608
    told = ", ".join(f'"{name}"' for name in [*own, *(["words"] if is_indexed else [])])
    with server.copying(database, f"COPY {table} ({told}) FROM STDIN") as stream:
        cursor = rows.execute(asked)
        while some := cursor.fetchmany(_ROWS):
            stream.write("".join(_lines(some, is_indexed)).encode())


def _lines(rows: Iterable[tuple[Any, ...]], is_indexed: bool) -> Iterator[str]:
    for row in rows:
        values = (*row[:-1], dialects.vector(row[-1].split(" "))) if is_indexed else row
        yield "\t".join(map(_value, values)) + "\n"


def _value(value: Any) -> str:
    if value is None:
        return r"\N"
    return value.translate(_ESCAPED) if isinstance(value, str) else str(value)


def _counted(table: str) -> str:
    """Let the numbers of further rows follow on those that are there."""
    key = {"readings": "id", "decisions": "seq", "intakes": "id", "inputs": "seq"}[table]
    newest = f"(SELECT max({key}) FROM {table})"  # noqa: S608
    return f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), coalesce({newest}, 1), {newest} IS NOT NULL);\n"
