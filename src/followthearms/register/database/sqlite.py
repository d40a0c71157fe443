"""A register in an SQLite file.

Invariants: foreign keys hold; the file is in WAL mode, so that readers and a writer do not hinder each other; what is
committed is on the disk; and a write takes the write lock at its start, so that two writers wait for each other.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, unquote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from followthearms.errors import RegisterError
from followthearms.register.database.backends import BUSY_SECONDS, Holds, writes

APPLICATION_ID = 0x46744172
"""Marks a file as a register in SQLite's header ("FtAr")."""

_CACHE_KB = 32_000
"""What a connection holds of the file in memory at most. With SQLite's own 2 MB, what twenty documents change in a
register of 100,000 claims does not fit, and is written twice."""

_FILLING_KB = 1_000_000
"""The same while all derived tables are made anew, when rows come into indices in no order."""

_ASK_AGAIN = (0.001, 0.01)
"""Between how many seconds a writer waits before it asks again for the lock."""

_COPY_IT = "the file and its folder must be writable: copy it to a folder of your own"
_REMEDIES = {
    sqlite3.SQLITE_NOTADB: "name another file",
    sqlite3.SQLITE_CANTOPEN: _COPY_IT,
    sqlite3.SQLITE_READONLY: _COPY_IT,
    sqlite3.SQLITE_BUSY: f"another program has been writing for {BUSY_SECONDS} seconds; try again when it is done",
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_CORRUPT: "restore it from a copy",
}
"""By SQLite's primary result codes (https://www.sqlite.org/rescode.html)."""


def engine(url: URL, *, create: bool) -> Engine:
    """An engine for the file. Raises RegisterError if it is missing and `create` is false, or cannot be made."""
    if not url.database or url.database == ":memory:":
        raise RegisterError("sqlite://: only a file can hold a register; give a path, or sqlite:///PATH")
    path = Path(url.database).absolute()
    if path.is_dir():
        raise RegisterError(f"{path}: is a folder; name a file, such as {path / 'register.db'}")
    if not path.exists() and not create:
        raise RegisterError(f"{path}: there is no register; make one with `fta add`, or name another with --register")
    if not path.parent.is_dir():
        raise RegisterError(f"{path}: its folder does not exist; make the folder first")
    return _listening(create_engine(_address(path), connect_args={"timeout": BUSY_SECONDS}))


def memory() -> Engine:
    """An engine for a database in memory, which all its users share."""
    return _listening(create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}))


def name(url: URL) -> str:
    """The path of the file."""
    return str(_path(url))


def inspect(connection: Connection) -> Holds:
    """What the file holds, by its mark and its tables."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    holds_tables = bool(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar())
    if application == APPLICATION_ID:
        return Holds.REGISTER if holds_tables else Holds.NOTHING
    return Holds.OTHER if application or holds_tables else Holds.NOTHING


def prepare(engine: Engine) -> None:
    """Set WAL mode, which is kept in the file and cannot be set within a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def mark(connection: Connection) -> None:
    """Write the mark into the file's header."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def fill(connection: Connection, *, begins: bool) -> None:
    """Hold much of the file in memory, or as little as ever."""
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_FILLING_KB if begins else _CACHE_KB}")


def problem(_: Engine, error: DBAPIError) -> str:
    """What SQLite says, and what to do."""
    code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return f"{error.orig}; {_REMEDIES.get(code, 'see that the disk has room and that the file is sound')}"


def _address(path: Path) -> URL:
    """The file's URL. In WAL mode even a reader writes beside the file; where nothing can be written, and no log waits
    to be taken in, the file is declared immutable instead."""
    read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    if not read_only or path.with_name(f"{path.name}-wal").exists():
        return URL.create("sqlite", database=str(path))
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"uri": "true", "immutable": "1"})


def _path(url: URL) -> Path:
    text = url.database or ""
    return Path(unquote(text.removeprefix("file:")) if "immutable" in url.query else text).absolute()


def _listening(engine: Engine) -> Engine:
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: Any) -> None:
    """Leave transactions to `_begin` (the driver would begin them late and not at all for DDL); foreign keys hold."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")


def _begin(connection: Connection) -> None:
    if writes(connection):
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take the write lock, asking for it every few milliseconds. SQLite's own waiting asks ever more seldom, so that a
    program that writes without a break keeps the others out for longer than they wait."""
    raw = cast(sqlite3.Connection, connection.connection.driver_connection)
    end = time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < end:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(random.uniform(*_ASK_AGAIN))
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # to fail, as SQLAlchemy tells it
    finally:
        raw.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
