from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from followthearms.errors import RegisterError
from followthearms.register import Register, Run
from followthearms.register.database import open_engine, scripts
from followthearms.register.database.sqlite import APPLICATION_ID
from followthearms.register.tables import metadata
from tests.link.drafts import draft, said

RUN = Run(version="1.0", ruleset="abc", parser="sm", started=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
TABLES = ("documents", "runs", "readings", "claims", "slots")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A register that holds one document with one claim."""
    path = tmp_path / "register.db"
    text = "India ordered rifles."
    with Register.open(path) as register:
        register.add(
            draft("d", text, said("agreement", "ordered", recipient="India/IN", equipment="rifles//rifle")), RUN
        )
    return path


def test_an_empty_file_is_taken_to_the_newest_revision(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    engine = open_engine(tmp_path / "empty.db", create=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == scripts().get_current_head() == "0002"
        assert compare_metadata(context, metadata) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
    engine.dispose()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET rowid = rowid + 100",
        "DELETE FROM {}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
        "INSERT OR IGNORE INTO {0} SELECT * FROM {0}",
    ],
)
def test_nothing_can_be_changed_or_taken_away(file: Path, table: str, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement.format(table))


def test_a_claim_needs_its_reading(file: Path) -> None:
    engine = open_engine(file, create=False)
    with engine.connect() as connection, pytest.raises(Exception, match="FOREIGN KEY"):
        connection.exec_driver_sql(
            "INSERT INTO readings (document, run, content, metadata, added) VALUES ('none', 'none', '', '{}', '')"
        )
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE documents SET text = 'China ordered rifles.'", "damaged"),
        ("UPDATE documents SET text = text || ' Not so.'", "text was changed"),
        ("""UPDATE claims SET body = replace(body, '"India"', '"China"')""", "damaged"),
        ("UPDATE claims SET body = 'no json'", "damaged"),
    ],
)
def test_a_file_that_was_tampered_with_is_noticed(file: Path, change: str, problem: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for table in TABLES:
            connection.execute(f"DROP TRIGGER {table}_no_update")
        assert connection.execute(change).rowcount == 1
        connection.commit()
    with Register.open(file) as register, pytest.raises(RegisterError, match=f"document d: .*{problem}.*restore it"):
        register.documents()


def test_there_must_be_a_register_if_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"none\.db: there is no register.*fta add"):
        Register.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("A list of things to do. " * 99)
    before = path.read_bytes()
    with pytest.raises(RegisterError, match=r"notes\.txt: cannot be opened as a register .*not a database.*another"):
        Register.open(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE claims (id)")
    before = path.read_bytes()
    with pytest.raises(RegisterError, match=r"other\.db: is a database, but no register"):
        Register.open(path)
    assert path.read_bytes() == before


def test_a_register_of_a_newer_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(RegisterError, match=r"newer version \(schema 9999\).*pip install"):
        Register.open(file)


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("postgresql://localhost/arms", "only SQLite"),
        ("sqlite://", "only SQLite"),
        ("nonsense://x/y", "only SQLite"),
        (":// ://", "no database URL"),
    ],
)
def test_other_addresses_are_refused(where: str, problem: str) -> None:
    with pytest.raises(RegisterError, match=problem):
        Register.open(where)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"is a folder; name a file, such as .*register\.db"):
        Register.open(tmp_path)
    with pytest.raises(RegisterError, match="its folder does not exist"):
        Register.open(tmp_path / "none" / "register.db")


def test_an_url_names_the_same_file_as_its_path(file: Path) -> None:
    with Register.open(f"sqlite:///{file}", create=False) as register:
        assert register.counts().documents == 1


def test_a_database_that_fails_is_told_by_its_file(file: Path) -> None:
    with Register.open(file) as register:
        with closing(sqlite3.connect(file)) as other:
            other.execute("DROP TABLE slots")
        with pytest.raises(RegisterError, match=r"register\.db: no such table: slots"):
            register.add(draft("e", "India ordered.", said("agreement", "ordered", recipient="India/IN")), RUN)
        assert register.counts().documents == 1
