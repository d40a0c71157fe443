"""A register of every earlier revision, with data in it, is brought up to date on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from benchmarks.register import former
from followthearms.errors import RegisterError
from followthearms.model import Kind
from followthearms.register import Added, Register, Run
from followthearms.register.database import open_engine, postgresql, revisions, sqlite
from tests.link.drafts import draft
from tests.register.databases import ask

FIRST_TABLES = ("documents", "runs", "readings", "claims")
*EARLIER, NEWEST = revisions()
RUN = Run(version="9", ruleset="x", parser="y", started=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))


def test_every_earlier_revision_has_data_to_be_tested_with() -> None:
    assert EARLIER
    assert {path.stem for path in former.DATA.glob("r*.sql")} >= {f"r{revision}" for revision in EARLIER}


@pytest.mark.parametrize("revision", EARLIER)
def test_an_earlier_register_is_brought_up_to_date(empty_url: str, revision: str) -> None:
    former.make(empty_url, revision)
    with Register.open(empty_url, create=False) as register:
        first, other = register.documents()
        assert (first.id, first.title, str(first.date)) == ("a", "Rifles ordered", "2019-03-04")
        assert [claim.kind[0] for claim in (*first.claims, *other.claims)] == [Kind.AGREEMENT, Kind.SEIZURE]
        assert [run.ruleset for run in register.runs()] == ["abc", "def"]
        assert register.add(first, RUN) is Added.REREAD
        assert register.add(draft("c", "Nothing."), RUN) is Added.NEW
    assert ask(empty_url, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    readings = ask(empty_url, "SELECT document FROM readings ORDER BY id")
    assert [name for (name,) in readings] == ["a", "b", "a", "a", "c"]


@pytest.mark.parametrize("revision", [revision for revision in EARLIER if revision > "0001"])
def test_deals_that_an_earlier_version_froze_are_read_as_todays(empty_url: str, revision: str) -> None:
    """What was frozen as "ordered" is the quantity now, and the hash is still that of what was frozen."""
    former.make(empty_url, revision)
    with Register.open(empty_url, create=False) as register:
        numbers = [[figure.number for figure in deal.quantity] for deal in register.snapshots.deals("spring")]
    assert numbers == [[12], [40]]


@pytest.mark.parametrize("revision", EARLIER)
def test_no_row_is_touched_on_the_way(new_url: Callable[[], str], revision: str) -> None:
    """What the tables of the first revision hold is the same after the upgrade."""
    url = new_url()
    former.make(url, revision)
    open_engine(url, create=False).dispose()
    rows = {table: ask(url, f"SELECT * FROM {table}") for table in FIRST_TABLES}  # noqa: S608
    counts = {table: len(found) for table, found in rows.items()}
    assert counts == {"documents": 2, "runs": 2, "readings": 3, "claims": 3}
    assert rows["claims"][0][2:9] == ("c7f8a3ff0a1810260", "agreement", "actual", False, False, 0, 50)


def test_a_migration_that_fails_leaves_the_register_as_it_was(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last statement of opening fails; all that went before it is undone."""
    former.make(empty_url, "0001")

    def fail(_: object) -> None:
        raise RegisterError("no power")

    for module in (sqlite, postgresql):
        monkeypatch.setattr(module, "mark", fail)
    with pytest.raises(RegisterError, match="no power"):
        Register.open(empty_url)
    monkeypatch.undo()
    assert former.state(empty_url) == ("0001", {*FIRST_TABLES, "slots", "alembic_version"})
    with Register.open(empty_url) as register:
        assert len(register.documents()) == 2
