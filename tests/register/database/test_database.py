"""Both databases: the schema, what cannot be changed, damage and what is refused at opening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, Text, insert, text
from sqlalchemy.exc import DBAPIError

from followthearms.errors import RegisterError
from followthearms.register import Added, Register, Run
from followthearms.register.database import WRITE, memory_engine, open_engine, revisions
from followthearms.register.tables import intake, metadata, people, runs
from tests.link.drafts import draft, said
from tests.register.conftest import CopyOf
from tests.register.databases import ask, drop_guards, make_foreign, run

RUN = Run(version="1.0", ruleset="abc", parser="sm", started=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
NEWER = RUN.model_copy(update={"version": "2.0"})


def row(table: Table) -> str:
    """An insert of a row that fits, where the document "d" and row 1 of each numbered table exist."""
    texts = {column: "d" if column.foreign_keys and "document" in column.name else "x" for column in table.columns}
    values = (f"'{texts[column]}'" if isinstance(column.type, Text) else "1" for column in table.columns)
    return f"INSERT INTO {table} VALUES ({', '.join(values)})"  # noqa: S608


FILLED_BY_ADDING = {"documents", "runs", "readings", "claims"}
FILLED = [row(table) for table in metadata.sorted_tables if table.name not in FILLED_BY_ADDING]


KEPT = [metadata, people.metadata, intake.metadata]
"""What migrations make: all but what follows from the log."""


def told(url: str) -> None:
    """Tell a register of one document with one claim."""
    claim = said("agreement", "ordered", recipient="India/IN", equipment="rifles//rifle")
    with Register.open(url) as register:
        register.add(draft("d", "India ordered rifles.", claim), RUN)


@pytest.fixture
def url(copy_of: CopyOf) -> str:
    """A register that holds one document with one claim."""
    return copy_of(told)


def test_an_empty_database_is_taken_to_the_newest_revision(empty_url: str) -> None:
    engine = open_engine(empty_url, create=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_kept})
        assert context.get_current_revision() == revisions()[-1]
        assert compare_metadata(context, KEPT) == []
    engine.dispose()


def _is_kept(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return kind != "table" or any(name in one.tables for one in KEPT)


def test_texts_sort_by_code_points(register_url: str) -> None:
    names = ["Zebra", "apple", "Éclair", "a-b", "ab", "\U0001f680", "\ufb01", "_"]
    with Register.open(register_url) as register:
        for name in names:
            register.add(draft(name, "Nothing."), RUN)
    assert [name for (name,) in ask(register_url, "SELECT id FROM documents ORDER BY id")] == sorted(names)


ATTEMPTS = {
    "update": ["UPDATE {0} SET {1} = {1}"],
    "delete": ["DELETE FROM {0}"],
    "sqlite": ["INSERT OR REPLACE INTO {0} SELECT * FROM {0}", "INSERT OR IGNORE INTO {0} SELECT * FROM {0}"],
    "postgresql": [
        "INSERT INTO {0} SELECT * FROM {0}",
        "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT DO NOTHING",
        "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT ({2}) DO UPDATE SET {1} = EXCLUDED.{1}",
        "TRUNCATE {0} CASCADE",
    ],
}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_nothing_can_be_changed_or_taken_away(url: str, database: str, table: Table) -> None:
    run(url, *FILLED)
    before = ask(url, f"SELECT * FROM {table}")  # noqa: S608
    assert before
    column, keys = list(table.columns)[-1].name, ", ".join(table.primary_key.columns.keys())
    for attempt in (*ATTEMPTS["update"], *ATTEMPTS["delete"], *ATTEMPTS[database]):
        with pytest.raises(DBAPIError, match="append-only"):
            run(url, attempt.format(table, f'"{column}"', keys))
    assert ask(url, f"SELECT * FROM {table}") == before  # noqa: S608


def test_a_decision_cannot_be_replaced_by_one_with_its_id(url: str, database: str) -> None:
    run(url, *FILLED)
    replace = "INSERT OR REPLACE" if database == "sqlite" else "INSERT"
    again = row(metadata.tables["decisions"]).replace("INSERT", replace, 1).replace("(1,", "(2,")
    with pytest.raises(DBAPIError, match="append-only"):
        run(url, again)


def test_a_claim_needs_its_reading(url: str) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        run(url, "INSERT INTO readings (document, run, content, metadata, added) VALUES ('none', 'none', '', '{}', '')")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE documents SET text = 'China ordered rifles.'", "damaged"),
        ("UPDATE documents SET text = text || ' Not so.'", "text was changed"),
        ("""UPDATE claims SET body = replace(body, '"India"', '"China"')""", "damaged"),
        ("UPDATE claims SET body = 'no json'", "damaged"),
    ],
)
def test_a_register_that_was_tampered_with_is_noticed(url: str, change: str, problem: str) -> None:
    drop_guards(url, "update")
    assert run(url, change) == [1]
    with Register.open(url) as register, pytest.raises(RegisterError, match=f"document d: .*{problem}.*restore it"):
        register.documents()


def test_there_must_be_a_register_if_none_is_to_be_made(empty_url: str) -> None:
    for _ in range(2):  # nothing was made by looking
        with pytest.raises(RegisterError, match=r"new1(\.db)?: there is no register.*fta add"):
            Register.open(empty_url, create=False)


def test_a_database_of_another_program(new_url: Callable[[], str]) -> None:
    url = new_url()
    make_foreign(url, "CREATE TABLE claims (id INTEGER)", "CREATE TABLE alembic_version (version_num TEXT)")
    for create in (True, False):
        with pytest.raises(RegisterError, match=r"new1(\.db)?: is a database, but no register"):
            Register.open(url, create=create)


def test_a_register_of_a_newer_version(url: str) -> None:
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RegisterError, match=r"newer version \(schema 9999\).*pip install"):
        Register.open(url)


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("sqlite://", "only a file"),
        ("mysql://ada:secret@host/arms", "only SQLite and PostgreSQL"),
        ("nonsense://x/y", "only SQLite and PostgreSQL"),
        ("://ada:secret@ ://", "no database URL"),
        ("postgresql://ada:secret@host:many/arms", "no database URL"),
        ("postgresql://ada:secret@host", "names no database"),
        ("postgresql://ada:secret@host/arms?password=secret", "unknown option password"),
        ("postgresql://ada:secret@host/arms?sslmode=maybe", "unknown sslmode.*verify-full"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(where: str, problem: str) -> None:
    with pytest.raises(RegisterError, match=problem) as told:
        Register.open(where)
    assert "secret" not in str(told.value)


def test_a_database_that_fails_is_told_by_its_name(url: str) -> None:
    with Register.open(url) as register:
        run(url, "ALTER TABLE claims RENAME TO gone")
        with pytest.raises(RegisterError, match=r"register(\.db)?: .*claims"):
            register.add(draft("e", "India ordered.", said("agreement", "ordered", recipient="India/IN")), RUN)
        assert register.counts().documents == 1


def test_a_reader_sees_one_state_throughout(url: str) -> None:
    engine = open_engine(url, create=False)
    count = text("SELECT count(*) FROM documents")
    with engine.connect() as reader:
        assert reader.execute(count).scalar() == 1
        with Register.open(url) as register:
            register.add(draft("e", "Nothing."), RUN)
        assert reader.execute(count).scalar() == 1
        reader.rollback()
        assert reader.execute(count).scalar() == 2
    engine.dispose()


def test_a_writer_that_waits_sees_what_it_waited_for(url: str) -> None:
    engine = open_engine(url, create=False)
    with (
        Register.open(url) as register,
        ThreadPoolExecutor(1) as elsewhere,
        engine.connect().execution_options(**WRITE) as writer,
    ):
        writer.execute(insert(runs).values(id=NEWER.id, **NEWER.model_dump(mode="json")))
        waiting = elsewhere.submit(register.add, draft("e", "Nothing."), NEWER)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        writer.commit()
        assert waiting.result(timeout=30) is Added.NEW
    engine.dispose()


def test_a_register_in_memory_has_the_same_tables() -> None:
    engine = memory_engine()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), KEPT) == []
    engine.dispose()
