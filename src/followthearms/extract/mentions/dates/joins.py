"""Two dates that a word makes one: "between March and May 2019", "late 2029 or early 2030"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from followthearms.extract.mentions.dates.point import Point
from followthearms.knowledge.calendar import Period

_LINK = re.compile(r"\s?[-–—]\s?|\s+(?:to|or|till|until|through)(?:\s+(?:in|the|by))?\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OPENING = re.compile(r"\b(between|from)\s+(?:the\s+)?$", re.IGNORECASE)


def join(text: str, points: list[Point]) -> list[Point]:
    """Points of which two that a word joins have become one."""
    joined: list[Point] = []
    for point in points:
        both = _both(text, joined[-1], point) if joined else None
        joined[-1:] = [joined[-1], point] if joined and both is None else [both or point]
    return joined


def _both(text: str, one: Point, other: Point) -> Point | None:
    gap = text[one.end : other.start]
    opening = _OPENING.search(text[max(0, one.start - 16) : one.start])
    between = opening is not None and opening[1].lower() == "between"
    if not (_LINK.fullmatch(gap) or (between and _AND.fullmatch(gap))):
        return None
    first = one.period
    if one.in_year and other.in_year is None and other.period.last:
        first = _not_after(one.in_year, other.period.last) or first
    if (first.first and other.period.last and first.first > other.period.last) or one.weak:
        return None
    if not opening and "to" in gap.split() and not (_is_absolute(text, one) and _is_absolute(text, other)):
        return None
    start = one.start - len(opening[0]) if opening else one.start
    return Point(start, other.end, Period(first.first, other.middle or other.period.last))


def _is_absolute(text: str, point: Point) -> bool:
    """True if the words name a month or a year themselves ("this year to August 2023" is no range)."""
    return point.in_year is not None or any(c.isdigit() for c in text[point.start : point.end])


def _not_after(in_year: Callable[[int], Period | None], last: dt.date) -> Period | None:
    """The day or month in the year of `last`, or in the year before if it would come later."""
    same = in_year(last.year)
    return same if same and same.first and same.first <= last else in_year(max(last.year - 1, 1))
