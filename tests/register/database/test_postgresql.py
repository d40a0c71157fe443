"""What is PostgreSQL's own: the server, its users, its settings."""

from __future__ import annotations

import getpass
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from benchmarks.register.server import Server
from followthearms.errors import RegisterError
from followthearms.register import Register
from followthearms.register.database import open_engine
from tests.register.databases import ask, make_foreign


@pytest.fixture
def database() -> str:
    return "postgresql"


def test_every_text_sorts_by_code_points(register_url: str) -> None:
    Register.open(register_url).close()
    odd = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
    assert ask(register_url, f"{odd} AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'") == []
    assert ask(register_url, f"{odd} AND collation_name = 'C'")


def test_a_database_that_is_not_there(postgres: Server) -> None:
    with pytest.raises(RegisterError, match=r'fta@/none: database "none" does not exist; .*createdb'):
        Register.open(postgres.url("none"))


def test_a_server_that_is_away(free_port: int) -> None:
    with pytest.raises(RegisterError, match=rf"ada@127.0.0.1:{free_port}/arms: no connection .*refused.*server runs"):
        Register.open(f"postgresql://ada:secret@127.0.0.1:{free_port}/arms")
    with pytest.raises(RegisterError, match=r"no connection .*No such file"):
        Register.open("postgresql://ada@/arms?host=/nowhere")


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def web_server() -> Iterator[int]:
    """The port of something that answers, but not as PostgreSQL does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as caller:
                caller.recv(1000)
                caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join()


def test_a_server_of_another_kind(web_server: int) -> None:
    with pytest.raises(RegisterError, match="no PostgreSQL server"):
        Register.open(f"postgresql://ada:secret@127.0.0.1:{web_server}/arms?sslmode=prefer")


@pytest.fixture
def guarded(postgres: Server, empty_url: str) -> Iterator[str]:
    """The address of a database, without its password ("right"), whose server asks for one."""
    make_foreign(empty_url, "CREATE ROLE ada LOGIN PASSWORD 'right'")
    rules = postgres.folder / "data/pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all ada scram-sha-256\n{before}")
    make_foreign(empty_url, "SELECT pg_reload_conf()")
    name = empty_url.partition("@/")[2]
    yield f"postgresql://ada{{}}@/{name}"
    rules.write_text(before)
    make_foreign(empty_url, "SELECT pg_reload_conf()", "DROP OWNED BY ada", "DROP ROLE ada")


def test_a_wrong_password(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RegisterError, match=r"password authentication failed.*check user and password") as told:
        Register.open(guarded.format(":wrong"))
    assert "wrong" not in str(told.value)
    with pytest.raises(RegisterError, match=r"password.*PGPASSWORD"):
        Register.open(guarded.format(""))
    monkeypatch.setenv("PGPASSWORD", "right")
    with pytest.raises(RegisterError, match=r"permission denied for schema public; the user must own"):
        Register.open(guarded.format(""))
    with pytest.raises(RegisterError, match="there is no register"):
        Register.open(guarded.format(":right"), create=False)


def test_a_server_that_must_be_known_by_its_certificate(register_url: str) -> None:
    with pytest.raises(RegisterError, match="Server refuses SSL"):
        Register.open(f"{register_url}&sslmode=verify-full")


def test_an_encoding_that_cannot_hold_all_texts(postgres: Server) -> None:
    url = postgres.create("latin", "--encoding=LATIN1", "--locale=C", "--template=template0")
    with pytest.raises(RegisterError, match=r"latin: is encoded in LATIN1; .*UTF8"):
        Register.open(url)
    postgres.drop("latin")


def test_the_user_is_ourselves_if_none_is_named(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGUSER", raising=False)
    with pytest.raises(RegisterError, match=f'role "{getpass.getuser()}" does not exist'):
        Register.open(postgres.url("postgres").replace("fta@", ""))


def test_a_connection_that_was_cut_is_told_and_made_anew(register_url: str) -> None:
    others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    with Register.open(register_url) as register:
        assert register.counts().documents == 0
        make_foreign(register_url, f"SELECT pg_terminate_backend(pid) {others}")
        assert register.counts().documents == 0


def test_a_reader_cannot_write(register_url: str) -> None:
    engine = open_engine(register_url, create=True)
    with engine.connect() as connection, pytest.raises(Exception, match="read-only transaction"):
        connection.exec_driver_sql("CREATE TABLE other (id integer)")
    engine.dispose()


def test_a_driver_that_is_not_installed_is_named() -> None:
    program = """
import sys
sys.modules["pg8000"] = None
from followthearms.register import Register
Register.open("postgresql://ada:secret@host/arms")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "RegisterError: postgresql://ada@host/arms: needs a driver" in done.stderr.splitlines()[-1]
    assert "pip install 'followthearms[postgresql]'" in done.stderr.splitlines()[-1]
