"""Days, and the periods that words name: months, quarters, seasons, fiscal years, parts of them.

Invariant: a `Period` with both ends has its first day no later than its last. Names and parts are data
(data/lexicon/calendar.yaml). Weeks run from Monday to Sunday.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen


class Part(StrEnum):
    """A part of a period."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"


class _Names(Frozen):
    months: dict[int, list[str]]
    weekdays: dict[int, list[str]]
    seasons: dict[str, int]
    parts: dict[Part, list[str]]
    past: list[str]
    this: list[str]
    next: list[str]
    ahead: list[str]


NAMES = read_lexicon("calendar", _Names)
"""The names as the file gives them."""

MONTHS = {name.lower(): number for number, names in NAMES.months.items() for name in names}
WEEKDAYS = {name.lower(): number for number, names in NAMES.weekdays.items() for name in names}
PARTS = {words: part for part, forms in NAMES.parts.items() for words in forms}
"""Names in lower case -> number of the month, of the weekday (Monday is 0), and part."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; an open or unknown end is None."""

    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def known(self) -> bool:
        """True if both ends are."""
        return self.first is not None and self.last is not None


UNKNOWN = Period()
YEARS = range(100, 9900)
"""Years with room on both sides for every period that is counted from them; others are slips or noise."""


def day(year: int, month: int, number: int) -> Period | None:
    """One day, or None if the calendar has no such day or its year is none of `YEARS`."""
    if year not in YEARS:
        return None
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return None
    return Period(date, date)


def months(year: int, first: int, count: int = 1) -> Period:
    """`count` whole months from month `first` on; a month beyond 12 (or below 1) falls into another year."""
    start = add_months(dt.date(year, 1, 1), first - 1)
    return Period(start, add_months(start, count) - dt.timedelta(days=1))


def year(number: int, count: int = 1) -> Period:
    """`count` whole years."""
    return months(number, 1, 12 * count)


def week(date: dt.date, offset: int = 0) -> Period:
    """The week, Monday to Sunday, that lies `offset` weeks from the one of the date."""
    monday = date + dt.timedelta(days=7 * offset - date.weekday())
    return Period(monday, monday + dt.timedelta(days=6))


def quarter(number: int, of: int) -> Period:
    """A calendar quarter, by its number (1 to 4) and year."""
    return months(of, 3 * number - 2, 3)


def season(name: str, of: int) -> Period:
    """A season of the year, in the northern hemisphere; the winter of 2020 ends in February 2021."""
    return months(of, NAMES.seasons[name], 3)


def add_months(date: dt.date, count: int) -> dt.date:
    """The same day of another month, or that month's last day. Stays within the calendar's years 1 to 9998."""
    index = min(max(date.year * 12 + date.month - 1 + count, 12), 9999 * 12 - 1)
    length = calendar.monthrange(index // 12, index % 12 + 1)[1]
    return date.replace(year=index // 12, month=index % 12 + 1, day=min(date.day, length))


def part_of(period: Period, part: Part) -> Period:
    """A part of a period with known ends.

    A month falls into days 1 to 10, 11 to 20 and the rest; a year is early to March, mid in June and July, late from
    October; a decade is early for its first four years, late for its last three; all else falls into thirds.
    """
    if period.first is None or period.last is None:
        return UNKNOWN
    first, last = period.first, period.last
    length = (last - first).days + 1
    if part in (Part.FIRST_HALF, Part.SECOND_HALF):
        turn = middle(period)
        return Period(first, turn) if part is Part.FIRST_HALF else Period(turn + dt.timedelta(days=1), last)
    if 28 <= length <= 31:
        return _days(first, last, {Part.EARLY: (0, 9), Part.MID: (10, 19)}.get(part, (20, length - 1)))
    if 365 <= length <= 366:
        return months(
            first.year, first.month + {Part.EARLY: 0, Part.MID: 5, Part.LATE: 9}.get(part, 11), _YEAR_PART[part]
        )
    if 3652 <= length <= 3653:
        skip, count = {Part.EARLY: (0, 4), Part.MID: (4, 3), Part.LATE: (7, 3)}.get(part, (9, 1))
        return year(first.year + skip, count)
    third = length // 3
    return _days(
        first,
        last,
        {Part.EARLY: (0, third - 1), Part.MID: (third, length - third - 1)}.get(part, (length - third, length - 1)),
    )


def middle(period: Period) -> dt.date:
    """The last day of its first half: 15 June for a June, 30 June for a year. Wants a period with both ends."""
    if period.first is None or period.last is None:
        raise ValueError("a period without ends has no middle")
    length = (period.last - period.first).days + 1
    if 365 <= length <= 366:
        return add_months(period.first, 6) - dt.timedelta(days=1)
    return period.first + dt.timedelta(days=max(length // 2 - 1, 0))


_YEAR_PART = {Part.EARLY: 3, Part.MID: 2, Part.LATE: 3, Part.END: 1}
"""Months in a part of a year."""


def _days(first: dt.date, last: dt.date, between: tuple[int, int]) -> Period:
    start, end = (first + dt.timedelta(days=n) for n in between)
    return Period(start, max(start, min(end, last)))
