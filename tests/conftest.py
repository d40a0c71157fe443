"""What all tests share: where the project stands, and test runs that are the same each time."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.corpus import folder

ROOT = Path(__file__).resolve().parent.parent

SLOW = ("web", "engine", "docs", "register", "cli")
"""Folders whose files take longest, with servers, browsers and processes of their own."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that runs us in the background has us ignore Ctrl-C, and so would every process that we start and stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("steady")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, for a test that waits for a page, a server or a clock uses none."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process is left with it when the others are done."""
    rank = {folder: place for place, folder in enumerate(SLOW)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(ROOT / "tests").parts[0], len(SLOW)))


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
