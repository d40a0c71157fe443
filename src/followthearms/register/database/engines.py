"""Opening the database of a register, wherever it is.

Invariants: a database that is no register, or a newer one, is never written to; and text that one of the databases
cannot hold is refused by both, before it gets there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from followthearms.errors import RegisterError
from followthearms.register.database import postgresql, sqlite, texts
from followthearms.register.database.backends import Backend
from followthearms.register.database.migrating import migrate

_BACKENDS: dict[str, Backend] = {"sqlite": sqlite, "postgresql": postgresql}


def open_engine(where: Path | str, *, create: bool) -> Engine:
    """The database at a path, or at an SQLite or PostgreSQL URL, with the newest schema.

    Raises RegisterError if it holds no register and `create` is false, if it holds something else, if a newer version
    of the program wrote it, or if it cannot be reached.
    """
    engine, backend = connect(where, create=create)
    try:
        migrate(engine, backend, create=create)
    except DBAPIError as error:
        engine.dispose()
        raise failure(engine, error) from error
    except RegisterError:
        engine.dispose()
        raise
    return engine


def connect(where: Path | str, *, create: bool) -> tuple[Engine, Backend]:
    """The database as it is, before its schema was looked at, and the module for its kind."""
    url = _url(where)
    backend = _BACKENDS[url.get_backend_name()]
    engine = backend.engine(url, create=create)
    event.listen(engine, "before_cursor_execute", texts.refuse)
    return engine, backend


def memory_engine() -> Engine:
    """An empty register in memory, with the newest schema; it has one connection, and goes when that is closed."""
    engine = sqlite.memory()
    event.listen(engine, "before_cursor_execute", texts.refuse)
    migrate(engine, sqlite, create=True)
    return engine


@contextmanager
def filling(connection: Connection) -> Iterator[None]:
    """For a transaction that makes large tables anew: with more memory than others have, up to a gigabyte."""
    backend = _BACKENDS[connection.dialect.name]
    backend.fill(connection, begins=True)
    try:
        yield
    finally:
        backend.fill(connection, begins=False)


def failure(engine: Engine, error: DBAPIError) -> RegisterError:
    """The error to raise when the database failed: it names the database, what went wrong and what to do."""
    backend = _BACKENDS[engine.dialect.name]
    return RegisterError(f"{backend.name(engine.url)}: {backend.problem(engine, error)}")


def _url(where: Path | str) -> URL:
    if not isinstance(where, str) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).absolute()))
    shown = re.sub(r"(?<=://).*@", "", where).partition("?")[0]  # without user, password and options
    advice = "give a path, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"
    try:
        url = make_url(re.sub("^postgres://", "postgresql://", where))
    except (ArgumentError, ValueError) as error:
        raise RegisterError(f"{shown}: is no database URL; {advice}") from error
    if url.get_backend_name() not in _BACKENDS:
        raise RegisterError(f"{shown}: only SQLite and PostgreSQL can hold a register; {advice}")
    return url
