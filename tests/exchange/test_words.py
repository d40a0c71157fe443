"""Values in words: exact, and harmless to a terminal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.exchange import words
from followthearms.model import Document, Modality
from followthearms.model.deals import Amount, Deal, Figure, Named, Nature, Status


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
        ({"amount": 1234567, "currency": "EUR", "bound": "over"}, "at least EUR 1,234,567"),
        ({"amount": 12_500_000.0, "currency": "INR", "per": "per year"}, "INR 12.5 million per year"),
        ({"amount": 999}, "999"),
        ({"amount": 5 * 10**8, "currency": "USD", "beside": ["tank"]}, "part of USD 500 million (with tank)"),
        (
            {"amount": 2000, "bound": "about", "beside": ["jet", "shell", "gun", "mine", "Qatar"]},
            "part of about 2,000 (with jet, shell, gun, 2 more)",
        ),
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
    assert words.figure(Figure(number=600000, bound="over")) == "at least 600,000"  # "more than", or "at least"
    assert words.figure(Figure(number=2, unit="squadron")) == "2 squadron"


def test_parties_are_named_by_their_state(deal: Deal) -> None:
    assert words.heading(deal) == "Russia → India: AK-203 rifle"
    assert words.sides(deal.model_copy(update={"supplier": ()})) == "– → India"
    both = deal.model_copy(update={"supplier": (), "recipient": (), "parties": deal.supplier + deal.recipient})
    assert words.sides(both) == "Russia – India"


def test_a_deal_without_sides_is_called_what_it_is() -> None:
    embargo = Deal(id="d1", nature=Nature.EMBARGO, status=Status.EMBARGOED)
    assert (words.sides(embargo), words.heading(embargo)) == ("Embargo", "Embargo")
    told = embargo.model_copy(update={"actors": (Named(name="the council", code="UN"),)})
    assert words.heading(told) == "UN: embargo"
    meeting = Deal(id="d2", nature=Nature.CONTACT, status=Status.REPORTED, parties=(Named(name="India", code="IN"),))
    assert words.heading(meeting) == "India: contact"


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


@given(st.text(), st.integers(1, 30))
def test_what_is_cut_says_so_and_is_no_longer_than_it_may_be(text: str, most: int) -> None:
    line, cut = words.one_line(text), words.short(text, most)
    assert cut == line if len(line) <= most else (len(cut), cut[-1], cut[:-1]) == (most, "…", line[: most - 1])


def test_one_is_told_from_several() -> None:
    told = [words.counted(1, "deal"), words.counted(1204, "deal"), words.counted(2, "copy", "copies")]
    assert told == ["1 deal", "1,204 deals", "2 copies"]


def test_a_day_that_is_not_known_is_told_to_be_unknown() -> None:
    assert [words.published(dt.date(2019, 3, 4)), words.published(None)] == ["4 March 2019", words.UNDATED]
