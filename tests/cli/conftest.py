"""Runs the real command in a folder of its own, on the sample articles and their annotation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from followthearms.cli.commands import app

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GOLD = EXAMPLES / "gold.jsonl"

Fta = Callable[..., Result]


@pytest.fixture
def fta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fta:
    """`fta("deals", "--json")` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FTA_REGISTER", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)

    return run


@pytest.fixture(scope="session")
def sample_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that holds the annotated sample articles; not to be written to."""
    file = tmp_path_factory.mktemp("sample") / "register.db"
    added = CliRunner().invoke(app, ["add", str(EXAMPLES / "gold.jsonl"), "--keep-claims", "--register", str(file)])
    assert added.exit_code == 0, added.output
    return file


@pytest.fixture
def filled(fta: Fta, sample_register: Path, tmp_path: Path) -> Fta:
    """The same, with a register of its own that holds the annotated sample articles."""
    shutil.copy(sample_register, tmp_path / "register.db")
    return fta
