"""The log as a file: taken in by an empty register it makes the same one, and if anything is wrong, none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine

from followthearms.errors import FormatError, RegisterError
from followthearms.model.decisions import Correct, Reject, Slot, Undo
from followthearms.register.database import memory_engine, open_engine
from followthearms.register.log.entries import SCHEMA, _hash, is_log
from followthearms.register.log.logbook import Logbook
from followthearms.register.snapshots import Snapshots
from tests.register.conftest import CopyOf, make_empty
from tests.register.histories import ALL, CAME, MORE, ORDER, SEIZURE, STEPS, WITHOUT, Past, do, export, target

Make = Callable[[], Engine]


@pytest.fixture
def make(copy_of: CopyOf) -> Iterator[Make]:
    """Gives the engine of a new register at each call."""
    engines: list[Engine] = []

    def made() -> Engine:
        engines.append(open_engine(copy_of(make_empty), create=False))
        return engines[-1]

    yield made
    for engine in engines:
        engine.dispose()


def fill(past: Past) -> list[str]:
    past.read(ORDER, SEIZURE)
    Snapshots(past.session).take("first", "a note")
    past.wait(days=1)
    past.read(MORE, CAME, WITHOUT["seizure"], ruleset="newer")
    ruled = past.rule(Reject(claim=target(MORE)))
    past.rule(Correct(claim=target(CAME), slot=Slot.DISPUTED, value=True))
    past.rule(Undo(decision=ruled.id))
    Snapshots(past.session).take("second")
    return list(Logbook(past.session).lines())


def test_a_log_makes_the_same_register_which_writes_the_same_log(make: Make) -> None:
    past, copy = Past(make()), Past(make())
    lines = fill(past)
    assert Logbook(copy.session).load(lines, "a.log") == len(lines) - 2
    assert list(Logbook(copy.session).lines()) == lines
    assert export(copy.engine) == export(past.engine)
    assert Snapshots(copy.session).all() == Snapshots(past.session).all()
    copy.now = past.now
    for one in (past, copy):
        one.read(*ALL, ruleset="newest")
        Snapshots(one.session).take("third")
    assert Snapshots(copy.session).diff("first") == Snapshots(past.session).diff("first")
    assert list(Logbook(copy.session).lines()) == list(Logbook(past.session).lines())


def test_both_databases_write_the_same_log(make: Make, tmp_path) -> None:
    other = Past(open_engine(tmp_path / "other.db", create=True))
    assert fill(Past(make())) == fill(other)
    other.engine.dispose()


@settings(max_examples=6)
@given(STEPS)
def test_replaying_any_log_gives_the_same_register(steps: list[tuple[str, object]]) -> None:
    past, copy = Past(memory_engine()), Past(memory_engine())
    for what, which in steps:
        do(past, what, which)
    lines = list(Logbook(past.session).lines())
    Logbook(copy.session).load(lines, "a.log")
    assert export(copy.engine) == export(past.engine)
    assert list(Logbook(copy.session).lines()) == lines
    past.engine.dispose()
    copy.engine.dispose()


@pytest.fixture
def empty(make: Make) -> Past:
    return Past(make())


@pytest.fixture(scope="module")
def lines() -> list[str]:
    past = Past(memory_engine())
    found = fill(past)
    past.engine.dispose()
    return found


def refused(empty: Past, lines: list[str]) -> str:
    """What is said of a log of which nothing is stored."""
    with pytest.raises(FormatError) as caught:
        Logbook(empty.session).load(lines, "a.log")
    assert list(Logbook(empty.session).lines()) == list(Logbook(Past(memory_engine()).session).lines())
    return str(caught.value)


def chained(entries: list[dict[str, Any]]) -> list[str]:
    """Entries as lines whose hashes are right."""
    written, link = [], ""
    for entry in entries:
        link = _hash(entry, link)
        written.append(json.dumps({**entry, "hash": link}))
    return written


def entries(lines: list[str]) -> list[dict[str, Any]]:
    return [{name: value for name, value in json.loads(line).items() if name != "hash"} for line in lines]


def test_an_altered_line_is_refused_with_its_number(empty: Past, lines: list[str]) -> None:
    place = next(n for n, line in enumerate(lines) if '"entry": "document"' in line)
    altered = [*lines]
    altered[place] = altered[place].replace("India", "China")
    assert altered[place] != lines[place]
    said = refused(empty, altered)
    assert said.startswith(f"a.log, line {place + 1}: was altered") and "unaltered copy" in said


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (lambda lines: [*lines[:5], *lines[6:]], 6, "was altered, or a line before it is missing"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], 4, "was altered"),
        (lambda lines: lines[:-1], -1, "cut off after this line"),
        (lambda lines: lines[:1], 1, "cut off"),
        (lambda lines: [*lines, lines[-1]], 0, "after the end of the log"),
        (lambda lines: ["no json", *lines], 1, "no JSON"),
        (lambda lines: ["[]", *lines], 1, "no JSON object"),
        (lambda lines: chained(entries(lines)[1:]), 1, "is not the beginning of a log"),
        (lambda lines: chained([entries(lines)[0]] * 2), 2, "a second log begins here"),
        (lambda lines: chained([*entries(lines)[:4], entries(lines)[-1]]), 5, "entries, but there are 3"),
    ],
)
def test_a_broken_chain_is_refused(empty: Past, lines: list[str], change: Any, place: int, said: str) -> None:
    number = place if place > 0 else len(lines) + 1 if place == 0 else len(lines) - 1
    message = refused(empty, change(lines))
    assert message.startswith(f"a.log, line {number}: ") and said in message


def test_a_newer_log_is_refused_before_anything_else(empty: Past, lines: list[str]) -> None:
    head = {"entry": "log", "schema": "log/2", "hashed": "otherwise"}
    said = refused(empty, [json.dumps(head), *lines[1:]])
    assert said.startswith(f"a.log, line 1: is in log/2, which is newer than {SCHEMA}") and "pip install -U" in said
    assert "unknown schema" in refused(empty, [json.dumps(head | {"schema": "nonsense"})])


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("run", {"id": ""}, "id: String should have at least 1 character"),
        ("document", {"text": "Another text."}, "is not the one of its hash"),
        ("document", {"id": "more"}, "document more stands twice"),
        ("document", {"added": "yesterday"}, "must be a time in UTC"),
        ("document", {"colour": "red"}, "Extra inputs are not permitted"),
        ("document", {"entry": "letter"}, "does not match any of the expected tags"),
        ("reading", {"document": "none"}, "document none does not stand before this line"),
        ("reading", {"run": "none"}, "run none does not stand before this line"),
        ("reading", {"claims": []}, "is not that of its hash"),
        ("decision", {"who": "Bob"}, "is not the one that its body holds"),
        ("decision", {"body": "{}"}, "Field required"),
        ("issued", {"document": "none"}, "document none does not stand"),
        ("snapshot", {"content": "0"}, "are not those of its hash"),
        ("snapshot", {"reading": 99}, "is of more readings than there are"),
        ("deal", {"body": "{}"}, "are not those of its hash"),
        ("deal", {"snapshot": "none"}, "snapshot none does not stand"),
    ],
)
def test_a_wrong_entry_is_refused_though_its_chain_is_right(
    lines: list[str], kind: str, change: dict[str, Any], said: str
) -> None:
    found = entries(lines)
    place = next(n for n, entry in enumerate(found) if entry["entry"] == kind)
    found[place] |= change
    engine = memory_engine()
    message = refused(Past(engine), chained(found))
    engine.dispose()
    assert said in message
    assert message.startswith("a.log, line ")


def test_a_wrong_span_is_refused_though_all_its_hashes_are_right(lines: list[str]) -> None:
    import hashlib

    found = entries(lines)
    reading = next(entry for entry in found if entry["entry"] == "reading" and entry["claims"])
    reading["claims"] = [claim.replace('"India"', '"China"') for claim in reading["claims"]]
    told = json.dumps([reading["metadata"], *reading["claims"]])
    reading["content"] = hashlib.sha256(told.encode()).hexdigest()
    engine = memory_engine()
    message = refused(Past(engine), chained(found))
    engine.dispose()
    assert "the text has" in message


def test_only_an_empty_register_takes_in_a_log(make: Make, lines: list[str]) -> None:
    past = Past(make())
    past.read(ORDER)
    before = list(Logbook(past.session).lines())
    with pytest.raises(RegisterError, match=r"a\.log: a whole log can only be taken in by an empty register"):
        Logbook(past.session).load(lines, "a.log")
    assert list(Logbook(past.session).lines()) == before


def test_a_log_is_told_from_other_files(lines: list[str]) -> None:
    assert is_log(lines[0]) and is_log('{"entry": "log", "schema": "log/9"}')
    assert not any(is_log(line) for line in ("", "{", "[]", "no json", '{"text": "Oslo"}', lines[1]))
