"""The two databases that a register can stand in: what is tested here is tested on both."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.register.server import NoServer, Server, server

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


@pytest.fixture
def new_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives the address of a new empty database at each call."""
    numbers = itertools.count(1)
    if database == "sqlite":
        yield lambda: str(tmp_path / f"register{next(numbers)}.db")
        return
    started: Server = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(f"register{next(numbers)}")
        return started.create(made[-1])

    yield make
    for name in made:
        started.drop(name)


@pytest.fixture
def register_url(new_url: Callable[[], str]) -> str:
    """The address of an empty database."""
    return new_url()
