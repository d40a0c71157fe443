"""`fta decide claim`: a claim that the program missed, on a real register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.model.format import dump_line
from tests.cli.conftest import Fta
from tests.link.drafts import draft

TEXT = "Rome has at last parted with 12 Northwind-7 howitzers: Cairo got them, and Cairo paid."
SHOWN = ("claim", "hand", "--kind", "delivery", "--trigger", "parted with", "--supplier", "Rome")


@pytest.fixture
def desk(fta: Fta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fta:
    """A register of a document in which nothing was read, at which Ann works."""
    monkeypatch.setenv("FTA_ANALYST", "Ann")
    (tmp_path / "in.jsonl").write_text(dump_line(draft("handover", TEXT, date="2026-01-02")) + "\n", encoding="utf-8")
    assert fta("import", "in.jsonl").exit_code == 0
    return fta


def test_a_claim_is_added_told_exported_and_undone(desk: Fta) -> None:
    item = ("--equipment", "Northwind-7 howitzers", "--quantity", "12", "--modality", "actual")
    done = desk("decide", *SHOWN, "--recipient", "Cairo@55", *item, "--why", "missed")
    assert done.exit_code == 0, done.output
    [claim] = json.loads(desk("claims", "--json").stdout)
    assert [one["code"] for one in (*claim["supplier"], *claim["recipient"])] == ["IT", "EG"]
    assert claim["standing"] == "accepted" and claim["equipment"][0]["quantity"]["number"] == 12
    told = desk("history", claim["id"]).stdout
    assert f"claim {claim['id']} of document handover, by Ann" in told and "because missed" in told
    assert "delivery “parted with”; supplier “Rome” (Italy (IT)); recipient “Cairo” (Egypt (EG))" in told
    assert "howitzers" in desk("corrections").stdout
    [line] = desk("export", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["claims"][0]["method"]["by"] == "analyst"
    assert ",analyst" in desk("export", "--format", "csv").stdout
    assert desk("undo", json.loads(desk("history", "--json").stdout)[0]["id"]).exit_code == 0
    assert json.loads(desk("claims", "--json").stdout) == []


@pytest.mark.parametrize(
    "more, problem",
    [
        (["--recipient", "Cairo"], "stands there 2 times; write which one: Cairo@55 (…"),
        (["--recipient", "Kairo"], "'Kairo' does not stand in document handover"),
        (["--kind", "gift"], "no such kind: gift"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(desk: Fta, more: list[str], problem: str) -> None:
    refused = desk("decide", *SHOWN, *more)
    assert refused.exit_code == 2 and refused.stdout == "" and problem in refused.stderr
    nowhere = desk("decide", "claim", "nowhere", *SHOWN[2:])
    assert nowhere.exit_code == 2 and "no document has the id 'nowhere'" in nowhere.stderr
    assert json.loads(desk("history", "--json").stdout) == []
