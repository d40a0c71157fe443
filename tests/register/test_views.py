"""The views for other programs: on both databases they say what the CSV files say, and stay up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import literal

from benchmarks.register import former
from followthearms.errors import RegisterError
from followthearms.exchange.tables import CLAIM_COLUMNS, DEAL_COLUMNS, Row, claim_rows, deal_rows, told
from followthearms.model.decisions import Reject
from followthearms.model.format import load_line
from followthearms.model.query import Query
from followthearms.register import Register
from followthearms.register.database import revisions
from followthearms.register.run import Run
from followthearms.register.tables import views
from followthearms.register.tables.views import BETWEEN, CLAIMS, DEALS, View
from tests.register.databases import ask, make_foreign, run

ROOT = Path(__file__).resolve().parents[2]


def fill(url: str) -> None:
    """Some of the sample articles, one with a sum for several items; one claim is rejected."""
    lines = (ROOT / "examples/gold.jsonl").read_text("utf-8").splitlines()
    documents = [load_line(line, f"gold.jsonl, line {n}") for n, line in enumerate((*lines[:9], lines[20]), 1)]
    with Register.open(url) as register:
        register.add_many(documents, Run(version="1", ruleset="r", parser="p", started="2026-01-01T00:00:00Z"))
        claim = next(claim for document in documents for claim in document.claims if claim.equipment)
        register.ledger.decide(Reject(claim=register.ledger.claim(claim.id)), who="Ann", why="misread")


def rows_of(url: str, view: View) -> list[dict[str, Any]]:
    names = [name for name, *_ in view.columns]
    return [dict(zip(names, row, strict=True)) for row in ask(url, f"SELECT * FROM {view.name}")]  # noqa: S608


def written(value: Any) -> str:
    """A value as a CSV file has it."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(value)
    return str(value)


def alike(rows: list[dict[str, Any]], csv: list[Row], columns: set[str]) -> None:
    """That both have the same rows in the columns that they share."""
    said = sorted(tuple((name, written(row[name])) for name in sorted(columns)) for row in rows)
    meant = sorted(tuple((name, row.get(name, "").replace("\n", BETWEEN)) for name in sorted(columns)) for row in csv)
    assert said == meant


def test_deals_are_those_of_the_csv(copy_of: Callable[[Callable[[str], None]], str]) -> None:
    url = copy_of(fill)
    with Register.open(url) as register:
        csv = list(deal_rows(found.row for found in register.search.deals(Query(), limit=1000).rows))
    rows = rows_of(url, DEALS)
    shared = {name for name, *_ in DEALS.columns} & set(DEAL_COLUMNS)
    assert set(DEAL_COLUMNS) - shared == {"quantity", "delivered", "value"}  # words, of several figures
    assert len(rows) > 30 and any(row["number"] for row in rows) and any(row["designation"] for row in rows)
    alike(rows, csv, shared)


def test_claims_are_those_of_the_csv_with_their_sentences(copy_of: Callable[[Callable[[str], None]], str]) -> None:
    url = copy_of(fill)
    with Register.open(url) as register:
        found = register.search.claims(Query(), limit=1000).rows
        csv = list(claim_rows(told(register, found)))
        texts = {document.id: document.text for document in register.documents()}
    rows = rows_of(url, CLAIMS)
    flags = {"negated", "disputed"}
    shared = ({name for name, *_ in CLAIMS.columns} & set(CLAIM_COLUMNS)) - flags
    best = [{**row, "kind": row["kind"].split(" / ")[0]} for row in csv]
    shown = [{**row, "item": row["item"] or 1} for row in rows]  # the CSV numbers what has no item
    assert len(rows) > 60 and {"evidence", "url", "outlet", "published", "designation", "deal"} <= shared
    assert any(row["amount"] for row in rows) and any(row["shared_amount"] for row in rows)
    alike(shown, best, shared)
    assert all(texts[row["document"]][row["evidence_start"] : row["evidence_end"]] == row["evidence"] for row in rows)
    [rejected] = {row["claim"] for row in rows if row["standing"] == "rejected"}
    assert {row["deal"] for row in rows if row["claim"] == rejected} == {None}


def test_sqlite_alone_reads_them_from_the_file(tmp_path: Path) -> None:
    fill(str(tmp_path / "register.db"))
    asked = """SELECT d.supplier, c.evidence FROM claim_register c JOIN deal_register d ON d.deal = c.deal
               WHERE d.recipient_code = 'IN' AND c.designation = 'AK-203' AND NOT c.negated ORDER BY c.published"""
    with closing(sqlite3.connect(f"file:{tmp_path}/register.db?mode=ro", uri=True)) as connection:
        rows = connection.execute(asked).fetchall()
    assert rows and all(supplier == "Russia" and "AK-203" in evidence for supplier, evidence in rows[:1])


