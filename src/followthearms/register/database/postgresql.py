"""A register in a PostgreSQL database, reached through pg8000.

Invariants: a transaction that reads has one snapshot and cannot write; one that writes waits for the others at its
start, as there is one advisory lock for all writers of the database; and no message holds a password.
"""

from __future__ import annotations

import getpass
import os
import ssl
from collections.abc import Callable

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from followthearms.errors import RegisterError
from followthearms.register.database.backends import BUSY_SECONDS, Holds, writes

OLDEST = 15
"""The oldest major version of the server that the tests run on."""

MARK = "A register of Follow the Arms"
"""Comment of the table `alembic_version`, which other programs may have too."""

_LOCK = 0x46744172
"""Key of the advisory lock of all writers."""

_SECURITY: dict[str, Callable[[], ssl.SSLContext | bool | None]] = {
    "disable": lambda: False,
    "prefer": lambda: None,  # TLS if the server offers it
    "require": lambda: True,  # TLS, whoever the server is
    "verify-full": ssl.create_default_context,
}
"""The values of `sslmode`, as in libpq -> what pg8000 calls them."""

_CREDENTIALS = "check user and password; the password can also stand in the environment variable PGPASSWORD"
_UNREACHABLE = "see that the server runs and can be reached from here"
_OTHERS = (
    "what depends on it is not the register's own, and this version changes what it stands on: keep its definition "
    "(`pg_dump --schema-only`), drop it, open the register, and make it again, best on the views `deal_register` and "
    "`claim_register`, which stay"
)
_REMEDIES = {
    "28000": _CREDENTIALS,
    "28P01": _CREDENTIALS,
    "3D000": "make the database first, with `createdb`",
    "42501": "the user must own the database, or be allowed to create in its schema",
    "2BP01": _OTHERS,
    "0A000": _OTHERS,
    "25006": "name the primary server: a standby cannot be written to",
    "53100": "make room on the server's disk",
    "53300": "end other programs that use the server, or try again",
    "55P03": f"another program has been writing for {BUSY_SECONDS} seconds; try again when it is done",
    "57P01": _UNREACHABLE,
    "57P03": _UNREACHABLE,
}
"""By SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html)."""


def engine(url: URL, *, create: bool) -> Engine:
    """An engine for the database. Raises RegisterError if the driver is missing or the URL has unknown options."""
    where = name(url)
    if not url.database:
        raise RegisterError(f"{where}: names no database; give postgresql://USER:PASSWORD@HOST/DATABASE")
    unknown = sorted(set(url.query) - {"host", "sslmode"})
    mode = url.query.get("sslmode", "prefer")
    if unknown or not isinstance(mode, str) or mode not in _SECURITY:
        wrong = f"unknown option {unknown[0]}" if unknown else "unknown sslmode"
        raise RegisterError(
            f"{where}: {wrong}; there are `host` (a socket's folder) and `sslmode` ({', '.join(_SECURITY)})"
        )
    target = url.set(
        drivername="postgresql+pg8000",
        username=url.username or os.environ.get("PGUSER") or getpass.getuser(),
        password=url.password or os.environ.get("PGPASSWORD"),
        query={},
    )
    try:
        from followthearms.register.database import driver
    except ModuleNotFoundError as error:
        raise RegisterError(f"{where}: needs a driver; pip install 'followthearms[postgresql]'") from error
    options = {
        "folder": url.query.get("host", ""),
        "ssl_context": _SECURITY[mode](),
        "startup_params": {"lock_timeout": f"{BUSY_SECONDS}s"},
    }
    made = create_engine(target, connect_args=options, pool_pre_ping=True)
    made.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one round trip
    event.listen(made, "do_connect", lambda _dialect, _record, _args, options: driver.Connection(**options))
    event.listen(made, "begin", _begin)
    return made


def name(url: URL) -> str:
    """The URL without password and options."""
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()


def inspect(connection: Connection) -> Holds:
    """What the schema holds that tables are made in. Raises RegisterError for an old server or an odd encoding."""
    where = name(connection.engine.url)
    settings = "SELECT current_setting('server_version_num')::integer / 10000, current_setting('server_encoding')"
    version, encoding = connection.execute(text(settings)).one()
    if version < OLDEST:
        raise RegisterError(f"{where}: is PostgreSQL {version}; a register needs {OLDEST} or newer")
    if encoding != "UTF8":
        raise RegisterError(f"{where}: is encoded in {encoding}; make a database with `createdb --encoding UTF8`")
    comment = "SELECT obj_description(to_regclass('alembic_version'), 'pg_class')"
    if connection.execute(text(comment)).scalar() == MARK:
        return Holds.REGISTER
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
    return Holds.OTHER if connection.execute(text(tables)).scalar() else Holds.NOTHING


def prepare(_: Engine) -> None:
    """Nothing: PostgreSQL can do all within the migration's transaction."""


def mark(connection: Connection) -> None:
    """Comment the table of the schema's revision."""
    connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{MARK}'")


def fill(connection: Connection, *, begins: bool) -> None:
    """Nothing: what the server holds in memory is up to who runs it."""


def problem(_: Engine, error: DBAPIError) -> str:
    """What the server says, or why it says nothing, and what to do."""
    told = error.orig.args[0] if error.orig and error.orig.args else str(error.orig)
    if isinstance(told, dict):  # the fields of the server's message: C is the SQLSTATE, M the text
        remedy = _REMEDIES.get(sqlstate(error), "see the server's log")
        which = f": {', '.join(str(told['D']).splitlines())}" if remedy is _OTHERS and "D" in told else ""
        return f"{told.get('M', 'the server failed')}{which}; {remedy}"
    return f"{told}; {_CREDENTIALS if 'password' in str(told) else _UNREACHABLE}"


def sqlstate(error: DBAPIError) -> str:
    """The code of what the server says; empty if it says nothing."""
    told = error.orig.args[0] if error.orig and error.orig.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""


def _begin(connection: Connection) -> None:
    """Readers keep the snapshot of their first look. A writer takes a new one after it has got the lock."""
    if writes(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
