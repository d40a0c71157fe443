"""The SQLite file of a register: finding it, opening it, bringing its schema up to date.

Invariants: a file that is no register, or a newer one, is never written to; foreign keys hold; the file is in WAL
mode; and a write is a transaction that took the write lock at its start, so that two writers wait for each other.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError

from followthearms.errors import RegisterError

WRITE = {"fta_write": True}
"""Execution options of a connection that is going to write."""

APPLICATION_ID = 0x46744172
"""Marks a file as a register in SQLite's header ("FtAr")."""

_BUSY_SECONDS = 30


def open_engine(where: Path | str, *, create: bool) -> Engine:
    """The database at a path or an SQLite URL, with the newest schema.

    Raises RegisterError if there is none and `create` is false, if the file is something else, or if a newer
    version of the program wrote it.
    """
    url = _url(where)
    path = Path(url.database or "")
    if path.is_dir():
        raise RegisterError(f"{path}: is a folder; name a file, such as {path / 'register.db'}")
    if not path.exists() and not create:
        raise RegisterError(f"{path}: there is no register; make one with `fta add`, or name another with --register")
    if not path.parent.is_dir():
        raise RegisterError(f"{path}: its folder does not exist; make the folder first")
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        _migrate(engine, path)
    except DatabaseError as error:
        engine.dispose()
        raise RegisterError(f"{path}: cannot be opened as a register ({error.orig}); {_remedy(path)}") from error
    except RegisterError:
        engine.dispose()
        raise
    return engine


def scripts() -> ScriptDirectory:
    """The migrations of this version."""
    return ScriptDirectory.from_config(_config())


def _remedy(path: Path) -> str:
    """What to do about a file that SQLite refuses. In WAL mode even a reader writes beside the file."""
    if all(os.access(place, os.W_OK) for place in (path.parent, path) if place.exists()):
        return "name another file"
    return "it and its folder must be writable, even to read it: copy it to a folder of your own"


def _url(where: Path | str) -> URL:
    if isinstance(where, str) and "://" in where:
        try:
            url = make_url(where)
        except ArgumentError as error:
            raise RegisterError(f"{where}: is no database URL; give a path, or sqlite:///PATH") from error
        if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
            raise RegisterError(f"{where}: only SQLite files can hold a register; give a path, or sqlite:///PATH")
        return url
    return URL.create("sqlite", database=str(Path(where).absolute()))


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Leave transactions to `_begin` (the driver would begin them late and not at all for DDL); foreign keys hold."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("fta_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine, path: Path) -> None:
    """Check that the file is ours (or empty), and take it to the newest revision."""
    with engine.connect() as connection:
        current = _revision(connection, path)
    if current == scripts().get_current_head():
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")  # kept in the file; cannot be set within a transaction
    finally:
        raw.close()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        _revision(connection, path)  # another process may have been here first
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection, path: Path) -> str | None:
    """The revision of the schema; null for an empty file."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    holds_tables = bool(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar())
    if application != APPLICATION_ID and (application or holds_tables):
        raise RegisterError(f"{path}: is a database, but no register; name another file")
    current = MigrationContext.configure(connection).get_current_revision()
    if current and current not in {script.revision for script in scripts().walk_revisions()}:
        raise RegisterError(
            f"{path}: was written by a newer version (schema {current}); upgrade with `pip install -U followthearms`"
        )
    return current


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "followthearms.register:migrations")
    config.set_main_option("path_separator", "os")
    return config
