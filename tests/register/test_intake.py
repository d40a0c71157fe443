"""The journal, on both databases: it holds what was stored and nothing else, and cannot be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from followthearms.model import Document
from followthearms.model.fates import Fate
from followthearms.register import Added, Register, Run
from followthearms.register.database import open_engine
from followthearms.register.intake import Entry, Manner
from followthearms.register.tables.intake import metadata
from tests.register.databases import ask, dump, run

RUN = Run(version="1.0", ruleset="abc", parser="sm", started=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
MANNER = Manner(RUN, "{}")
GOOD = Document(id="good", text="India ordered rifles.")


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    with Register.open(register_url) as opened:
        yield opened


def entry(address: str, fate: Fate = Fate.READ, **fields: str) -> Entry:
    return Entry(address=address, raw_hash=f"hash of {address}", fate=fate, **fields)


def test_the_tables_are_those_of_the_newest_migration(register_url: str) -> None:
    names = set(metadata.tables)
    engine = open_engine(register_url, create=False)
    with engine.connect() as connection:
        keep = {"include_object": lambda _object, name, kind, *_: kind != "table" or name in names}
        assert compare_metadata(MigrationContext.configure(connection, opts=keep), metadata) == []
    engine.dispose()


@pytest.mark.parametrize("table", ["intakes", "inputs"])
def test_nothing_can_be_changed_or_taken_away(register: Register, register_url: str, table: str) -> None:
    intake = register.intake.begin(MANNER, ["page.html"])
    register.intake.take(intake, RUN, [(entry("page.html", Fate.DROPPED), None)])
    before = ask(register_url, f"SELECT * FROM {table}")  # noqa: S608
    assert len(before) == 1
    column = "address" if table == "inputs" else "how"
    for attempt in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = 'x'"):  # noqa: S608
        with pytest.raises(DBAPIError, match="append-only"):
            run(register_url, attempt)
    assert ask(register_url, f"SELECT * FROM {table}") == before  # noqa: S608


def test_documents_and_entries_are_stored_together_or_not_at_all(register: Register) -> None:
    intake = register.intake.begin(MANNER, ["a"])
    stranger = entry("b", document="no such document")  # a row that the database refuses, after the document
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        register.intake.take(intake, RUN, [(entry("a", document="good"), GOOD), (stranger, None)])
    assert register.documents() == ()
    assert register.intake.known(MANNER, {"hash of a"}) == {}
    assert register.intake.take(intake, RUN, [(entry("a", document="good"), GOOD)])[0][1] is Added.NEW
    assert [document.id for document in register.documents()] == ["good"]
    assert register.intake.known(MANNER, {"hash of a"}) == {("a", "hash of a"): (entry("a", document="good"),)}


def test_a_document_that_is_refused_leaves_nothing_and_stops_no_other(register: Register) -> None:
    intake = register.intake.begin(MANNER, ["a", "b", "c"])
    other = Document(id="good", text="Another text under the same id.")
    odd = Document(id="odd", text="Half a pair: \ud800")
    stored = register.intake.take(
        intake, RUN, [(entry(name, document=d.id), d) for name, d in (("a", GOOD), ("b", other), ("c", odd))]
    )
    assert [(one.fate, added) for one, added in stored] == [
        (Fate.READ, Added.NEW),
        (Fate.UNREADABLE, None),
        (Fate.UNREADABLE, None),
    ]
    assert "another text" in (stored[1][0].reason or "")
    assert "surrogate" in (stored[2][0].reason or "")
    assert [document.id for document in register.documents()] == ["good"]


def test_what_was_read_in_another_manner_is_not_known(register: Register) -> None:
    intake = register.intake.begin(MANNER, ["a"])
    register.intake.take(intake, RUN, [(entry("a", document="good"), GOOD)])
    newer = Manner(RUN.model_copy(update={"version": "2.0"}), "{}")
    for other in (newer, Manner(RUN, '{"screens": true}')):
        assert register.intake.known(other, {"hash of a"}) == {}
    assert register.intake.known(MANNER, {"hash of b"}) == {}


def test_the_newest_of_several_readings_counts(register: Register) -> None:
    first = register.intake.begin(MANNER, ["a"])
    failed = entry("a", Fate.QUARANTINED, reason="took longer than 3 seconds")
    register.intake.take(first, RUN, [(failed, None), (entry("b", Fate.UNREADABLE, reason="is empty"), None)])
    assert [one for _, one in register.intake.failures()] == [failed, entry("b", Fate.UNREADABLE, reason="is empty")]
    assert register.intake.reasons() == {
        (Fate.QUARANTINED, "took longer than 3 seconds"): 1,
        (Fate.UNREADABLE, "is empty"): 1,
    }
    second = register.intake.begin(MANNER, ["a"])
    register.intake.take(second, RUN, [(entry("a", document="good"), GOOD)])
    assert [one.address for _, one in register.intake.failures()] == ["b"]
    assert register.intake.known(MANNER, {"hash of a"})["a", "hash of a"] == (entry("a", document="good"),)


def test_failures_come_in_pages(register: Register) -> None:
    intake = register.intake.begin(MANNER, ["folder"])
    entries = [entry(f"{n}.txt", Fate.UNREADABLE, reason="is empty") for n in range(5)]
    register.intake.take(intake, RUN, [(one, None) for one in entries])
    first = register.intake.failures(limit=2)
    rest = register.intake.failures(after=first[-1][0])
    assert [one for _, one in (*first, *rest)] == entries


def test_runs_tell_what_was_given_and_what_became_of_it(register: Register) -> None:
    for paths in (["old/"], ["new/", "page.html"]):
        intake = register.intake.begin(Manner(RUN, '{"screens": true}'), paths)
        register.intake.take(intake, RUN, [(entry(path, Fate.DROPPED, reason="no word"), None) for path in paths])
    newest, oldest = register.intake.runs()
    assert (newest.paths, newest.fates, newest.version) == (("new/", "page.html"), {Fate.DROPPED: 2}, "1.0")
    assert (oldest.paths, oldest.how) == (("old/",), {"screens": True})


def test_the_journal_is_no_part_of_the_log(register: Register, register_url: str) -> None:
    register.intake.take(register.intake.begin(MANNER, ["secret.txt"]), RUN, [(entry("secret.txt"), None)])
    assert not any("secret" in line for line in register.log.lines())
    assert not {"intakes", "inputs"} & dump(register_url).keys()
    with register.as_of(dt.date.max) as then:
        assert then.intake.runs() == ()
