"""`fta watch` as a process: ended, killed and begun again, and its options."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import feedparser
import pytest

from tests.warm.command import warm_fta

SENTENCE = "Norway said on Monday that it delivered {} howitzers to {}."
STATES = (
    "Latvia Estonia Lithuania Poland Finland Sweden Denmark Iceland Ireland Belgium Spain Portugal Italy Greece".split()
)
WATCH = ["watch", "inbox", "--voice", "frame", "--json", "news.jsonl"]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def fill(inbox: Path, number: int) -> None:
    for n in range(number):
        (inbox / f"{n:02}.txt").write_text(SENTENCE.format(n + 2, STATES[n % len(STATES)]))


def read(file: Path) -> int:
    """How many inputs the journal of a register holds."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM inputs").fetchone()[0])


def waited(file: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until there is something in a file."""
    for _ in range(1_200):
        if file.exists() and file.stat().st_size:
            return
        assert process.poll() is None, "it ended"
        time.sleep(0.05)
    raise AssertionError(f"nothing in {file}")


def test_once(fta, inbox: Path, tmp_path: Path) -> None:
    fill(inbox, 1)
    how = ("--once", "--voice", "frame", "--atom", "news.atom", "--json", "news.jsonl", "--site", "https://r.example")
    first = fta("watch", inbox, *how)
    assert first.exit_code == 0 and first.stdout.endswith("  new: Norway → Latvia: howitzer\n"), first.output
    (entry,) = feedparser.parse((tmp_path / "news.atom").read_bytes()).entries
    (line,) = (tmp_path / "news.jsonl").read_text().splitlines()
    assert json.loads(line)["id"] == entry.id
    (deal,) = json.loads(fta("deals", "--json").stdout)
    assert entry.link == f"https://r.example/deals/{deal['id']}"
    (inbox / "empty.txt").write_text("")
    second = fta("watch", inbox, *how)
    assert second.exit_code == 1 and second.stdout.endswith(f"  not read: {inbox}/empty.txt: is empty\n")
    third = fta("watch", inbox, *how)
    assert third.exit_code == 0 and third.output == ""
    assert (tmp_path / "register.db.watch").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["gone"], "gone: cannot be watched"),
        (["inbox", "--every", "15"], "is no time"),
        (["inbox", "--every", "30s"], "is less than a minute"),
        (["inbox", "--atom", "gone/news.atom"], "lies in no folder"),
        (["inbox", "--json", "gone/news.jsonl"], "lies in no folder"),
        (["inbox", "--mail-to", "ann@desk.example"], "FTA_SMTP_URL"),
        (["inbox", "--state", "inbox"], "cannot be used as the state of a watch"),
    ],
)
def test_what_it_refuses(fta, inbox: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], problem: str) -> None:
    monkeypatch.delenv("FTA_SMTP_URL", raising=False)
    refused = fta("watch", *arguments, "--once")
    assert refused.exit_code == 2 and problem in refused.stderr


@pytest.mark.skipif(os.name != "posix", reason="ends it by a signal that POSIX systems have")
def test_it_goes_on_until_it_is_asked_to_end(inbox: Path, tmp_path: Path) -> None:
    fill(inbox, 1)
    watch = subprocess.Popen([warm_fta(), *WATCH], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    waited(tmp_path / "news.jsonl", watch)
    watch.send_signal(signal.SIGTERM)
    out, err = watch.communicate(timeout=60)
    assert (watch.returncode, err) == (0, b"")
    assert out.decode().endswith("  new: Norway → Latvia: howitzer\n")


@pytest.mark.skipif(os.name != "posix", reason="kills by signals, which POSIX systems have")
def test_killed_as_it_reads_it_tells_each_deal_once(fta, inbox: Path, tmp_path: Path) -> None:
    lines = tmp_path / "news.jsonl"
    fill(inbox, 1)
    subprocess.run(
        [warm_fta(), *WATCH, "--once"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL
    )  # begins from nothing
    fill(inbox, len(STATES) * 4)
    command = [sys.executable, "-m", "followthearms", *WATCH]  # the very process that is killed
    watch = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    while read(tmp_path / "register.db") == 1 and watch.poll() is None:
        time.sleep(0.01)
    assert watch.poll() is None and len(lines.read_text().splitlines()) == 1, "it was to be killed as it read"
    watch.kill()
    watch.wait()
    subprocess.run([warm_fta(), *WATCH, "--once"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    told = [json.loads(line) for line in lines.read_text().splitlines()]
    new = [one["about"]["deal"]["id"] for one in told if one["matter"] == "new"]
    assert len(set(new)) == len(new) > 1 and len({one["id"] for one in told}) == len(told)
    gone = {one["about"]["deal"]["id"] for one in told if one["matter"] == "gone"}
    renamed = {name for one in told for name in one["about"].get("out_of", ())}
    known = {one["about"]["deal"]["id"] for one in told} - gone - renamed
    assert known == {deal["id"] for deal in json.loads(fta("deals", "--json").stdout)}
