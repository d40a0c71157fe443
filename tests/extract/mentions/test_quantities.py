"""Quantities count things; measures, ages, times, names and money do not. Figures never overlap."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.extract.mentions.figures.find import find_figures
from followthearms.extract.mentions.figures.quantities import find_quantities
from followthearms.knowledge.numerals import read_amount
from followthearms.model import Quantity
from followthearms.model.mentions import MentionType


def read(text: str) -> list[tuple[str, int | float, str, str | None]]:
    """Quote, number, bound and unit of every quantity."""
    spans = [m.span for m in find_quantities(text)]
    return [(s.text, s.number, s.bound.value, s.unit) for s in spans if isinstance(s, Quantity)]


@pytest.mark.parametrize(
    ("text", "quote", "number", "bound", "unit"),
    [
        ("a demand for 50,000 rifles", "50,000", 50_000, "exact", None),
        ("1.2 million shells", "1.2 million", 1_200_000, "exact", None),
        ("a dozen jets", "a dozen", 12, "exact", None),
        ("two dozen jets", "two dozen", 24, "exact", None),
        ("dozens of drones", "dozens", 24, "over", None),
        ("hundreds of tanks", "hundreds", 100, "over", None),
        ("tens of thousands of mines", "tens of thousands", 10_000, "over", None),
        ("several hundred mines", "several hundred", 100, "over", None),
        ("a pair of frigates", "a pair", 2, "exact", None),
        ("two hundred and fifty trucks", "two hundred and fifty", 250, "exact", None),
        ("seventy-two jets", "seventy-two", 72, "exact", None),
        ("70-80 aircraft", "70-80", 80, "up_to", None),
        ("between six and eight boats", "between six and eight", 8, "up_to", None),
        ("five lakh rounds", "five lakh", 500_000, "exact", "round"),
        ("1 crore cartridges", "1 crore", 10_000_000, "exact", None),
        ("about 700,000 rifles", "700,000", 700_000, "about", None),
        ("an estimated 40 launchers", "40", 40, "about", None),
        ("more than 60 tanks", "60", 60, "over", None),
        ("at least another 60 tanks", "60", 60, "over", None),
        ("as many as 80 parts", "80", 80, "up_to", None),
        ("no more than 80 parts", "80", 80, "up_to", None),
        ("70+ howitzers", "70", 70, "over", None),
        ("four or more submarines", "four", 4, "over", None),
        ("60-odd fighters", "60", 60, "about", None),
        ("two squadrons of jets", "two", 2, "exact", "squadron"),
        ("five S-400 air defence regiments", "five", 5, "exact", "regiment"),
        ("a 36-aircraft order", "36", 36, "exact", None),
        ("Earlier 8 engines were sent", "8", 8, "exact", None),
        ("sixty-three (63) missiles", "sixty-three", 63, "exact", None),
        ("up to 2 ( two ) batteries", "2", 2, "up_to", "battery"),
        ("SEIZED ONE M-72 LAUNCHER", "ONE", 1, "exact", None),
    ],
)
def test_a_count(text: str, quote: str, number: float, bound: str, unit: str | None) -> None:
    assert read(text) == [(quote, number, bound, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "AK-203 rifles, F-35 jets, Su-30 jets, Mk 41 cells, a Type 26 frigate, Leopard 2 tanks, the MQ 9 drone",
        "a 155mm gun, a 7.62 mm round, a range of 300 km, 2,000-pound bombs",
        "in 2015, on 3 March, by 2025, two years ago, within 30 days, 5 hours, at 8:55 pm",
        "40 percent, 12%, $30 million, five billion dollars, 3 pct",
        "the third batch, the 2nd regiment, 31st jet",
        "a rifle and an aircraft; one of the jets; no one; one another",
        "the G20, resolution 1929, article 7, section 12, call +44 20 7946 0958",
        "a 25-year-old man, aged 40, a four-year plan, a two-seat jet",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert read(text) == []


def test_the_words_say_what_they_are_worth() -> None:
    expected = {"twenty-one": 21, "one hundred and five thousand": 105_000, "half a dozen": 6, "2.5 million": 2_500_000}
    for words, number in expected.items():
        amount = read_amount(words)
        assert amount is not None and amount.number == number


def test_money_goes_before_dates_and_dates_before_counts() -> None:
    text = "In 2019 it paid $2 million for 12 jets, two squadrons, in the next three years."
    found = [(m.type, m.span.text) for m in find_figures(text, dt.date(2020, 1, 1))]
    assert found == [
        (MentionType.DATE, "2019"),
        (MentionType.MONEY, "$2 million"),
        (MentionType.QUANTITY, "12"),
        (MentionType.QUANTITY, "two"),
        (MentionType.DATE, "in the next three years"),
    ]


PIECES = st.sampled_from(
    "5 12,000 two hundred and dozen of dozens million $ dollars 2019 March by in - jets km % one 1.5 +".split()
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join) | st.text())
@settings(max_examples=100, deadline=None)
def test_figures_equal_their_text_and_never_overlap(text: str) -> None:
    end = 0
    for mention in find_figures(text, dt.date(2020, 5, 5)):
        assert text[mention.start : mention.end] == mention.span.text and mention.start >= end
        end = mention.end


def test_a_long_line() -> None:
    text = "The army bought 12 jets for $5 million in March 2019 and " * 3_000
    assert len(find_figures(text, None)) == 3 * 3_000
