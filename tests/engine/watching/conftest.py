"""A desk with a register, and a folder that is watched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from followthearms.register import Register
from tests.engine.watching.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Register.open(tmp_path / "register.db") as register:
        yield Desk(tmp_path, register)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
