"""`fta export`: what it writes is what came in, and nothing that is there is lost."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from followthearms.exchange.tables import MARK
from followthearms.model import Kind
from followthearms.model.format import load_line
from tests.cli.conftest import GOLD


def test_exported_lines_are_what_came_in(filled) -> None:
    exported = {d.id: d for d in (load_line(x, "out") for x in filled("export", "-f", "jsonl").stdout.splitlines())}
    came = {d.id: d for d in (load_line(x, "gold") for x in GOLD.read_text("utf-8").splitlines())}
    assert {i: (d.text, d.claims) for i, d in exported.items()} == {i: (d.text, d.claims) for i, d in came.items()}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_never_overwrites_the_register(filled, tmp_path: Path, form: str) -> None:
    before = filled("deals", "--json").stdout
    refused = filled("export", "-f", form, "-o", tmp_path / "register.db")
    assert refused.exit_code == 2
    assert "register.db: is the register itself" in refused.stderr
    assert filled("deals", "--json").stdout == before


def test_an_export_that_fails_leaves_what_was_there(fta, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("kept")
    assert fta("export", "-f", "csv", "-o", "claims.csv").exit_code == 2
    assert (tmp_path / "claims.csv").read_text() == "kept"


def test_exported_csv(filled, tmp_path: Path) -> None:
    written = filled("export", "-f", "csv").stdout
    claims = list(csv.DictReader(io.StringIO(written.removeprefix(MARK), newline="")))
    documents = [load_line(x, "gold") for x in GOLD.read_text("utf-8").splitlines()]
    assert {row["claim"] for row in claims} == {c.id for d in documents for c in d.claims}
    assert {row["kind"].split(" / ")[0] for row in claims} == set(Kind)
    assert filled("export", "-f", "csv", "--table", "deals", "-o", "deals.csv").exit_code == 0
    with (tmp_path / "deals.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    named = {row["deal"] for row in rows}
    assert named == {d["id"] for d in json.loads(filled("deals", "--json").stdout)}
    assert {row["deal"] for row in claims} - {""} == named
    assert {row["standing"] for row in claims} == {"pending"}
    assert {row["url"] for row in claims} == {document.url or "" for document in documents if document.claims}
