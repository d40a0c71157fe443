"""What tests do to a database beside the register: look into it, and tamper with it."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import text

from benchmarks.register.server import tools
from followthearms.register.database import WRITE, open_engine
from followthearms.register.tables import metadata

TABLES = tuple(table.name for table in metadata.sorted_tables)


def run(url: str, *statements: str) -> list[int]:
    """Execute statements in one transaction, and give how many rows each changed."""
    engine = open_engine(url, create=False)
    try:
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            return [connection.execute(text(statement)).rowcount for statement in statements]
    finally:
        engine.dispose()


def ask(url: str, question: str) -> list[tuple[Any, ...]]:
    """The rows that answer a question."""
    (rows,) = _ask(url, [question])
    return rows


def _ask(url: str, questions: Iterable[str]) -> list[list[tuple[Any, ...]]]:
    engine = open_engine(url, create=False)
    try:
        with engine.connect() as connection:
            return [[tuple(row) for row in connection.execute(text(question))] for question in questions]
    finally:
        engine.dispose()


def make_foreign(url: str, *statements: str) -> None:
    """Execute statements in a database without making a register of it."""
    if "://" in url:
        subprocess.run([tools() / "psql", "--quiet", "--dbname", url, *_commands(statements)], check=True)
    else:
        with closing(sqlite3.connect(url)) as connection:
            connection.executescript(";".join(statements))


def _commands(statements: Iterable[str]) -> Iterator[str]:
    return (part for statement in statements for part in ("--command", statement))


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the log, sorted."""
    found = _ask(url, (f"SELECT * FROM {table}" for table in TABLES))  # noqa: S608
    return {table: sorted(rows, key=repr) for table, rows in zip(TABLES, found, strict=True)}


def drop_guards(url: str, act: str) -> None:
    """Take away the triggers against an act: update, delete or insert."""
    postgres = "://" in url
    run(url, *(f"DROP TRIGGER {table}_no_{act}" + (f" ON {table}" if postgres else "") for table in TABLES))
