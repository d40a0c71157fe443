"""The two databases that a register can stand in: what is tested here is tested on both."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.register.server import NoServer, Server, server
from followthearms.register import Register

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own. Where none is installed the test is skipped, but on a build machine it fails."""
    try:
        with server() as started:
            yield started
    except NoServer as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which of the two databases."""
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty register, to copy."""
    file = tmp_path_factory.mktemp("empty") / "register.db"
    Register.open(file).close()
    return file


@pytest.fixture(scope="session")
def postgres_register(postgres: Server) -> str:
    """The name of the database of an empty register, to copy."""
    Register.open(postgres.create("empty_register")).close()
    return "empty_register"


@pytest.fixture
def new_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives the address of a new database at each call; there is nothing in it."""
    numbers = itertools.count(1)
    if database == "sqlite":
        yield lambda: str(tmp_path / f"new{next(numbers)}.db")
        return
    started: Server = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(f"new{next(numbers)}")
        return started.create(made[-1])

    yield make
    for name in made:
        started.drop(name)


@pytest.fixture
def empty_url(new_url: Callable[[], str]) -> str:
    """The address of a database with nothing in it."""
    return new_url()


@pytest.fixture
def register_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty register, copied as that is quicker than to make one."""
    if database == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("sqlite_register"), tmp_path / "register.db"))
        return
    started: Server = request.getfixturevalue("postgres")
    yield started.create("register", f"--template={request.getfixturevalue('postgres_register')}")
    started.drop("register")