def test_a_migration_takes_them_away_and_they_come_back(new_url: Callable[[], str]) -> None:
    url = new_url()
    former.make(url, revisions()[-2])
    make_foreign(url, f"CREATE VIEW {DEALS.name} AS SELECT id FROM documents")  # noqa: S608
    with Register.open(url, create=False):
        pass
    assert "supplier_code" in rows_of(url, DEALS)[0] and rows_of(url, CLAIMS)


OWN = ("own_deals", "own_claims", "own_of_own", "own_rows")
BUILD = (
    f"CREATE VIEW own_deals AS SELECT deal, status FROM {DEALS.name}",  # noqa: S608
    f"CREATE VIEW own_claims AS SELECT deal, evidence FROM {CLAIMS.name}",  # noqa: S608
    "CREATE VIEW own_of_own AS SELECT c.evidence FROM own_deals d JOIN own_claims c ON c.deal = d.deal",
    "CREATE VIEW own_rows AS SELECT id FROM deals",
)
OLDER = "UPDATE folded SET version = 'older'"


def seen(url: str) -> list[list[Any]]:
    return [sorted(ask(url, f"SELECT * FROM {name}"), key=repr) for name in OWN]  # noqa: S608


def test_what_others_built_outlives_another_version(copy_of: Callable[[Callable[[str], None]], str]) -> None:
    url = copy_of(fill)
    run(url, *BUILD)
    before = seen(url)
    run(url, OLDER)
    Register.open(url).close()
    assert all(before) and seen(url) == before
    assert ask(url, "SELECT version FROM folded") != [("older",)]
    assert "deal_register_parked" not in {name for (name,) in ask(url, _tables(url))}


def _tables(url: str) -> str:
    return "SELECT tablename FROM pg_tables" if "://" in url else "SELECT name FROM sqlite_master"


@pytest.mark.parametrize("revision", [revisions()[0], revisions()[-2]])
def test_what_others_built_outlives_a_migration(new_url: Callable[[], str], revision: str) -> None:
    url = new_url()
    former.make(url, revision)
    make_foreign(
        url,
        f"CREATE VIEW {DEALS.name} AS SELECT id AS deal FROM documents",  # noqa: S608
        f"CREATE VIEW own AS SELECT deal FROM {DEALS.name}",  # noqa: S608
        "CREATE VIEW texts AS SELECT text FROM documents",
    )
    Register.open(url, create=False).close()
    deals = ask(url, f"SELECT deal FROM {DEALS.name}")  # noqa: S608
    assert deals and sorted(ask(url, "SELECT * FROM own")) == sorted(deals)
    assert len(ask(url, "SELECT * FROM texts")) == 2


@pytest.mark.parametrize("database", ["postgresql"])
def test_what_stands_on_a_table_that_changes_is_named_and_kept(
    copy_of: Callable[[Callable[[str], None]], str], database: str
) -> None:
    url = copy_of(fill)
    run(url, *BUILD, "CREATE ROLE looker", f"GRANT SELECT ON {DEALS.name} TO looker")
    run(url, "COMMENT ON TABLE deals IS 'of another shape'", OLDER)
    before = seen(url)
    with pytest.raises(RegisterError, match=r"cannot drop table deals .*: view own_rows depends on table deals; "):
        Register.open(url)
    assert seen(url) == before, "nothing is changed"
    run(url, "DROP VIEW own_rows")
    Register.open(url).close()
    run(url, BUILD[-1])
    assert seen(url) == before
    assert ask(url, f"SELECT has_table_privilege('looker', '{DEALS.name}', 'SELECT')") == [(True,)]
    run(url, "DROP OWNED BY looker", "DROP ROLE looker")


@pytest.mark.parametrize("database", ["postgresql"])
def test_a_view_that_loses_columns_is_not_taken_from_below_others(new_url: Callable[[], str], database: str) -> None:
    url = new_url()
    former.make(url, revisions()[-2])
    make_foreign(
        url,
        f"CREATE VIEW {DEALS.name} AS SELECT id FROM documents",  # noqa: S608
        f"CREATE VIEW own AS SELECT id FROM {DEALS.name}",  # noqa: S608
    )
    with pytest.raises(RegisterError, match=r"cannot drop view deal_register .*: view own depends on view deal_"):
        Register.open(url, create=False)
    assert len(ask(url, "SELECT * FROM own")) == 2, "what the older version said is still there"


@pytest.mark.parametrize("database", ["postgresql"])
def test_a_new_column_at_the_end_of_a_view_is_no_matter(
    copy_of: Callable[[Callable[[str], None]], str], database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = copy_of(fill)
    run(url, *BUILD, OLDER)
    more = replace(DEALS, columns=(*DEALS.columns, ("more", literal(1), "one more")))
    monkeypatch.setattr(views, "VIEWS", (more, CLAIMS))
    before = seen(url)
    Register.open(url).close()
    assert seen(url) == before and ask(url, f"SELECT DISTINCT more FROM {DEALS.name}") == [(1,)]  # noqa: S608
