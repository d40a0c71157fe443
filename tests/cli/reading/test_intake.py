"""`fta add` by several processes, and `fta intake`: what was given, what became of it, and what was not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.cli.reading.telling import SHOWN_INPUTS

SENTENCE = "Norway delivered {} howitzers to Ukraine last month, officials said."
FERRIES = "The ferries to the islands ran on time again in spite of the fog."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one text of each fate."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE.format(22))
    (folder / "b.jsonl").write_text(json.dumps({"id": "b", "title": "Fog at sea", "text": FERRIES}))
    (folder / "c.txt").write_text("El gobierno anunció ayer que comprará nuevos autobuses para la ciudad de Sevilla.")
    (folder / "d.txt").write_text("")
    return folder


def test_the_summary_tells_what_was_not_read_and_why(fta, news: Path) -> None:
    added = fta("add", "news")
    assert added.exit_code == 1
    *told, last = added.stdout.splitlines()
    assert told == [
        "Documents: 2 new, 1 not read.",
        "In other languages 1: es 1.",
        "Passed over 1: no word for arms 1.",
        "  document b (Fog at sea): no word for arms; --no-screen reads it",
    ]
    assert last.startswith("The register holds 2 documents, 1 claims")
    assert added.stderr == "fta: news/d.txt: is empty; save it again, or leave it out\n"


def test_what_was_given_is_listed(fta, news: Path) -> None:
    fta("add", "news")
    (news / "d.txt").write_text(SENTENCE.format(5))
    fta("add", "news")
    shown = fta("intake").stdout
    assert shown.count("news") == 2
    told = json.loads(fta("intake", "--json").stdout)
    assert [run["fates"] for run in told["runs"]] == [
        {"read": 1},
        {"read": 1, "other language": 1, "dropped": 1, "unreadable": 1},
    ]
    assert told["runs"][0]["how"]["screens"] == "many"
    assert told["unread"] == [{"fate": "other language", "reason": "es", "inputs": 1}]
    assert told["passed_over"] == [{"fate": "dropped", "reason": "no word for arms", "inputs": 1}]
    assert "Passed over 1: no word for arms 1." in shown


def test_what_was_not_read_is_listed_with_its_reason(fta, news: Path) -> None:
    fta("add", "news")
    unread = fta("intake", "--unread")
    assert unread.stdout.splitlines() == [
        "news/c.txt: is in es, which is not read",
        "news/d.txt: is empty; save it again, or leave it out",
    ]
    assert unread.stderr == "Passed over beside these: 1; `fta intake --passed-over` lists them.\n"
    entries = json.loads(fta("intake", "--unread", "--limit", "1", "--json").stdout)
    assert [(entry["address"], entry["fate"], entry["reason"]) for entry in entries] == [
        ("news/c.txt", "other language", "es")
    ]


def test_what_was_passed_over_is_listed_by_itself_or_with_the_rest(fta, news: Path) -> None:
    fta("add", "news")
    passed = fta("intake", "--passed-over")
    assert passed.stdout == "document b (Fog at sea): no word for arms; --no-screen reads it\n"
    assert not passed.stderr
    assert len(fta("intake", "--passed-over", "--unread").stdout.splitlines()) == 3


def test_a_lot_that_was_passed_over_is_counted_and_listed_page_by_page(
    fta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("followthearms.cli.reading.intake.PAGE", 7)
    lines = (json.dumps({"id": f"{n:02}", "text": f"{FERRIES} {n}"}) for n in range(SHOWN_INPUTS + 1))
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    added = fta("add", "many.jsonl").stdout
    assert "Passed over 21: no word for arms 21.\n`fta intake --passed-over` lists them all" in added
    assert "document 00" not in added
    listed = fta("intake", "--passed-over").stdout.splitlines()
    assert [line[:11] for line in listed] == [f"document {n:02}" for n in range(SHOWN_INPUTS + 1)]
    assert fta("intake", "--passed-over", "--limit", "9").stdout.splitlines() == listed[:9]
    assert json.loads(fta("intake", "--passed-over", "--limit", "9", "--json").stdout)[8]["address"].startswith(
        "document 08"
    )


def test_what_is_screened_is_the_users_choice(fta, news: Path) -> None:
    (news / "ferries.txt").write_text(FERRIES)
    chosen, none, all_of_it = (
        fta("read", "news", "--format", "jsonl", *how) for how in ([], ["--no-screen"], ["--screen"])
    )
    assert [one.stdout.count(FERRIES) for one in (chosen, none, all_of_it)] == [1, 2, 0]
    assert "news/ferries.txt: no word for arms; --no-screen reads it" in all_of_it.stderr
    assert "Passed over" not in none.stderr


def test_an_address_moves_no_terminal(fta, tmp_path: Path) -> None:
    (tmp_path / "\x1b[2Jx.txt").write_text("")
    fta("add", "\x1b[2Jx.txt")
    assert "\x1b" not in fta("intake").stdout + fta("intake", "--unread").stdout


def test_several_processes_read_what_one_reads(fta, news: Path) -> None:
    alone = fta("read", "news", "--format", "jsonl")
    together = fta("read", "news", "--format", "jsonl", "--jobs", "2")
    assert (together.stdout, together.stderr, together.exit_code) == (alone.stdout, alone.stderr, alone.exit_code)
    assert alone.stdout.count("howitzers") >= 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--time-limit", "5"], "give their number with --jobs"),
        (["--memory", "500"], "give their number with --jobs"),
        (["--jobs", "0"], "--jobs"),
        (
            ["--jobs", "2", "--llm-model", "m", "--llm-url", "http://127.0.0.1:9/v1"],
            "a language model is asked by one process",
        ),
    ],
)
def test_options_that_do_not_go_together(fta, news: Path, options: list[str], said: str) -> None:
    refused = fta("add", "news", *options)
    assert refused.exit_code == 2
    assert said in refused.stderr
