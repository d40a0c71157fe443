"""Adding with a journal: killed and begun again, a run leaves the register that it would have left undisturbed."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scale.kills import ADD, begin_and_kill, state, stored
from followthearms.engine import Plan, add
from followthearms.engine.inputs import CHUNK_INPUTS
from followthearms.engine.stages import Screening
from followthearms.model import Voice
from followthearms.model.fates import Fate
from followthearms.register import Added, Register, folding

PLAN = Plan(voices=frozenset({Voice.FRAME}), screens=Screening.ALL)
SENTENCE = "Norway said on Monday that it delivered {} howitzers to Ukraine."
KILLS = 2


def written(folder: Path, texts: int, empty: int, lines: int) -> Path:
    """A folder of inputs: so many texts, of which one in three holds no claim, empty ones, and lines of a table."""
    folder.mkdir()
    for n in range(texts):
        (folder / f"{n:03}.txt").write_text(SENTENCE.format(n + 2) if n % 3 else f"It rained for {n} days.")
    for n in range(empty):
        (folder / f"b{n:02}.txt").write_text("")
    rows = "\n".join(f'"{SENTENCE.format(1000 + n)}",Harbour Gazette' for n in range(lines))
    (folder / "table.csv").write_text(f"text,outlet\n{rows}\n")
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of 40 inputs, which are three chunks."""
    return written(tmp_path / "articles", 24, 4, 12)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "alone.db") as opened:
        yield opened


@pytest.mark.skipif(os.name != "posix", reason="kills by signals, which POSIX systems have")
def test_killed_again_and_again_it_ends_as_if_left_alone(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "articles", 100, 20, 40)
    list(add(register, ["articles"], PLAN))
    file, dice = tmp_path / "killed.db", random.Random(6)
    command = [*ADD, "articles", "--screen", "--voice", "frame", "--register", str(file)]
    for kill in range(KILLS):
        jobs = ["--jobs", "2"] if kill % 2 else []
        after = stored(file) + dice.randrange(2 * CHUNK_INPUTS)
        assert begin_and_kill([*command, *jobs], file, after, dice), "it ended before it was killed; give it more"
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1, "20 texts are empty"
    with Register.open(file) as killed:
        assert state(killed) == state(register)
        assert len(killed.intake.runs()) == KILLS + 1


def test_what_is_in_is_not_read_again(articles: Path, register: Register) -> None:
    first = list(add(register, [articles], PLAN))
    assert Counter(one.added for one in first) == {Added.NEW: 28, None: 12}
    assert Counter(one.entry.fate for one in first) == {Fate.READ: 28, Fate.DROPPED: 8, Fate.UNREADABLE: 4}
    before = state(register)
    second = list(add(register, [articles], PLAN))
    assert not any(one.is_new for one in second)
    assert [one.entry for one in second] == [one.entry for one in first]
    assert [str(one.problem) for one in second] == [str(one.problem) for one in first]
    assert Counter(one.added for one in second) == {Added.UNCHANGED: 28, None: 12}
    assert state(register) == before


def test_what_could_not_be_read_is_tried_again_if_asked(articles: Path, register: Register) -> None:
    list(add(register, [articles], PLAN))
    again = list(add(register, [articles], PLAN, again=True))
    assert {one.entry.fate for one in again if one.is_new} == {Fate.UNREADABLE}
    assert sum(one.is_new for one in again) == 4


def test_a_file_that_was_mended_is_read(articles: Path, register: Register) -> None:
    list(add(register, [articles], PLAN))
    assert len(register.intake.failures()) == 4
    (articles / "b00.txt").write_text(SENTENCE.format(5000))
    [changed] = [one for one in add(register, [articles], PLAN) if one.is_new]
    assert (changed.added, changed.entry.fate) == (Added.NEW, Fate.READ)
    assert len(register.intake.failures()) == 3


def test_another_manner_reads_anew(articles: Path, register: Register) -> None:
    list(add(register, [articles], PLAN))
    unscreened = Plan(voices=PLAN.voices)
    found = Counter((one.added, one.is_new) for one in add(register, [articles], unscreened))
    assert found == {(Added.UNCHANGED, True): 28, (Added.NEW, True): 8, (None, True): 4}


def test_a_text_on_which_storing_fails_is_given_up_and_no_other(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = folding.update

    def fails_on_one(connection: Any, names: Any, now: str) -> None:
        if any(name == "bad" for name in names):
            raise ZeroDivisionError("too odd")
        really(connection, names, now)

    monkeypatch.setattr(folding, "update", fails_on_one)
    lines = [json.dumps({"id": name, "text": SENTENCE.format(n)}) for n, name in enumerate(("good", "bad", "after"), 2)]
    (tmp_path / "three.jsonl").write_text("\n".join(lines))
    good, bad, after = add(register, [tmp_path / "three.jsonl"], PLAN)
    assert (good.added, bad.added, after.added) == (Added.NEW, None, Added.NEW)
    assert "the program failed on storing it (ZeroDivisionError: too odd)" in str(bad.problem)
    assert bad.entry.fate is Fate.QUARANTINED
    assert [document.id for document in register.documents()] == ["after", "good"]
