"""The register's past on the command line: snapshots taken, listed and compared, and what cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.model.format import dump_line
from tests.link.drafts import draft, said

TEXT = "India ordered 600 AK-203 rifles from Russia."
CLAIM = said(
    "agreement",
    "ordered",
    supplier="Russia/RU",
    recipient="India/IN",
    equipment="AK-203 rifles/AK-203/assault rifle/600",
)


def test_a_snapshot_is_taken_listed_and_cited(filled) -> None:
    taken = filled("snapshot", "2026-q1", "--note", "for the report", "--by", "Ann")
    assert taken.exit_code == 0
    assert "register snapshot “2026-q1” of" in taken.stdout
    (one,) = json.loads(filled("snapshot", "--list", "--json").stdout)
    assert one["citation"] == taken.stdout.strip() and one["content"] in taken.stdout
    listed = filled("snapshot", "--list").stdout
    assert listed.startswith("2026-q1  ") and one["content"] in listed and listed.endswith("by Ann  for the report\n")
    again = filled("snapshot", "2026-q1")
    assert again.exit_code == 2 and "take another name" in again.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["snapshot"], "name the snapshot to take"),
        (["snapshot", "now"], "is no name for a snapshot"),
        (["snapshot", "--list", "x"], "--list takes no snapshot"),
        (["diff", "none"], "no snapshot 'none'"),
        (["diff", "none", "--as-of", "2020-01-01"], "no snapshot 'none'"),
        (["import", "none.jsonl"], "none.jsonl: refused, and nothing of it was stored"),
    ],
)
def test_what_cannot_be_done(filled, command: list[str], said: str) -> None:
    result = filled(*command)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_difference_is_shown_with_its_reasons(filled, tmp_path: Path) -> None:
    assert filled("snapshot", "before").exit_code == 0
    assert filled("diff", "before").stdout == "before → now: no deal has changed\n"
    (tmp_path / "new.jsonl").write_text(
        dump_line(draft("new", TEXT, CLAIM, date="2019-03-04", outlet="Quillon")), "utf-8"
    )
    assert filled("import", "new.jsonl").exit_code == 0
    shown = filled("diff", "before")
    assert f"because Quillon, 4 March 2019: “{TEXT}”" in shown.stdout
    found = json.loads(filled("diff", "before", "--json").stdout)
    assert (found["summary"] in shown.stdout and found["new"]) or found["changed"]
    assert filled("snapshot", "after").exit_code == 0
    assert json.loads(filled("diff", "before", "after", "--json").stdout)["new"] == found["new"]
    then = filled("diff", "before", "--as-of", "2020-01-01")
    assert then.exit_code == 2 and "no snapshot 'before'" in then.stderr  # it was not taken yet


def test_there_is_nothing_to_list_in_a_new_register(filled) -> None:
    assert filled("snapshot", "--list").stdout == filled("corrections").stdout == ""
    assert "holds no snapshot; `fta snapshot NAME`" in filled("snapshot", "--list").stderr
    assert "no correction" in filled("corrections").stderr
    assert json.loads(filled("corrections", "--json", "--since", "2026-01-01").stdout) == []
