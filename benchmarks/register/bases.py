"""Registers of the made-up world in the two databases, kept from one run to the next.

Invariant: the base of a size is made of the first documents of the world of that size; what `further` gives comes after
them in the same world.
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select, text

from benchmarks.register.carrying import carry
from benchmarks.register.programs import RUN
from benchmarks.register.server import Server, server
from benchmarks.register.world import CLAIMS_A_DOCUMENT, documents
from followthearms.model import Document
from followthearms.register import Register, adding, folding, tables
from followthearms.register.database import open_engine
from followthearms.register.session import Session

FOLDER = Path(__file__).resolve().parents[2] / "build/register-bench"
BATCH = 500
"""Documents whose log is written in one transaction."""
BUILT = 10_000
"""Claims up to which a register is built in PostgreSQL itself, and not carried over from SQLite where one is there."""
FURTHER = 220
"""Documents that the world of a base has beyond it."""


class Place(Protocol):
    """A database system with bases in it."""

    name: str

    def base(self, size: int) -> str:
        """The address of the register with so many claims, which is built if there is none."""

    def copy(self, size: int) -> str:
        """The address of a copy of it, which may be written to; a former copy goes."""

    def cpu(self) -> float:
        """Processor seconds that this program and the database have spent so far."""

    def bytes(self, url: str) -> int:
        """How large the database at an address is, without room that it keeps for later."""


class SQLite:
    """Registers in files."""

    name = "SQLite"

    def base(self, size: int) -> str:
        path = FOLDER / f"{size}.db"
        if not path.exists():
            part = FOLDER / f"{size}.part.db"
            build(str(part), size, self)
            part.rename(path)
        Register.open(path, create=False).close()  # makes anew what another version derived
        return str(path)

    def copy(self, size: int) -> str:
        path = FOLDER / "copy.db"
        _discard(path)
        shutil.copyfile(FOLDER / f"{size}.db", path)
        return str(path)

    def cpu(self) -> float:
        return time.process_time()

    def bytes(self, url: str) -> int:
        used = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, "
        return _number(url, used + "pragma_page_size")


class PostgreSQL:
    """Registers in a server of our own, which are saved to files."""

    name = "PostgreSQL"

    def __init__(self, started: Server) -> None:
        self._server = started

    def base(self, size: int) -> str:
        path, twin = FOLDER / f"{size}.dump", FOLDER / f"{size}.db"
        url = self._server.create(f"base{size}")
        if not path.exists() and size > BUILT and twin.exists():
            carry(self._server, twin, f"base{size}")
            self._server.analyse(f"base{size}")
            return url
        if not path.exists():
            build(self._server.create("part"), size, self)
            self._server.save("part", path)
            self._server.drop("part")
        self._server.load(path, f"base{size}")
        Register.open(url, create=False).close()  # makes anew what another version derived
        return url

    def copy(self, size: int) -> str:
        self._server.drop("copy", "--if-exists")
        return self._server.create("copy", "--template", f"base{size}")

    def cpu(self) -> float:
        return time.process_time() + self._server.cpu()

    def bytes(self, url: str) -> int:
        return _number(url, "SELECT pg_database_size(current_database())")


@contextmanager
def place(name: str) -> Iterator[Place]:
    """The database system of this name, "sqlite" or "postgresql", for the time of the context."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if name == "sqlite":
        yield SQLite()
    else:
        with server(durable=True) as started:
            yield PostgreSQL(started)
    _discard(FOLDER / "copy.db")


def world(size: int) -> Iterator[Document]:
    """The documents of the base with so many claims, and those that come after."""
    return documents(size + FURTHER * CLAIMS_A_DOCUMENT)


def further(size: int) -> list[Document]:
    """The documents of the world of a base that are not in it."""
    return list(itertools.islice(world(size), size // CLAIMS_A_DOCUMENT, None))


def build(url: str, size: int, where: Place) -> None:
    """Build the base of a size in an empty database, or go on with what was broken off: its log, then at once all that
    follows from it, as a register does that another version derived; that costs half of what adding does. Tell what it
    costs."""
    session = Session(open_engine(url, create=True))
    with session.reading() as connection:
        added = connection.execute(select(func.count()).select_from(tables.documents)).scalar_one()
    left = itertools.islice(world(size), added, size // CLAIMS_A_DOCUMENT)
    with _told(where, "the log", size - added * CLAIMS_A_DOCUMENT):
        while some := list(itertools.islice(left, BATCH)):
            with session.writing() as connection:
                for document in some:
                    adding.add(connection, document, RUN, RUN.started.isoformat())
    with _told(where, "what follows from it", size), session.writing() as connection:
        folding.rebuild(connection, RUN.started.isoformat())
    session.engine.dispose()


@contextmanager
def _told(where: Place, what: str, claims: int) -> Iterator[None]:
    """Tell what the work of the context costs."""
    begun, began = time.perf_counter(), where.cpu()
    yield
    cpu, wall = ((spent / max(claims, 1)) * 1000 for spent in (where.cpu() - began, time.perf_counter() - begun))
    print(f"{where.name}: {what} of {claims:,} claims: {cpu:.2f} ms a claim ({wall:.2f} by the clock)", flush=True)


def _number(url: str, asked: str) -> int:
    """What a database answers."""
    engine = open_engine(url, create=False)
    with engine.connect() as connection:
        found = int(connection.execute(text(asked)).scalar_one())
    engine.dispose()
    return found


def _discard(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
