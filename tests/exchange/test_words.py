"""Values in words: exact, and harmless to a terminal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.exchange import words
from followthearms.model import Document, Modality
from followthearms.model.deals import Amount, Deal, Figure, Named


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2019-03-03", "2019-03-03", "3 March 2019"),
        ("2018-10-01", "2018-10-31", "October 2018"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-01-01", "2019-12-31", "1 January 2018 to 31 December 2019"),
        ("2019-03-01", "2019-03-30", "1 March 2019 to 30 March 2019"),
        (None, "2025-12-31", "by 31 December 2025"),
        ("2025-01-01", None, "from 1 January 2025"),
        (None, None, ""),
    ],
)
def test_days(first: str | None, last: str | None, said: str) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert words.days(*days) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ({"amount": 1200000000, "currency": "USD"}, "USD 1.2 billion"),
        ({"amount": 1234567, "currency": "EUR", "bound": "over"}, "over EUR 1,234,567"),
        ({"amount": 12_500_000.0, "currency": "INR", "per": "per year"}, "INR 12.5 million per year"),
        ({"amount": 999}, "999"),
    ],
)
def test_money(amount: dict[str, object], said: str) -> None:
    assert words.money(Amount.model_validate(amount)) == said


@given(st.integers(0, 10**13))
def test_money_is_never_rounded(amount: int) -> None:
    said = words.money(Amount(amount=amount))
    number, _, scale = said.replace(",", "").partition(" ")
    assert round(float(number) * {"": 1, "million": 10**6, "billion": 10**9}[scale]) == amount


def test_figure() -> None:
    assert words.figure(Figure(number=600000, bound="over")) == "over 600,000"
    assert words.figure(Figure(number=2, unit="squadron")) == "2 squadron"


def test_parties_are_named_by_their_state(deal: Deal) -> None:
    assert words.heading(deal) == "Russia → India: AK-203 rifle"
    assert words.sides(deal.model_copy(update={"supplier": ()})) == "– → India"
    both = deal.model_copy(update={"supplier": (), "recipient": (), "parties": deal.supplier + deal.recipient})
    assert words.sides(both) == "Russia – India"


def test_a_group_keeps_its_own_name() -> None:
    assert words.party(Named(name="the rebels", code="SOME GROUP")) == "SOME GROUP"


def test_certainty() -> None:
    assert words.certainty(Modality.ACTUAL, False, False) == ""
    assert words.certainty(Modality.PLANNED, True, True) == "planned, did not happen, disputed"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_is_shown_moves_no_cursor_and_keeps_its_length(text: str) -> None:
    shown = words.visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & {*map(chr, range(9)), "\x1b", "\r", "\x9b", "\u202e", "\u2066"}
    shown.encode("utf-8")


def test_a_text_without_a_title_is_called_by_its_first_line() -> None:
    assert words.title(Document(text="\nOslo sends mortars\n\nOSLO - Norway sent mortars.")) == "Oslo sends mortars"
    assert words.title(Document(text="Norway sent mortars.", title="Mortars sent")) == "Mortars sent"
