"""The commands on a register, filled with the annotated sample articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result

from followthearms.model import Kind
from followthearms.model.format import load_line

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GOLD = EXAMPLES / "gold.jsonl"


def test_adding_twice_changes_nothing(filled) -> None:
    before = filled("export", "--format", "jsonl").stdout
    again = filled("add", GOLD, "--keep-claims")
    assert again.exit_code == 0
    assert " unchanged." in again.stdout
    assert " new" not in again.stdout
    assert filled("export", "--format", "jsonl").stdout == before


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


def test_exported_lines_are_what_came_in(filled) -> None:
    exported = {d.id: d for d in (load_line(x, "out") for x in filled("export", "-f", "jsonl").stdout.splitlines())}
    came = {d.id: d for d in (load_line(x, "gold") for x in GOLD.read_text("utf-8").splitlines())}
    assert {i: (d.text, d.claims) for i, d in exported.items()} == {i: (d.text, d.claims) for i, d in came.items()}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_never_overwrites_the_register(filled, tmp_path: Path, form: str) -> None:
    before = filled("deals", "--json").stdout
    refused = filled("export", "-f", form, "-o", tmp_path / "register.db")
    assert refused.exit_code == 2
    assert "register.db: is the register itself" in refused.stderr
    assert filled("deals", "--json").stdout == before


def test_an_export_that_fails_leaves_what_was_there(fta, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("kept")
    assert fta("export", "-f", "csv", "-o", "claims.csv").exit_code == 2
    assert (tmp_path / "claims.csv").read_text() == "kept"


def test_exported_csv(filled, tmp_path: Path) -> None:
    claims = list(csv.DictReader(io.StringIO(filled("export", "-f", "csv").stdout, newline="")))
    documents = [load_line(x, "gold") for x in GOLD.read_text("utf-8").splitlines()]
    assert {row["claim"] for row in claims} == {c.id for d in documents for c in d.claims}
    assert {row["kind"].split(" / ")[0] for row in claims} == set(Kind)
    assert filled("export", "-f", "csv", "--table", "deals", "-o", "deals.csv").exit_code == 0
    with (tmp_path / "deals.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["deal"] for row in rows} == {d["id"] for d in json.loads(filled("deals", "--json").stdout)}


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


def test_a_text_that_changed_under_its_id_is_told_and_the_rest_is_added(filled, tmp_path: Path) -> None:
    first, second = (json.loads(line) for line in GOLD.read_text("utf-8").splitlines()[:2])
    changed = {"id": first["id"], "text": "Another text altogether.", "claims": []}
    new = {**second, "id": "new"}
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, (changed, new))))
    result = filled("add", "more.jsonl", "--keep-claims")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert first["id"] in line
    assert "1 new, 1 not read" in result.stdout


def test_a_file_that_is_no_register(fta, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are notes, and no database at all")
    assert fta("deals", "-r", "notes.db").exit_code == 2
    assert "notes.db" in complaint(fta("deals", "-r", "notes.db"))
    assert (tmp_path / "notes.db").read_text() == "these are notes, and no database at all"
