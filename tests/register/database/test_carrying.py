"""That a register which the benchmark carries from SQLite into PostgreSQL is the one that PostgreSQL would make."""

from __future__ import annotations

from pathlib import Path

from benchmarks.register.carrying import carry
from benchmarks.register.programs import RUN
from benchmarks.register.server import Server
from benchmarks.register.world import documents
from followthearms.register import Register
from tests.register.databases import ask, dump

ROWS = "SELECT * FROM {table} ORDER BY 1, 2"


def test_what_is_carried_is_what_is_made_there(postgres: Server, tmp_path: Path) -> None:
    told = list(documents(60))
    file = tmp_path / "register.db"
    urls = [str(file), postgres.create("made")]
    for url in urls:
        with Register.open(url) as register:
            register.add_many(told[:-1], RUN)
    postgres.create("carried")
    carry(postgres, file, "carried")
    for name in ("made", "carried"):
        with Register.open(postgres.url(name), create=False) as register:
            register.add_many(told[-1:], RUN)
    carried, made = postgres.url("carried"), postgres.url("made")
    assert set(dump(carried)) == set(dump(made))
    for table in ("claims", "statements", "strands", "cells", "lots", "pages", "quotes", "tellings", "differences"):
        rows = ask(carried, ROWS.format(table=table))
        assert rows and rows == ask(made, ROWS.format(table=table)), table
    postgres.drop("made")
    postgres.drop("carried")
