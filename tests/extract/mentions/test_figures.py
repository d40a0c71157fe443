"""Figures of hostile texts: letters that only look like English ones, and days at the ends of the calendar."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from followthearms.extract.mentions.dates.find import find_dates
from followthearms.extract.mentions.figures.find import find_figures
from followthearms.model import DateRange

PHRASES = [
    "in the first quarter of 2020",
    "in the first week of November 2019",
    "by mid-2020",
    "in spring 2020",
    "last spring",
    "this weekend",
    "tomorrow",
    "next Sunday",
    "next year",
    "last decade",
    "in the first week of 9999-12-31",
    "early 0001-01-01",
    "in the year ended 9999-12-31",
    "for $3 million",
]
EDGES = [None, dt.date.min, dt.date(2020, 2, 29), dt.date.max]


@pytest.mark.parametrize(("phrase", "published"), list(product(PHRASES, EDGES)))
def test_no_letter_and_no_day_makes_reading_fail(phrase: str, published: dt.date | None) -> None:
    for letter, alike in (("s", "ſ"), ("i", "ı"), ("i", "İ"), ("k", "\u212a"), ("", "")):
        text = f"It comes {phrase.replace(letter, alike) if letter else phrase}."
        for mention in find_figures(text, published):
            assert text[mention.start : mention.end] == mention.span.text


@pytest.mark.parametrize("alike", ["mid", "mıd", "mİd"])
def test_a_letter_that_looks_like_another_is_read_as_it(alike: str) -> None:
    (mention,) = find_dates(f"It comes in {alike}-2020.", None)
    assert isinstance(mention.span, DateRange)
    assert (mention.span.first, mention.span.last) == (dt.date(2020, 6, 1), dt.date(2020, 7, 31))


def test_a_day_of_publication_at_the_end_of_the_calendar_is_unknown() -> None:
    (mention,) = find_dates("It comes next year.", dt.date.max)
    assert isinstance(mention.span, DateRange)
    assert (mention.span.first, mention.span.last) == (None, None)
