"""Parts of a period that the words before it name: "early 2020", "the first week of November"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from followthearms.extract.mentions.dates.point import Point
from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import Period
from followthearms.knowledge.names import plain
from followthearms.knowledge.numerals import one_of

_PART = re.compile(rf"(?:(?<=\W)|^)({one_of(cal.PARTS)})(?:\s+of)?[\s-]+(?:the\s+)?['’]?$", re.IGNORECASE)
_WEEK_OF = re.compile(
    rf"\b({one_of(('first', 'second', 'third', 'fourth', 'last'))})\s+week\s+(?:of|in)\s+$", re.IGNORECASE
)
_YEAR_ENDED = re.compile(r"(?:fiscal\s+|financial\s+)?year\s+(?:ended|ending)\s+(?:on\s+|in\s+)?$", re.IGNORECASE)
_REACH = 40


def narrow(text: str, points: list[Point]) -> list[Point]:
    """Points with the words before them that name a part of the period."""
    narrowed, floor = [], 0
    for point in points:
        narrowed.append(_narrowed(text, point, floor))
        floor = point.end
    return narrowed


def _narrowed(text: str, point: Point, floor: int) -> Point:
    low = max(floor, point.start - _REACH)
    before = text[low : point.start]
    if match := _WEEK_OF.search(before):
        nth = ("first", "second", "third", "fourth", "last").index(plain(match[1]))
        return replace(point, start=low + match.start(), period=_nth_week(point.period, nth), in_year=None)
    if (match := _YEAR_ENDED.search(before)) and (last := point.period.last):
        first = cal.add_months(last + dt.timedelta(days=1), -12)
        return Point(low + match.start(), point.end, Period(first, last))
    if match := _PART.search(before):
        part = cal.PARTS[plain(match[1])]
        middle = cal.middle(point.period) if part is cal.Part.MID and point.period.known else None
        period = cal.part_of(point.period, part)
        return Point(low + match.start(), point.end, period, middle=middle, closes=part is cal.Part.END)
    return point


def _nth_week(period: Period, nth: int) -> Period:
    """Days 1 to 7, 8 to 14, … of a month; the last week is its last seven days."""
    if period.first is None or period.last is None:
        return period
    start = period.last - dt.timedelta(days=6) if nth == 4 else period.first + dt.timedelta(days=7 * nth)
    return Period(start, min(start + dt.timedelta(days=6), period.last))
