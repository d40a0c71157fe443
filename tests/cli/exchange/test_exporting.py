"""`fta export`: what it writes is what came in, and nothing that is there is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from lxml import html

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


def test_an_exported_page_tells_each_claim_how_it_stands_and_who_decided_so(filled, tmp_path: Path) -> None:
    """Decisions of names and reasons that are hostile; the deals that meet the query and no others."""
    claims = json.loads(filled("claims", "recipient:IN", "equipment:AK-203", "--json").stdout)
    accepted, rejected = (one["id"] for one in claims[:2])
    why = "<script>pwned(1)</script>"
    assert filled("decide", "accept", accepted, "--by", "Ann <b>", "--why", why).exit_code == 0
    assert filled("decide", "reject", rejected, "--by", "Xyzzy", "--why", "misread").exit_code == 0
    told = filled("export", "recipient:IN", "equipment:AK-203", "-f", "html", "-o", "deals.html")
    assert told.exit_code == 0
    deals = json.loads(filled("deals", "recipient:IN", "equipment:AK-203", "--json").stdout)
    page = html.document_fromstring((tmp_path / "deals.html").read_text("utf-8"))
    shown = " ".join(page.text_content().split())
    assert "Follow the Arms: recipient:IN equipment:AK-203" in shown
    assert re.search(rf"accepted · Ann <b>, \d+ \w+ \d{{4}}, accept j\w+: {re.escape(why)}", shown)
    assert "not decided on" in shown and "Xyzzy" not in shown  # what was rejected is of no deal
    assert shown.count("all deals") == len(deals) > 0
    assert not page.xpath("//script | //img | //link | //iframe | //@onclick")
    assert page.xpath("//meta[@http-equiv]/@content")[0].startswith("default-src 'none'")
