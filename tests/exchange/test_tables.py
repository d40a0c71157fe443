"""CSV: one row a claim or a deal, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.exchange.tables import CLAIM_COLUMNS, DEAL_COLUMNS, claim_rows, deal_rows, harmless, write_csv
from followthearms.model import Claim, Document, Extent, Kind, Span
from followthearms.model.deals import Deal


def rows_of(rows: object, columns: tuple[str, ...]) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    write_csv(rows, columns, file)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))


def test_a_claim_is_one_row_with_words_and_readings(article: Document) -> None:
    first, second = rows_of(claim_rows([article]), CLAIM_COLUMNS)
    assert (first["supplier"], first["supplier_code"], first["recipient_code"]) == ("Russia", "RU", "IN")
    assert (first["quantity"], first["number"], first["bound"]) == ("700,000", "700000", "exact")
    assert (first["value"], first["amount"], first["currency"]) == ("$1.2 billion", "1200000000", "USD")
    assert (first["date_from"], first["date_to"]) == ("2018-10-01", "2018-10-31")
    assert article.text[int(second["evidence_start"]) : int(second["evidence_end"])] == second["evidence"]
    assert second["equipment"] == ""


def test_a_deal_is_one_row(deal: Deal) -> None:
    (row,) = rows_of(deal_rows([deal]), DEAL_COLUMNS)
    assert row["ordered"].splitlines() == ["700,000", "about 750,000"]
    assert (row["status"], row["sources"], row["conflicts"], row["first"]) == ("agreed", "2", "1", "2018-10-01")


def test_every_column_of_a_row_is_written(article: Document, deal: Deal) -> None:
    assert set().union(*claim_rows([article])) <= set(CLAIM_COLUMNS)
    assert set().union(*deal_rows([deal])) == set(DEAL_COLUMNS)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1+1"])
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    assert harmless(cell).startswith("'")


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_cell_is_a_formula_or_unwritable(text: str) -> None:
    cell = harmless(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    cell.encode("utf-8")


def test_a_hostile_quote_stays_in_its_cell() -> None:
    text = '=HYPERLINK("http://x.example","y")\n,"z'
    claim = Claim(
        kind=(Kind.SUPPLY,), evidence=Extent(start=0, end=len(text)), trigger=Span(start=0, end=10, text=text[:10])
    )
    (row,) = rows_of(claim_rows([Document(text=text, claims=(claim,))]), CLAIM_COLUMNS)
    assert row["evidence"] == "'" + text
    assert row["trigger"] == "'=HYPERLINK"[: len(row["trigger"])]
