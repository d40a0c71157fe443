"""Placing time that is counted from the day of publication: "last week", "two years ago", "the next 12 months".

One function for each rule of `rules`, as in `periods`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from followthearms.extract.mentions.dates.anchor import Anchor, Match, one_day, way_of
from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import UNKNOWN, Period
from followthearms.knowledge.names import plain
from followthearms.knowledge.numerals import read_amount


def _unit_period(published: dt.date, unit: str, way: int) -> Period:
    """The whole week, month, … before, at or after publication."""
    match unit.lower().split()[-1]:
        case "week":
            return cal.week(published, way)
        case "weekend":
            saturday = cal.week(published, way if published.weekday() > 4 or way else -1)
            return Period((saturday.last or published) - dt.timedelta(days=1), saturday.last)
        case "month":
            return cal.months(published.year, published.month + way)
        case "quarter":
            return cal.quarter((published.month + 2) // 3, published.year) if not way else _next_quarter(published, way)
        case "decade":
            return cal.year(published.year // 10 * 10 + 10 * way, 10)
        case _:
            return cal.year(published.year + way)


def _next_quarter(published: dt.date, way: int) -> Period:
    return cal.months(published.year, (published.month + 2) // 3 * 3 - 2 + 3 * way, 3)


def relative(match: Match, anchor: Anchor) -> Period | None:
    """ "last week", "earlier this year", "the coming month"."""
    published = anchor.published
    if published is None:
        return UNKNOWN
    way = way_of(match["rel"])
    rolling = match["rel"].lower() == "past" or "coming" in match["rel"].lower().split()
    if rolling and match["unit"].lower() in ("week", "month", "year", "decade"):
        return _stretch(published, 1, match["unit"], way)
    period = _unit_period(published, match["unit"], way)
    shift = plain(match["shift"] or "")
    if way == 0 and shift == "earlier":
        return Period(period.first, published)
    return Period(published, period.last) if way == 0 and shift == "later" else period


def the_unit(match: Match, anchor: Anchor) -> Period | None:
    """ "The year", "later in the year": the one of publication."""
    if anchor.published is None:
        return UNKNOWN
    period = _unit_period(anchor.published, match["unit"], 0)
    return Period(anchor.published, period.last) if match["shift"] else period


def the_end(match: Match, anchor: Anchor) -> Period | None:
    """ "Year-end", "the year's end": the last part of it."""
    if match["year"]:
        return cal.part_of(cal.year(int(match["year"])), cal.Part.END) if plain(match["unit"]) == "year" else None
    if anchor.published is None:
        return UNKNOWN
    return cal.part_of(_unit_period(anchor.published, match["unit"], 0), cal.Part.END)


def _moved(published: dt.date, count: float, unit: str) -> dt.date:
    """The day `count` units after publication (before it, if negative)."""
    unit = unit.lower()
    if unit in ("day", "week"):
        days = int(count) * (7 if unit == "week" else 1)
        return dt.date.fromordinal(min(max(published.toordinal() + days, 1), dt.date.max.toordinal()))
    return cal.add_months(published, int(count * {"month": 1, "year": 12, "decade": 120}[unit]))


def _stretch(published: dt.date, count: float, unit: str, way: int) -> Period:
    """From publication on, or up to it."""
    other = _moved(published, way * count, unit)
    return Period(min(published, other), max(published, other))


def _count(words: str) -> float | None:
    """The number of units; None for "a few"."""
    if words.lower() in ("a", "an"):
        return 1
    amount = read_amount(words)
    return min(amount.number, 100_000) if amount else None


def ago(match: Match, anchor: Anchor) -> Period | None:
    """ "Two years ago" is that year, "three months ago" that month, "a few years ago" is not known."""
    count = _count(match["count"]) if match["count"] else None
    if count is None or anchor.published is None:
        return UNKNOWN
    date = _moved(anchor.published, -count, match["unit"])
    if match["over"]:
        return Period(None, date)
    match match["unit"].lower():
        case "year" | "decade":
            return cal.year(date.year)
        case "month":
            return cal.months(date.year, date.month)
        case _:
            return Period(date, date)


def last_units(match: Match, anchor: Anchor) -> Period | None:
    """The days of "the past five years", "the next 12 months", "recent weeks"."""
    published = anchor.published
    if published is None:
        return UNKNOWN
    way = -1 if match["rel"].lower() == "recent" else way_of(match["rel"])
    count = _count(match["count"]) if match["count"] else None
    if count is None:
        return Period(None, published) if way < 0 else Period(published, None)
    return _stretch(published, count, match["unit"], way)


def coming_unit(match: Match, anchor: Anchor) -> Period | None:
    """ "Over the next year": a year from publication, not the calendar's."""
    return UNKNOWN if anchor.published is None else _stretch(anchor.published, 1, match["unit"], 1)


def within(match: Match, anchor: Anchor) -> Period | None:
    """ "Within three months": from publication on."""
    count = _count(match["count"])
    if anchor.published is None or count is None:
        return UNKNOWN
    return _stretch(anchor.published, count, match["unit"], 1)


def on_the_day(shift: int) -> Callable[[Match, Anchor], Period | None]:
    """The day `shift` days after publication."""
    return lambda _, anchor: UNKNOWN if anchor.published is None else one_day(anchor.published, shift)


def recently(_: Match, anchor: Anchor) -> Period | None:
    """Up to publication."""
    return Period(None, anchor.published)
