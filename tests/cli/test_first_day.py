"""What a new user runs into: odd files, texts without claims, a stopped run, a register out of reach."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.warm.command import warm_fta

SENTENCE = "Norway delivered 22 howitzers to Ukraine."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_mark_is_told_from_a_binary(fta, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(SENTENCE.encode(encoding))
    (tmp_path / "b.txt").write_bytes(bytes(range(256)))
    refused = fta("read", "a.txt", "b.txt")
    assert refused.exit_code == 1
    first, second = refused.stderr.splitlines()
    assert first.startswith("fta: a.txt: ") and f"--encoding {encoding}" in first
    assert second.startswith("fta: b.txt: is a binary file")
    assert "Norway → Ukraine" in fta("read", "a.txt", "--encoding", encoding).stdout


def test_a_line_that_is_no_json_is_named_once(fta, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Nothing.", "claims": []}\n{"id": }\n')
    refused = fta("read", "a.jsonl", "--keep-claims")
    assert refused.exit_code == 1
    assert "a.jsonl, line 2: no JSON (Expecting value at character 7)" in refused.stderr


def test_a_document_that_brings_no_claims_is_read_even_if_claims_are_kept(fta, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        f'{{"id": "a", "text": "{SENTENCE}"}}\n{{"id": "b", "text": "{SENTENCE}", "claims": []}}\n'
    )
    told = fta("read", "a.jsonl", "--keep-claims").stdout
    assert told.count("Norway → Ukraine") == 1
    assert told.count("No claim was read") == 1


def test_a_text_that_nobody_annotated_is_no_gold(fta, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(
        f'{{"id": "a", "text": "{SENTENCE}"}}\n{{"id": "b", "text": "Nothing.", "claims": []}}\n'
    )
    result = fta("evaluate", "gold.jsonl")
    assert result.exit_code == 1
    assert "document a: is not annotated" in result.stderr
    assert "documents 1," in result.stdout


MANY = 300
"""Articles that take some seconds to read, so that the run can be stopped amid them."""


@pytest.mark.skipif(os.name != "posix", reason="interrupts are signals on POSIX systems only")
def test_a_stopped_run_keeps_what_is_stored_and_goes_on_later(fta, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for n in range(MANY):
        (articles / f"{n:03}.txt").write_text(f"Norway said on Monday that it delivered {n + 2} howitzers to Ukraine.")
    run = subprocess.Popen(
        [warm_fta(), "add", "articles"], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    until = time.monotonic() + 60
    while stored(tmp_path / "register.db") < 1 and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    kept = stored(tmp_path / "register.db")
    assert run.returncode == 130
    assert 0 < kept < MANY
    assert "fta: stopped; " in said and "Traceback" not in said
    for file in sorted(articles.iterdir())[kept + 5 :]:
        file.unlink()
    assert fta("add", "articles").stdout.startswith(f"Documents: 5 new, {kept} unchanged.")


def stored(register: Path) -> int:
    """How many documents are in a register that is perhaps not there yet."""
    if not register.exists():
        return 0
    connection = sqlite3.connect(register)
    try:
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:  # its tables are being made
        return 0
    finally:
        connection.close()


@pytest.mark.skipif(os.access("/", os.W_OK), reason="nothing is read-only for the superuser")
def test_a_register_that_cannot_be_written_is_read_and_says_so(fta, tmp_path: Path) -> None:
    fta("add", "-", stdin=SENTENCE)
    before = fta("deals")
    (tmp_path / "register.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        told, refused = fta("deals"), fta("add", "-", stdin=f"{SENTENCE} It said so.")
    finally:
        tmp_path.chmod(0o755)
    assert told.stdout == before.stdout and told.exit_code == 0
    assert refused.exit_code == 2
    assert "must be writable" in refused.stderr
