"""Which register a command means, and what it says of one that it cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result


def test_the_environment_names_the_register(filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "register.db").rename(tmp_path / "other.db")
    assert filled("deals").exit_code == 2
    monkeypatch.setenv("FTA_REGISTER", "other.db")
    assert filled("deals").exit_code == 0


def complaint(result: Result) -> str:
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("fta: ")
    return line


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["show", "zzz"], "`fta deals` lists them"),
        (["claims", "kind:gift"], "gift"),
        (["deals", "--register", "absent.db"], "there is no register; make one with `fta add`"),
        (["export", "-f", "csv", "-o", "no/such/folder.csv"], "no/such/folder.csv: cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(filled, command: list[str], said: str) -> None:
    result = filled(*command)
    assert result.exit_code == 2
    assert said in complaint(result)


def test_a_file_that_is_no_register(fta, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are notes, and no database at all")
    assert fta("deals", "-r", "notes.db").exit_code == 2
    assert "notes.db" in complaint(fta("deals", "-r", "notes.db"))
    assert (tmp_path / "notes.db").read_text() == "these are notes, and no database at all"
