"""`fta decide claims`: a person's table of claims, on a real register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.model.format import dump_line
from tests.cli.conftest import Fta
from tests.link.drafts import draft, said

SALE = "Rome sold 12 howitzers and 3 radars to Cairo\nfor $40 million in May 2024."
LOAN = "A minister said that Rome lent Tunis a boat, and Oslo lent Tunis two boats."
HEAD = "Nr,Quotation,Trigger,Kind,Supplier,Recipient,Equipment,Quantity,Value,Date,Comment,Document\n"
ROWS = (
    "1,Rome sold 12 howitzers and 3 radars to Cairo for $40 million,sold,supply,Rome,Cairo,howitzers; radars,12; 3,"
    "$40 million,May 2024,our files,\n"
    '2,"Oslo lent Tunis two boats",lent,delivery,Oslo,Tunis,boats=/boat,two,,,,\n'
)


@pytest.fixture
def desk(fta: Fta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fta:
    """A register of three documents, two of which have the same words, at which Ann works."""
    monkeypatch.setenv("FTA_ANALYST", "Ann")
    lent = said("delivery", "lent", supplier="Rome/IT", recipient="Tunis/TN", equipment="boat//boat")
    told = [
        draft("sale", SALE, date="2024-06-02"),
        draft("loan", LOAN, lent),
        draft("copy", f"Two papers write alike. {LOAN.replace('Oslo', 'Bonn')}"),
    ]
    (tmp_path / "in.jsonl").write_text("".join(dump_line(one) + "\n" for one in told), encoding="utf-8")
    assert fta("import", "in.jsonl").exit_code == 0
    return fta


def table(rows: str, head: str = HEAD) -> str:
    Path("table.csv").write_text(head + rows, encoding="utf-8")
    return "table.csv"


def decisions(desk: Fta) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(desk("history", "--json").stdout)
    return found


def test_rows_are_claims_with_their_words_and_are_undone_at_once(desk: Fta) -> None:
    tried = desk("decide", "claims", table(ROWS), "--dry-run")
    assert tried.exit_code == 0 and "2 claims would be added; nothing is stored." in tried.stdout
    assert "Left out, as no field has that name: Nr." in tried.stderr and decisions(desk) == []
    done = desk("decide", "claims", table(ROWS), "--why", "files of 2024")
    assert "row 2: j" in done.stdout and "2 claims added." in done.stdout, done.output
    [sold] = [claim for claim in json.loads(desk("claims", "--json").stdout) if claim["trigger"]["text"] == "sold"]
    assert [item["quantity"]["number"] for item in sold["equipment"]] == [12, 3]
    assert (sold["value"]["amount"], sold["standing"]) == (40_000_000, "accepted")
    assert SALE[sold["evidence"]["start"] : sold["evidence"]["end"]].endswith("Cairo\nfor $40 million")
    history = desk("history").stdout
    assert "because our files" in history and "because files of 2024" in history
    again = desk("decide", "claims", table(ROWS))
    assert "0 claims added, 2 there already." in again.stdout and len(decisions(desk)) == 2
    name = done.stdout.split("fta undo ")[1].split()[0]
    assert desk("undo", name, "--whole").exit_code == 0
    assert [claim["trigger"]["text"] for claim in json.loads(desk("claims", "--json").stdout)] == ["lent"]


@pytest.mark.parametrize(
    "row, problem",
    [
        ("Rome gave 12 howitzers,gave,supply,Rome,Cairo,,,,,,", "no text in the register has the words 'Rome gave 12"),
        ("Rome lent Tunis a boat,lent,delivery,Rome,Tunis,,,,,,", "2 texts have the words"),
        ("Rome lent Tunis a boat,lent,delivery,Rome,Tunis,,,,,,sale", "no text of document sale"),
        ("Rome lent Tunis a boat,lent,delivery,Paris,Tunis,,,,,,loan", "'Paris' does not stand in document loan"),
        ("Rome lent Tunis a boat,lent,gift,Rome,Tunis,,,,,,loan", "no such kind: gift"),
        ("Rome lent Tunis a boat,,delivery,Rome,Tunis,,,,,,loan", "the trigger, once"),
        (",lent,delivery,Rome,Tunis,,,,,,loan", "quotes nothing"),
        ("Oslo lent Tunis two boats,lent Tunis,delivery,Oslo,Tunis,,,,,,", "says the same as row 3"),
    ],
)
def test_one_wrong_row_and_nothing_is_stored(desk: Fta, row: str, problem: str) -> None:
    refused = desk("decide", "claims", table(f"{ROWS}3,{row}\n"))
    assert refused.exit_code == 2 and refused.stdout == ""
    assert "fta: table.csv, row 4: " in refused.stderr and problem in refused.stderr
    assert "nothing of it was stored" in refused.stderr and decisions(desk) == []


def test_what_the_program_reads_is_accepted_and_what_was_rejected_is_refused(desk: Fta) -> None:
    row = f'1,"{LOAN}",lent@26,delivery,Rome,Tunis@31,boat=/boat,,,,,loan\n'
    [read] = json.loads(desk("claims", "--json").stdout)
    done = desk("decide", "claims", table(row))
    assert done.exit_code == 0 and f"accept claim {read['id']}, by Ann" in done.stdout, done.output
    assert "0 claims added, 1 there already" in desk("decide", "claims", table(row)).stdout
    assert desk("decide", "reject", read["id"]).exit_code == 0
    refused = desk("decide", "claims", table(row))
    assert refused.exit_code == 2 and f"was rejected; `fta decide accept {read['id']}`" in refused.stderr


def test_columns_of_other_names_and_semicolons(desk: Fta) -> None:
    head = "What it says;Verb;Status;Recipient\n"
    named = ("--column", "evidence=What it says", "--column", "trigger=Verb", "--column", "kind=Status")
    done = desk("decide", "claims", table('Rome sold 12 howitzers;sold;supply;"Cairo"\n', head), *named)
    assert "1 claim added." in done.stdout, done.output
    missing = desk("decide", "claims", table("x;y;z;v\n", head))
    assert missing.exit_code == 2 and "--column evidence=NAME" in missing.stderr
    wrong = desk("decide", "claims", table("x;y;z;v\n", head), "--column", "evidence=Nothing")
    assert "has no column 'Nothing'" in wrong.stderr
    assert "write it as evidence=Quotation" in desk("decide", "claims", "table.csv", "--column", "weather=x").stderr
    wide = desk("decide", "claims", table("x;y;z;v;w\n", head), *named)
    assert "table.csv, row 2: has 5 cells, and there are 4 columns" in wide.stderr
    open_end = desk("decide", "claims", table('"x;y;z\n', head), *named)
    assert "quotation mark that is not closed" in open_end.stderr


def test_a_table_given_to_import_is_told_where_it_belongs(desk: Fta) -> None:
    assert "`fta decide claims`" in desk("import", table(ROWS)).stderr
    assert "cannot be read" in desk("decide", "claims", "away.csv").stderr
