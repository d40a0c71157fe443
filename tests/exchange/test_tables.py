"""CSV: one row a deal, or an item of a claim; tables that can be joined; and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.exchange.tables import (
    CLAIM_COLUMNS,
    DEAL_COLUMNS,
    MARK,
    Told,
    claim_rows,
    deal_rows,
    harmless,
    write_csv,
)
from followthearms.model import Claim, Document, Equipment, Extent, Kind, Money, Party, Quantity, Span
from followthearms.model.deals import Deal, DealRow, Figure
from tests.exchange.conftest import place

REFERENCE = Path(__file__).parents[2] / "docs/reference/tables.md"
PAIR = "Norway sent Peru radars, 60 Harpoons and some 100 Sidewinders, and Chile the same."


def rows_of(rows: object, columns: tuple[str, ...]) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    write_csv(rows, columns, file)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(file.getvalue().removeprefix(MARK), newline="")))


def told(document: Document, **more: Any) -> list[Told]:
    return [Told(document, claim, **more) for claim in document.claims]


@pytest.fixture
def shipment() -> Document:
    """Three items, of which two are counted, for two recipients."""
    claim = Claim(
        kind=(Kind.DELIVERY,),
        evidence=Extent(start=0, end=len(PAIR) - 1),
        trigger=Span(**place(PAIR, "sent")),
        recipient=(Party(**place(PAIR, "Peru", code="PE")), Party(**place(PAIR, "Chile"))),
        equipment=(
            Equipment(**place(PAIR, "radars", category="radar")),
            Equipment(**place(PAIR, "Harpoons"), quantity=Quantity(**place(PAIR, "60", number=60))),
            Equipment(
                **place(PAIR, "Sidewinders"), quantity=Quantity(**place(PAIR, "100", number=100.0, bound="about"))
            ),
        ),
    )
    return Document(text=PAIR, url="https://quillon.example/1", claims=(claim,))


def test_a_claim_of_one_item_is_one_row_with_words_and_readings(article: Document) -> None:
    first, second = rows_of(claim_rows(told(article, standing="accepted")), CLAIM_COLUMNS)
    assert (first["supplier"], first["supplier_code"], first["recipient_code"]) == ("Russia", "RU", "IN")
    assert (first["quantity"], first["number"], first["bound"]) == ("700,000", "700000", "exact")
    assert (first["value"], first["amount"], first["currency"]) == ("$1.2 billion", "1200000000", "USD")
    assert (first["date_from"], first["date_to"]) == ("2018-10-01", "2018-10-31")
    assert article.text[int(second["evidence_start"]) : int(second["evidence_end"])] == second["evidence"]
    assert (second["equipment"], second["item"], second["deal"], second["standing"]) == ("", "1", "", "accepted")


def test_each_item_stands_in_a_row_with_its_own_number_and_deals(shipment: Document) -> None:
    radars, harpoons, sidewinders = (item.start for item in shipment.claims[0].equipment)
    deals = {radars: ("d1",), harpoons: ("d2", "d3"), sidewinders: ()}
    rows = rows_of(claim_rows(told(shipment, deals=deals)), CLAIM_COLUMNS)
    assert [(row["item"], row["deal"], row["equipment"], row["number"], row["bound"]) for row in rows] == [
        ("1", "d1", "radars", "", ""),
        ("2", "d2", "Harpoons", "60", "exact"),
        ("2", "d3", "Harpoons", "60", "exact"),
        ("3", "", "Sidewinders", "100", "about"),
    ]
    assert {row["url"] for row in rows} == {"https://quillon.example/1"}


def test_a_sum_told_once_for_several_rows_is_not_to_be_added_up(shipment: Document) -> None:
    sale = shipment.claims[0].model_copy(update={"value": Money(**place(PAIR, "100", amount=10**8, currency="USD"))})
    priced = Document(text=PAIR, claims=(sale,))
    single = Document(text=PAIR, claims=(sale.model_copy(update={"equipment": sale.equipment[:1]}),))
    radars = sale.equipment[0].start
    for article, deals in ((priced, {}), (single, {radars: ("d1", "d2")})):
        rows = rows_of(claim_rows(told(article, deals=deals)), CLAIM_COLUMNS)
        assert len(rows) > 1
        assert {(row["value"], row["amount"], row["shared_amount"], row["currency"]) for row in rows} == {
            ("100", "", "100000000", "USD")
        }
    (row,) = rows_of(claim_rows(told(single, deals={radars: ("d1",)})), CLAIM_COLUMNS)
    assert (row["amount"], row["shared_amount"]) == ("100000000", "")


def test_codes_stand_on_the_lines_of_their_names(shipment: Document) -> None:
    row = rows_of(claim_rows(told(shipment)), CLAIM_COLUMNS)[0]
    assert row["recipient"].split("\n") == ["Peru", "Chile"]
    assert row["recipient_code"].split("\n") == ["PE", ""]


def test_a_relation_is_of_its_deal_with_all_its_items(shipment: Document) -> None:
    first = shipment.claims[0].equipment[0].start
    rows = rows_of(claim_rows(told(shipment, deals={first: ("d1",)})), CLAIM_COLUMNS)
    assert [row["deal"] for row in rows] == ["d1", "d1", "d1"]


def test_a_deal_is_one_row(deal: Deal) -> None:
    (row,) = rows_of(deal_rows([DealRow.of(deal)]), DEAL_COLUMNS)
    assert row["quantity"].splitlines() == ["700,000", "about 750,000"]
    assert (row["number"], row["bound"], row["amount"], row["currency"]) == ("700000", "exact", "1200000000", "USD")
    assert (row["status"], row["sources"], row["conflicts"], row["first"]) == ("agreed", "2", "1", "2018-10-01")


def test_a_sum_of_several_deals_is_told_but_not_to_be_added_up(deal: Deal) -> None:
    (own,) = deal.values
    of_both = own.model_copy(update={"amount": 5 * 10**9, "beside": ("shell",)})
    several = DealRow.of(deal.model_copy(update={"values": (of_both,)}))
    both = DealRow.of(deal.model_copy(update={"values": (of_both, own)}))
    shown, other = rows_of(deal_rows([several, both]), DEAL_COLUMNS)
    assert (shown["value"], shown["amount"], shown["currency"]) == ("part of USD 5 billion (with shell)", "", "")
    assert (len(other["value"].splitlines()), other["amount"]) == (2, "1200000000")


def test_what_is_refused_stands_nowhere_as_ordered(deal: Deal) -> None:
    refused = DealRow.of(deal.model_copy(update={"status": "refused", "quantity": (Figure(number=12.0),)}))
    (row,) = rows_of(deal_rows([refused]), DEAL_COLUMNS)
    assert (row["status"], row["quantity"], row["number"]) == ("refused", "12", "12")
    assert not [column for column in DEAL_COLUMNS if "order" in column]
    written = refused.model_dump(mode="json")
    assert not [name for name in written if "order" in name]
    assert [figure["number"] for figure in written["quantity"]] == [12]


def test_every_column_of_a_row_is_written(article: Document, deal: Deal) -> None:
    assert set().union(*claim_rows(told(article))) <= set(CLAIM_COLUMNS)
    assert set().union(*deal_rows([DealRow.of(deal)])) == set(DEAL_COLUMNS)


def test_the_reference_tells_of_every_column_in_its_table() -> None:
    claims, deals = REFERENCE.read_text("utf-8").partition("## Claims")[2].split("## Deals")
    for text, columns in ((claims, CLAIM_COLUMNS), (deals, DEAL_COLUMNS)):
        told = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
        assert sorted(re.findall(r"`(\w+)`", " ".join(told))) == sorted(columns)


def test_a_file_begins_with_the_mark_that_spreadsheets_want() -> None:
    file = io.StringIO(newline="")
    assert write_csv([{"deal": "Đức"}], ("deal",), file) == 1
    assert file.getvalue().encode() == b"\xef\xbb\xbfdeal\r\n\xc4\x90\xe1\xbb\xa9c\r\n"


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
    (row,) = rows_of(claim_rows(told(Document(text=text, claims=(claim,)))), CLAIM_COLUMNS)
    assert row["evidence"] == "'" + text
    assert row["trigger"] == "'=HYPERLINK"[: len(row["trigger"])]
