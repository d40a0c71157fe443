"""Bringing the schema of a register up to date.

Invariant: all that a migration changes, it changes in one transaction that holds the write lock, so that a program
that dies on the way leaves the register as it was. Alembic is loaded only where there is something to migrate.
"""

from __future__ import annotations

import re
from importlib import resources

from sqlalchemy import Connection, Engine

from followthearms.errors import RegisterError
from followthearms.register.database.backends import WRITE, Backend, Holds

_SCRIPT = re.compile(r"r(\d{4})_\w+\.py")


def revisions() -> list[str]:
    """The revisions of the schema that this version knows, oldest first, as the files of the migrations number them."""
    files = resources.files("followthearms.register.migrations.versions").iterdir()
    return sorted(found[1] for file in files if (found := _SCRIPT.fullmatch(file.name)))


def migrate(engine: Engine, backend: Backend, *, create: bool) -> None:
    """Check that the database is ours, or empty and to be filled, and take it to the newest revision.

    Raises RegisterError if it is something else, or empty and `create` is false, or of a newer version.
    """
    name = backend.name(engine.url)
    with engine.connect() as connection:
        current = _revision(connection, backend, name)
    if current == revisions()[-1]:
        return
    if current is None and not create:
        raise RegisterError(f"{name}: there is no register; make one with `fta add`, or name another with --register")
    backend.prepare(engine)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        _revision(connection, backend, name)  # another process may have been here first
        upgrade(connection, "head")
        backend.mark(connection)


def upgrade(connection: Connection, revision: str) -> None:
    """Take the schema to a revision, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "followthearms.register:migrations")
    config.set_main_option("path_separator", "os")
    command.upgrade(config, revision)


def _revision(connection: Connection, backend: Backend, name: str) -> str | None:
    """The revision of the schema; null for an empty database."""
    found = backend.inspect(connection)
    if found is Holds.OTHER:
        raise RegisterError(f"{name}: is a database, but no register; name another one")
    if found is Holds.NOTHING:
        return None
    current: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if current and current not in revisions():
        raise RegisterError(
            f"{name}: was written by a newer version (schema {current}); upgrade with `pip install -U followthearms`"
        )
    return current
