"""What is SQLite's own: the file, its header, its folder."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from followthearms.errors import RegisterError
from followthearms.register import Register, Run
from followthearms.register.database import open_engine
from followthearms.register.database.sqlite import APPLICATION_ID
from tests.link.drafts import draft, said

RUN = Run(version="1.0", ruleset="abc", parser="sm", started=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A register that holds one document with one claim, in a folder of its own with an odd name."""
    path = tmp_path / "a%20b ?#" / "register.db"
    path.parent.mkdir()
    told = said("agreement", "ordered", recipient="India/IN", equipment="rifles//rifle")
    with Register.open(path) as register:
        register.add(draft("d", "India ordered rifles.", told), RUN)
    return path


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    engine = open_engine(tmp_path / "empty.db", create=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
    engine.dispose()


def test_a_file_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"none\.db: there is no register.*fta add"):
        Register.open(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("A list of things to do. " * 99)
    before = path.read_bytes()
    with pytest.raises(RegisterError, match=r"notes\.txt: file is not a database; name another file"):
        Register.open(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE claims (id)")
    before = path.read_bytes()
    with pytest.raises(RegisterError, match="no register"):
        Register.open(path)
    assert path.read_bytes() == before


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"is a folder; name a file, such as .*register\.db"):
        Register.open(tmp_path)
    with pytest.raises(RegisterError, match="its folder does not exist"):
        Register.open(tmp_path / "none" / "register.db")


def test_an_url_names_the_same_file_as_its_path(tmp_path: Path) -> None:
    Register.open(tmp_path / "register.db").close()
    with Register.open(f"sqlite:///{tmp_path}/register.db", create=False) as register:
        assert register.counts().documents == 0


def test_a_disk_that_is_full_is_told(file: Path) -> None:
    engine = open_engine(file, create=False)
    with Register(engine) as register:
        with engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(RegisterError, match=r"register\.db: database or disk is full; make room"):
            register.add(draft("e", "Nothing. " * 10_000), RUN)
        assert register.counts().documents == 1


@pytest.fixture
def locked(file: Path) -> Iterator[Path]:
    """The file in a folder where we may not write."""
    file.chmod(0o444)
    file.parent.chmod(0o555)
    yield file
    file.parent.chmod(0o755)


READ = """
import sys
from followthearms.register import Register
with Register.open(sys.argv[1], create=False) as register:
    print(register.counts().documents, [claim.kind[0].value for claim in register.document("d").claims])
"""


def read(path: Path) -> subprocess.CompletedProcess[str]:
    """Read a register by a process whom the modes of files bind, even if it is root's."""
    powers = "-dac_override,-dac_read_search"
    bound = ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"] if os.geteuid() == 0 else []
    command = [*bound, sys.executable, "-c", READ, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_register_where_nothing_can_be_written_is_read(locked: Path) -> None:
    done = read(locked)
    assert (done.stdout.strip(), done.returncode) == ("1 ['agreement']", 0), done.stderr
    assert [path.name for path in locked.parent.iterdir()] == ["register.db"]


def test_a_log_that_cannot_be_taken_in_is_told(locked: Path) -> None:
    locked.parent.chmod(0o755)
    locked.with_name("register.db-wal").write_bytes(b"not empty")
    locked.parent.chmod(0o555)
    done = read(locked)
    assert "writable: copy it to a folder of your own" in done.stderr
