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
from tests.register import registers

DATABASES = ("sqlite", "postgresql")

Fill = Callable[[str], None]
"""Makes a register at an address and puts something into it."""

CopyOf = Callable[[Fill], str]
"""Gives the address of a register as a function fills it."""


def make_empty(url: str) -> None:
    """Make a register that holds nothing."""
    Register.open(url).close()


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


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that are copied."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="session")
def template_of() -> dict[tuple[str, Fill], str]:
    """The names of what is copied, by database and what filled it."""
    return {}


@pytest.fixture
def copy_of(
    database: str,
    template_of: dict[tuple[str, Fill], str],
    templates: Path,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[CopyOf]:
    """Copies registers, each of which is filled once: to copy one is quicker."""
    server: Server | None = request.getfixturevalue("postgres") if database == "postgresql" else None
    made: list[str] = []

    def copied(fill: Fill) -> str:
        template = template_of.get((database, fill))
        if template is None:
            template = f"filled{len(template_of)}"
            fill(server.create(template) if server else str(templates / f"{template}.db"))
            template_of[database, fill] = template
        name = f"register{len(made) or ''}"
        made.append(name)
        if server:
            return server.create(name, f"--template={template}")
        return str(shutil.copy(templates / f"{template}.db", tmp_path / f"{name}.db"))

    yield copied
    if server:
        for name in made:
            server.drop(name)


@pytest.fixture
def register_url(copy_of: CopyOf) -> str:
    """The address of an empty register."""
    return copy_of(make_empty)


@pytest.fixture
def filled_url(copy_of: CopyOf) -> str:
    """The address of a register of a few documents made by hand."""
    return copy_of(registers.told)
