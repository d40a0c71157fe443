"""`fta add` by several processes, and `fta intake`: what was given, what became of it, and what was not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SENTENCE = "Norway delivered {} howitzers to Ukraine last month, officials said."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one text of each fate."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(SENTENCE.format(22))
    (folder / "b.txt").write_text("The ferries to the islands ran on time again, in spite of the fog.")
    (folder / "c.txt").write_text("El gobierno anunció ayer que comprará nuevos autobuses para la ciudad de Sevilla.")
    (folder / "d.txt").write_text("")
    return folder


def test_the_summary_tells_what_was_not_read_and_why(fta, news: Path) -> None:
    added = fta("add", "news")
    assert added.exit_code == 1
    first, *reasons, last = added.stdout.splitlines()
    assert first == "Documents: 2 new, 1 not read."
    assert reasons[0] == "In other languages 1: es 1."
    assert reasons[1].startswith("Passed over 1: no word for arms")
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
    assert told["runs"][0]["how"]["screens"] is True
    assert told["unread"] == [{"fate": "other language", "reason": "es", "inputs": 1}]


def test_what_was_not_read_is_listed_with_its_reason(fta, news: Path) -> None:
    fta("add", "news")
    unread = fta("intake", "--unread")
    assert unread.stdout.splitlines() == [
        "news/c.txt: is in es, which is not read",
        "news/d.txt: is empty; save it again, or leave it out",
    ]
    entries = json.loads(fta("intake", "--unread", "--limit", "1", "--json").stdout)
    assert [(entry["address"], entry["fate"], entry["reason"]) for entry in entries] == [
        ("news/c.txt", "other language", "es")
    ]


def test_no_screen_reads_all(fta, news: Path) -> None:
    assert "Documents: 3 new, 1 not read." in fta("add", "news", "--no-screen").stdout


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
