"""Placing days, months, seasons and years that the calendar names: "3 March 2019", "last October", "Sunday".

One function for each rule of `rules`; it takes the match and gives the period, or None if the words are no date
(31 February). Invariant: a period whose place depends on an unknown day of publication has no ends.
"""

from __future__ import annotations

import datetime as dt

from followthearms.extract.mentions.dates.anchor import Anchor, Match, one_day, way_of
from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import UNKNOWN, Period
from followthearms.knowledge.names import plain

ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}


def _full_year(digits: str) -> int:
    """A year of two digits stands in the hundred years that end in 2049."""
    number = int(digits)
    return number if number > 99 else number + (1900 if number > 49 else 2000)


def iso(match: Match, _: Anchor) -> Period | None:
    """ "2019-03-03"."""
    return cal.day(int(match[1]), int(match[2]), int(match[3]))


def dotted(match: Match, _: Anchor) -> Period | None:
    """ "3.12.2019" is the third of December."""
    return cal.day(int(match[3]), int(match[2]), int(match[1]))


def day_of_month(match: Match, anchor: Anchor) -> Period | None:
    """ "3 March 2019", "March 3-5", "14 NOV 89", "5 May last year"."""
    if match["year"]:
        return _days_in(match, _full_year(match["year"].strip("'’")))
    if anchor.published is None:
        return UNKNOWN if _days_in(match, 2000) else None
    if match["rel_year"]:
        return _days_in(match, anchor.published.year + way_of(match["rel_year"]))
    return _nearest(match, anchor.published, anchor.looks_ahead(match))


SOON = 60
"""Days ahead for which news leaves out the year even where no word tells that they lie ahead."""
JUST = 30
"""Days back for which it does even where a word of the future stands near: next year's day would get its year."""


def _nearest(match: Match, published: dt.date, ahead: bool) -> Period | None:
    """The latest such day before publication, or the next one if it is soon or the clause looks ahead."""
    days = [p for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4) if (p := _days_in(match, published.year + n)) and p.first]
    after = next((p for p in days if p.first and p.first > published), None)
    before = [p for p in days if p.first and p.first <= published]
    soon = after is not None and after.first is not None and (after.first - published).days <= SOON
    just = bool(before) and (published - (before[-1].first or dt.date.min)).days <= JUST
    return after if after and ((ahead and not just) or soon or not before) else before[-1] if before else None


def _days_in(match: Match, year: int) -> Period | None:
    month = cal.MONTHS[match["month"].lower()]
    first = cal.day(year, month, int(match["day"]))
    last = cal.day(year, month, int(match["to"])) if match["to"] else first
    if first is None or last is None or (first.first or dt.date.min) > (last.last or dt.date.max):
        return None
    return Period(first.first, last.last)


def month(match: Match, anchor: Anchor) -> Period | None:
    """ "October 2018", "last October", "May of last year", "October"."""
    month, published = cal.MONTHS[match["month"].lower()], anchor.published
    if match["year"]:
        return cal.months(int(match["year"]), month)
    if published is None:
        return UNKNOWN
    if match["rel_year"]:
        return cal.months(published.year + way_of(match["rel_year"]), month)
    gap = month - published.month
    if not match["rel"]:
        soon = gap % 12 <= 1
        forward = anchor.looks_ahead(match) or (soon and gap != 0)
        return cal.months(published.year + ((gap < 0) if forward else -(gap > 0)), month)
    way = way_of(match["rel"])
    return cal.months(published.year + {-1: -(gap >= 0), 0: 0, 1: int(gap <= 0)}[way], month)


def weekday(match: Match, anchor: Anchor) -> Period | None:
    """ "Sunday", "next Friday"; without a word, the latest one, or the next if the clause looks ahead."""
    published = anchor.published
    if published is None:
        return UNKNOWN
    gap = cal.WEEKDAYS[match["weekday"].lower()] - published.weekday()
    way = way_of(match["rel"]) if match["rel"] else None
    if way == 1 or (way is None and gap and anchor.looks_ahead(match)):
        shift = gap if gap > 0 else gap + 7
    elif way == 0:
        shift = gap
    else:
        shift = gap if gap < 0 or (gap == 0 and way is None) else gap - 7
    return one_day(published, shift)


def decade(match: Match, _: Anchor) -> Period | None:
    """ "The 1990s", "80's"."""
    digits = match["decade"]
    return cal.year(int(digits) if len(digits) == 4 else _full_year(digits), 10)


def fiscal(match: Match, _: Anchor) -> Period | None:
    """A fiscal year that is told by two years, or called financial, runs from April (India, Britain, Japan);
    one that is told by one year runs from the October before (United States)."""
    number = _full_year(match["year"])
    if match["to"]:
        return cal.months(number, 4, 12)
    return cal.months(number - 1, 4 if plain(match["kind"]).startswith("financial") else 10, 12)


def _year_of(match: Match, anchor: Anchor) -> int | None:
    if match["year"]:
        return int(match["year"])
    if anchor.published is None:
        return None
    return anchor.published.year + (way_of(match["rel_year"]) if match["rel_year"] else 0)


def quarter(match: Match, anchor: Anchor) -> Period | None:
    """ "Q1 2024", "the first quarter"; without a year, the year of publication."""
    number = ORDINALS[plain(match["ordinal"])] if match["ordinal"] else int(match["q"])
    of = _year_of(match, anchor)
    return cal.quarter(number, of) if of else UNKNOWN


def season(match: Match, anchor: Anchor) -> Period | None:
    """ "Last summer", "winter of 2020"."""
    name = plain(match["season"])
    if match["year"]:
        return cal.season(name, int(match["year"]))
    published = anchor.published
    if published is None:
        return UNKNOWN
    seasons = [cal.season(name, published.year + n) for n in (-2, -1, 0, 1, 2)]
    match way_of(match["rel"]):
        case -1:
            return [s for s in seasons if s.last and s.last < published][-1]
        case 1:
            return next(s for s in seasons if s.first and s.first > published)
        case _:
            return next(s for s in seasons if s.last and s.last >= published)


def year(match: Match, _: Anchor) -> Period | None:
    """ "2019", "2019-21"."""
    first = int(match["year"])
    if not match["to"]:
        return cal.year(first)
    last = first // 100 * 100 + int(match["to"])
    return cal.year(first, last - first + 1) if first < last <= first + 30 else None
