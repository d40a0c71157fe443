"""Dates are placed against the day of publication; what hangs on an unknown day has no ends."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.extract.mentions.dates.find import find_dates
from followthearms.model import DateRange

WEDNESDAY = dt.date(2019, 3, 6)


def read(text: str, published: dt.date | None = WEDNESDAY) -> list[tuple[str, str | None, str | None]]:
    """Quote, first and last day of every date."""
    found = []
    for mention in find_dates(text, published):
        assert isinstance(mention.span, DateRange)
        first, last = mention.span.first, mention.span.last
        found.append((mention.span.text, first and first.isoformat(), last and last.isoformat()))
    return found


@pytest.mark.parametrize(
    ("quote", "first", "last"),
    [
        ("3 March 2019", "2019-03-03", "2019-03-03"),
        ("March 3, 2019", "2019-03-03", "2019-03-03"),
        ("Monday, Oct. 18, 2021", "2021-10-18", "2021-10-18"),
        ("2019-03-03", "2019-03-03", "2019-03-03"),
        ("14 NOV 89", "1989-11-14", "1989-11-14"),
        ("September 6-8, 2022", "2022-09-06", "2022-09-08"),
        ("29 December - 3 January 2022", "2021-12-29", "2022-01-03"),
        ("October 2018", "2018-10-01", "2018-10-31"),
        ("last October", "2018-10-01", "2018-10-31"),
        ("next March", "2020-03-01", "2020-03-31"),
        ("October", "2018-10-01", "2018-10-31"),
        ("December last year", "2018-12-01", "2018-12-31"),
        ("Sunday", "2019-03-03", "2019-03-03"),
        ("next Sunday", "2019-03-10", "2019-03-10"),
        ("last Friday", "2019-03-01", "2019-03-01"),
        ("last week", "2019-02-25", "2019-03-03"),
        ("this week", "2019-03-04", "2019-03-10"),
        ("earlier this week", "2019-03-04", "2019-03-06"),
        ("earlier this year", "2019-01-01", "2019-03-06"),
        ("later this year", "2019-03-06", "2019-12-31"),
        ("next year", "2020-01-01", "2020-12-31"),
        ("late last summer", "2018-08-02", "2018-08-31"),
        ("early 2020", "2020-01-01", "2020-03-31"),
        ("mid-2021", "2021-06-01", "2021-07-31"),
        ("late 2021", "2021-10-01", "2021-12-31"),
        ("the end of the year", "2019-12-01", "2019-12-31"),
        ("second half of 2024", "2024-07-01", "2024-12-31"),
        ("late 1990s", "1997-01-01", "1999-12-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("by 2025", None, "2025-12-31"),
        ("by the end of the year", None, "2019-12-31"),
        ("by year-end", None, "2019-12-31"),
        ("by the year's end", None, "2019-12-31"),
        ("by end of year", None, "2019-12-31"),
        ("by year-end 2021", None, "2021-12-31"),
        ("by end-2020", None, "2020-12-31"),
        ("by the end of the quarter", None, "2019-03-31"),
        ("before the end of the year", None, "2019-12-31"),
        ("before the end of 2023", None, "2023-12-31"),
        ("before the end of June 2020", None, "2020-06-30"),
        ("before 2023", None, "2022-12-31"),
        ("12.03.2024", "2024-03-12", "2024-03-12"),
        ("until June 2025", None, "2025-06-30"),
        ("before 2030", None, "2029-12-31"),
        ("after 2025", "2026-01-01", None),
        ("since 2015", "2015-01-01", "2019-03-06"),
        ("from 2025 onwards", "2025-01-01", None),
        ("between 2010 and 2015", "2010-01-01", "2015-12-31"),
        ("between March and May 2018", "2018-03-01", "2018-05-31"),
        ("2010-2015", "2010-01-01", "2015-12-31"),
        ("fiscal year 2024", "2023-10-01", "2024-09-30"),
        ("FY2023-24", "2023-04-01", "2024-03-31"),
        ("fiscal year ended June 30, 2018", "2017-07-01", "2018-06-30"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("first quarter", "2019-01-01", "2019-03-31"),
        ("two years ago", "2017-01-01", "2017-12-31"),
        ("over the past year", "2018-03-06", "2019-03-06"),
        ("next 18 months", "2019-03-06", "2020-09-06"),
        ("a few months ago", None, None),
        ("recently", None, "2019-03-06"),
        ("today", "2019-03-06", "2019-03-06"),
        ("yesterday", "2019-03-05", "2019-03-05"),
        ("tomorrow", "2019-03-07", "2019-03-07"),
    ],
)
def test_a_phrase_has_its_days(quote: str, first: str | None, last: str | None) -> None:
    (found,) = read(f"The crates were unloaded there {quote}.")
    assert found[1:] == (first, last)
    assert found[0] in quote and len(found[0]) >= len(quote) - len("over the ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deliveries run to 2031.", ("to 2031", None, "2031-12-31")),
        ("The licence, extending to May 2024, is new.", ("to May 2024", None, "2024-05-31")),
        ("It is valid up to June 2025.", ("up to June 2025", None, "2025-06-30")),
        ("The deliveries were put off to 2031.", ("2031", "2031-01-01", "2031-12-31")),
    ],
)
def test_what_lasts_to_a_date_begins_nowhere(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert read(text) == [expected]


def test_the_first_week_of_a_month_that_is_near() -> None:
    text = "The minister will fly out in the first week of November."
    assert read(text, dt.date(2019, 10, 29)) == [("first week of November", "2019-11-01", "2019-11-07")]


def test_a_month_lies_ahead_where_the_clause_does() -> None:
    assert read("The jets were handed over in July.") == [("July", "2018-07-01", "2018-07-31")]
    assert read("The jets will be handed over in July.") == [("July", "2019-07-01", "2019-07-31")]


def test_the_month_of_may_is_not_shortened() -> None:
    assert [found[0] for found in read("It came on 5 Dec. 2018 and went in May.")] == ["5 Dec. 2018", "May"]


def test_the_month_of_may_is_no_sign_of_the_future() -> None:
    assert ("Monday", "2019-03-04", "2019-03-04") in read("OSLO, 6 May 2018 - Norway sent mortars to Mali on Monday.")
    assert ("Monday", "2019-03-11", "2019-03-11") in read("Norway may send mortars to Mali on Monday.")


def test_by_is_a_sign_of_the_future_only_before_the_date() -> None:
    assert read("Police seized the mortars by the road on Monday.") == [("Monday", "2019-03-04", "2019-03-04")]
    assert read("The mortars were seized by customs on 2 March.") == [("2 March", "2019-03-02", "2019-03-02")]
    assert read("Norway delivers them by the end of July.") == [("by the end of July", None, "2019-07-31")]


def test_a_day_just_gone_is_not_next_years() -> None:
    assert read("The mortars that will be burnt were seized on 2 March.") == [("2 March", "2019-03-02", "2019-03-02")]
    assert read("Norway will deliver them on 2 October.") == [("2 October", "2019-10-02", "2019-10-02")]


def test_the_caller_may_tell_the_tense() -> None:
    (mention,) = find_dates("Delivery in July.", WEDNESDAY, lambda start, end: True)
    assert isinstance(mention.span, DateRange) and mention.span.first == dt.date(2019, 7, 1)


@pytest.mark.parametrize(
    "text", ["last October", "on Sunday", "last week", "3 March", "in March", "two years ago", "today"]
)
def test_without_a_day_of_publication_the_quote_stands_alone(text: str) -> None:
    ((_, first, last),) = read(text, None)
    assert (first, last) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "3/4/2019",
        "He may go.",
        "They march on.",
        "2000 rifles",
        "$2015",
        "the Mirage 2000",
        "SA-2010B",
        "9.2015",
        "The year-end review named the version 12.03.2024.1 and the address 10.13.2024.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_a_relative_year_begins_no_range() -> None:
    assert [quote for quote, *_ in read("The bid was extended this year to August 2023.")] == [
        "this year",
        "August 2023",
    ]


@given(st.text(), st.none() | st.dates())
@settings(max_examples=100, deadline=None)
def test_any_text_any_day(text: str, published: dt.date | None) -> None:
    check(text, published)


WORDS = st.sampled_from(
    "by since until between and from to - the last next this early mid late end of year month week March May 5 31 2019 "
    "1990s Sunday two 9999999999 years ago within , . first quarter FY 24 Q1 summer decade over".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.dates())
@settings(max_examples=100, deadline=None)
def test_the_first_day_is_never_after_the_last(text: str, published: dt.date) -> None:
    check(text, published)


def check(text: str, published: dt.date | None) -> None:
    end = 0
    for mention in find_dates(text, published):
        span = mention.span
        assert isinstance(span, DateRange)
        assert text[span.start : span.end] == span.text and span.start >= end
        assert span.first is None or span.last is None or span.first <= span.last
        end = span.end
