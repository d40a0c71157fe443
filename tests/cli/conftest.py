"""Runs the real command in a folder of its own, on the sample articles and their annotation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from followthearms.cli.commands import app

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

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


@pytest.fixture
def filled(fta: Fta) -> Fta:
    """The same, with a register that holds the annotated sample articles."""
    added = fta("add", EXAMPLES / "gold.jsonl", "--keep-claims")
    assert added.exit_code == 0, added.output
    return fta
