"""What all tests share: where the project stands, and test runs that are the same each time."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from benchmarks.corpus import folder

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the annotated corpus; tests that need it are skipped where it is absent."""
    found = folder()
    if not found.is_dir():
        pytest.skip(f"the annotated corpus is not at {found}; FTA_CORPUS says where it is")
    return found


@pytest.fixture(scope="session")
def fta_command() -> Iterator[Path]:
    """The file of a command that runs `fta` as a process which starts at once; see `tests/warm.py`."""
    with TemporaryDirectory(prefix="fta-") as name:
        command, address = Path(name, "fta"), str(Path(name, "socket"))
        client = [sys.executable, "-IS", str(ROOT / "tests/warm.py"), address]
        command.write_text(f'#!/bin/sh\nexec {shlex.join(client)} "$@"\n')
        command.chmod(0o755)
        server = [sys.executable, "-m", "tests.warm", address]
        with subprocess.Popen(server, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            yield command
            process.communicate()
