"""The commands by which analysts decide, on a real register."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

import pytest

from followthearms.model.format import dump_line
from tests.cli.conftest import Fta
from tests.link.drafts import draft, said

AK = "AK-203 rifles/AK-203/assault rifle"
ORDER = draft(
    "order",
    "India ordered 600,000 AK-203 rifles from Russia.",
    said("agreement", "ordered", supplier="Russia/RU", recipient="India/IN", equipment=f"{AK}/600000"),
    outlet="Quillon",
)
MORE = draft(
    "more",
    "It is 670,000 AK-203 rifles that India ordered from Russia; Egypt looked on, and Egypt paid.",
    said("agreement", "ordered", supplier="Russia/RU", recipient="India/IN", equipment=f"{AK}/670000"),
    outlet="Ravelin",
)
FIRST, SECOND = ORDER.claims[0].id, MORE.claims[0].id


@pytest.fixture
def desk(fta: Fta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fta:
    """A register of two documents, at which Ann works."""
    monkeypatch.setenv("FTA_ANALYST", "Ann")
    (tmp_path / "in.jsonl").write_text("".join(dump_line(one) + "\n" for one in (ORDER, MORE)), encoding="utf-8")
    assert fta("add", "in.jsonl", "--keep-claims").exit_code == 0
    return fta


def history(fta: Fta, *subject: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(fta("history", *subject, "--json").stdout)
    return found


def claims(fta: Fta) -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in json.loads(fta("claims", "--json").stdout)}


def deals(fta: Fta) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(fta("deals", "--json").stdout)
    return found


def test_a_claim_is_rejected_and_taken_up_again(desk: Fta) -> None:
    done = desk("decide", "reject", FIRST[:8], "--why", "about tourism")
    assert done.exit_code == 0, done.output
    [made] = history(desk)
    assert done.stdout == f"{made['id']}  reject claim {FIRST}, by Ann\n"
    assert (made["who"], made["why"], made["effect"]) == ("Ann", "about tourism", "holds")
    assert claims(desk)[FIRST]["standing"] == "rejected"
    assert desk("undo", made["id"][:6], "--by", "Ben").exit_code == 0
    assert claims(desk)[FIRST]["standing"] == "pending"
    assert [entry["effect"] for entry in history(desk, FIRST)] == ["undone", "holds"]
    again = desk("undo", made["id"])
    assert again.exit_code == 2 and "was undone already; `fta undo j" in again.stderr


def test_several_claims_are_accepted_at_once(desk: Fta) -> None:
    assert desk("decide", "accept", FIRST, SECOND).exit_code == 0
    assert [made["ruling"]["claim"]["claim"] for made in history(desk)] == [FIRST, SECOND]


def test_a_correction_keeps_what_the_machine_read(desk: Fta) -> None:
    unclear = desk("decide", "correct", SECOND, "recipient", "Egypt=EG")
    assert unclear.exit_code == 2 and "Egypt@60 (…" in unclear.stderr
    assert desk("decide", "correct", SECOND, "recipient", "Egypt@60=EG", "--why", "see below").exit_code == 0
    assert [party["code"] for party in claims(desk)[SECOND]["recipient"]] == ["EG"]
    [made] = history(desk, f"claim:{SECOND}")
    assert [party["code"] for party in made["machine"]] == ["IN"]
    told = desk("history", SECOND).stdout
    assert "“India” (India (IN)) → “Egypt” (Egypt (EG))" in told and "because see below" in told


def test_a_slot_is_corrected_or_emptied(desk: Fta) -> None:
    assert desk("decide", "correct", FIRST, "quantity", "600,000=600000/about").exit_code == 0
    assert claims(desk)[FIRST]["equipment"][0]["quantity"]["bound"] == "about"
    assert desk("decide", "correct", FIRST, "supplier", "--empty").exit_code == 0
    assert not claims(desk)[FIRST].get("supplier")
    for wrong in (["supplier"], ["supplier", "Russia=RU", "--empty"]):
        refused = desk("decide", "correct", FIRST, *wrong)
        assert refused.exit_code == 2 and "say what supplier is, or --empty" in refused.stderr
    refused = desk("decide", "correct", FIRST, "kind", "--empty")
    assert refused.exit_code == 2 and "kind cannot be empty" in refused.stderr


def test_a_deal_is_split_and_merged_again_with_a_warning(desk: Fta) -> None:
    [deal] = deals(desk)
    assert desk("decide", "split", deal["id"], SECOND).exit_code == 0
    left, right = (one["id"] for one in deals(desk))
    [made] = history(desk)
    merged = desk("decide", "merge", left, right)
    assert merged.exit_code == 0 and f"fta: warning: overrules split {made['id']} of Ann" in merged.stderr
    assert [one["id"] for one in deals(desk)] == [deal["id"]]
    again = desk("decide", "merge", left, right)
    assert again.exit_code == 2 and f"'{left}' and '{right}' are both deal {deal['id']} now" in again.stderr
    assert "(overruled by a newer decision)" in desk("history", deal["id"]).stdout
    assert desk("decide", "different", FIRST, SECOND).exit_code == 0
    assert len(deals(desk)) == 2
    assert desk("decide", "same", FIRST, SECOND).exit_code == 0
    assert len(deals(desk)) == 1


def test_a_source_is_graded_and_a_remark_made(desk: Fta) -> None:
    assert desk("decide", "grade", "quillon", "b").exit_code == 0
    assert json.loads(desk("sources", "--json").stdout)[0]["grade"] == "B"
    assert desk("decide", "note", "source:Quillon", "Owned by a\x1b[2J broker.").exit_code == 0
    told = desk("history", "source:quillon").stdout
    assert "grade source:" in told and "broker" in told and "\x1b" not in told


def test_a_contradiction_is_ruled_on(desk: Fta) -> None:
    [found] = json.loads(desk("contradictions", "--json").stdout)
    done = desk("decide", "resolve", found["id"][:8], "right", "--why", "the contract was published")
    assert done.exit_code == 0, done.output
    assert "(quantity: 600,000 or 670,000): right" in desk("history", found["id"]).stdout


@pytest.mark.parametrize(
    "arguments, problem",
    [
        (["accept", "czz"], "no claim has the id 'czz'"),
        (["merge", "dzz", "dyy"], "no deal has the id 'dzz'"),
        (["merge", "IN"], "name two or more deals"),
        (["merge", "IN", "RU", "IN"], "'IN' and 'IN' are both IN now"),
        (["split", "dzz", "czz"], "no deal has the id 'dzz'"),
        (["same", "IN", "IN"], "name two"),
        (["grade", "Nobody", "A"], "no document comes from, or cites, 'Nobody'; `fta sources`"),
        (["grade", "Quillon", "G"], "no such grade: G; there are A, B, C, D, E, F"),
        (["note", "Nobody", "?"], "nothing in the register is called 'Nobody'"),
        (["note", "IN", " "], "a note needs some words"),
        (["resolve", "xzz", "left"], "`fta contradictions` lists them"),
        (["resolve", "xzz", "up"], "no such verdict: up; there are left, right, both, neither"),
        (["correct", FIRST, "weather", "fine"], "no such slot: weather"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(desk: Fta, arguments: list[str], problem: str) -> None:
    refused = desk("decide", *arguments)
    assert refused.exit_code == 2 and refused.stdout == ""
    assert refused.stderr.startswith("fta: ") and problem in refused.stderr and refused.stderr.count("\n") == 1
    assert history(desk) == []


def test_the_analyst_is_named_by_the_option_then_the_environment_then_the_login(
    desk: Fta, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("decide", "accept", FIRST, "--by", "Ben")
    desk("decide", "accept", FIRST)
    monkeypatch.delenv("FTA_ANALYST")
    desk("decide", "accept", FIRST)
    assert [made["who"] for made in history(desk)] == ["Ben", "Ann", getpass.getuser()]


def test_where_nothing_was_decided_it_says_so(desk: Fta) -> None:
    found = desk("history", FIRST)
    assert found.exit_code == 0 and found.stdout == "" and "Nothing was decided" in found.stderr
    desk("decide", "accept", FIRST)
    assert "Nothing was decided" in desk("history", "--as-of", "2020-01-01").stderr
