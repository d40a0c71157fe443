"""`fta read`: files of all sorts, good and bad, and nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followthearms.model.format import load_line

SENTENCE = "Norway delivered 22 howitzers to Ukraine last month, officials said."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(SENTENCE)
    return file


def test_a_table(fta, article: Path) -> None:
    result = fta("read", article, "--date", "2022-06-08")
    assert result.exit_code == 0
    flat = " ".join(result.stdout.split())
    for words in ("8 June 2022", "delivery", "Norway → Ukraine", "22 howitzers", "May 2022"):
        assert words in flat
    assert [file.name for file in article.parent.iterdir()] == ["article.txt"]


def test_lines_keep_ids_and_texts(fta, tmp_path: Path) -> None:
    came = [
        {"id": "a/1", "text": SENTENCE, "note": "mine"},
        {"id": "b", "text": f"  {SENTENCE}\r\n\u00a0End \ud800", "claims": []},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, came)))
    result = fta("read", "in.jsonl", "-f", "jsonl")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["id"], line["text"]) for line in lines] == [(c["id"], c["text"]) for c in came]
    assert lines[0]["note"] == "mine"
    assert all(line["claims"] for line in lines)
    assert [load_line(line, "out").id for line in result.stdout.splitlines()] == ["a/1", "b"]


def test_a_page(fta, article: Path) -> None:
    result = fta("read", article, "-f", "html")
    assert result.stdout.startswith("<!doctype html>")
    assert "howitzers" in result.stdout


def test_standard_input(fta) -> None:
    result = fta("read", "-", "-f", "jsonl", stdin=SENTENCE)
    assert json.loads(result.stdout)["text"] == SENTENCE


def test_bad_input_is_named_and_the_rest_is_read(fta, article: Path, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/binary.txt").write_bytes(b"\x7fELF\x00\x00\x01")
    (tmp_path / "bad/empty.txt").write_text("")
    (tmp_path / "bad/latin.txt").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "bad/page.html").write_text("<html><body></body></html>")
    good = json.dumps({"id": "good", "text": SENTENCE})
    wrong = json.dumps(
        {"text": "abc", "claims": [{"kind": "supply", "evidence": {"start": 0, "end": 9}, "trigger": {}}]}
    )
    (tmp_path / "bad/lines.jsonl").write_text(f"{good}\nno json\n{wrong}\n")
    result = fta("read", "bad", "absent.txt", article, "-f", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [SENTENCE, SENTENCE]
    complaints = result.stderr.splitlines()
    assert all(line.startswith("fta: ") for line in complaints)
    named = (
        "binary.txt",
        "empty.txt",
        "latin.txt",
        "lines.jsonl, line 2",
        "lines.jsonl, line 3",
        "page.html",
        "absent",
    )
    assert len(complaints) == len(named)
    for line, name in zip(complaints, named, strict=True):
        assert name in line


def test_a_text_over_the_limit(fta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTA_MAX_BYTES", "1000")
    (tmp_path / "long.txt").write_text(SENTENCE * 20)
    result = fta("read", "long.txt")
    assert result.exit_code == 1
    assert "long.txt: is larger than" in result.stderr


def test_a_name_that_tries_to_move_the_terminal(fta, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"\x1b]0;owned\x07{SENTENCE}\x1b[2J [bold]x[/bold] :smile:")
    result = fta("read", "a.txt")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    missing = fta("read", "\x1b[2Jabsent.txt")
    assert "\x1b" not in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "a.txt", "--date", "4 March"], "write it as 2019-03-04"),
        (["read"], "PATH"),
        (["read", "a.txt", "--format", "pdf"], "pdf"),
        (["read", "a.txt", "--encoding", "klingon"], "no such encoding"),
        (["sell"], "sell"),
        (["explain", " "], "nothing to explain"),
    ],
)
def test_wrong_usage(fta, arguments: list[str], said: str) -> None:
    result = fta(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_setting_that_is_wrong(fta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTA_MAX_BYTES", "many")
    result = fta("read", "a.txt")
    assert result.exit_code == 2
    assert "FTA_MAX_BYTES" in result.stderr
