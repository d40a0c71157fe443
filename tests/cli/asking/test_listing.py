"""Deals, claims and contradictions of a register, listed and shown."""

from __future__ import annotations

import json
from pathlib import Path

from followthearms.register import Register


def test_deals_are_listed_with_their_parties_in_words(filled) -> None:
    shown = filled("deals")
    assert shown.exit_code == 0
    assert "Russia → India" in shown.stdout
    found = json.loads(filled("deals", "--json").stdout)
    rifles = [d for d in found if any(i["designation"] == "AK-203" for i in d["equipment"])]
    assert any(d["supplier"][0]["code"] == "RU" and d["recipient"][0]["code"] == "IN" for d in rifles)
    assert all(d["id"] in shown.stdout for d in found)


def test_one_deal_is_shown_with_quoted_words(filled) -> None:
    deal = next(d for d in json.loads(filled("deals", "--json").stdout) if d["contradictions"])
    shown = filled("show", deal["id"][:9])
    assert shown.exit_code == 0
    flat = " ".join(shown.stdout.split())
    assert deal["events"][0]["quote"][:30] in flat
    assert "Where the reports differ" in flat
    in_full = json.loads(filled("show", deal["id"], "--json").stdout)
    assert {part["role"] for part in in_full.pop("parts")} >= {"supplier"} and in_full == deal
    ids = [deal["contradictions"][0]["id"], *(event["ref"]["claim"] for event in deal["events"])]
    assert all(name in flat for name in ids), "what can be decided on is shown with its id"


def test_why_claims_are_one_deal_is_shown_with_its_weights(filled) -> None:
    deal = json.loads(filled("deals", "supplier:RU", "equipment:AK-203", "--json").stdout)[0]["id"]
    joins = json.loads(filled("show", deal, "--why", "--json").stdout)["joins"]
    assert all(abs(sum(one["features"].values()) - one["weight"]) < 0.01 for one in joins)
    flat = " ".join(filled("show", deal, "--why").stdout.split())
    assert joins and all(f"{one['weight']:+.2f}" in flat and one["left"]["claim"] in flat for one in joins)


def test_claims_of_one_kind(filled) -> None:
    found = json.loads(filled("claims", "kind:refusal", "--json").stdout)
    assert found
    assert {claim["kind"][0] for claim in found} == {"refusal"}
    assert all(claim["document"] for claim in found)
    table = filled("claims", "kind:refusal").stdout
    assert table.count("refusal") == len(found)


def test_contradictions_show_both_sides(filled) -> None:
    found = json.loads(filled("contradictions", "--json").stdout)
    assert found
    shown = filled("contradictions").stdout
    assert all(one["left"]["value"] in shown and one["right"]["value"] in shown for one in found)


def test_nothing_to_show_is_told_with_its_reason(filled, tmp_path: Path) -> None:
    assert filled("deals", "supplier:NR").stderr == "The register holds no deals that fit.\n"
    before = filled("claims", "--as-of", "1999-12-31")
    assert before.stderr == "The register was empty on 31 December 1999: nothing had been added.\n"
    with Register.open(tmp_path / "new.db"):
        pass
    assert filled("deals", "--register", "new.db").stderr == "The register is empty; `fta add` adds articles.\n"
