"""Words before a date that leave one of its ends open: "by", "until", "since", "from … on"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from followthearms.extract.mentions.dates.point import Point
from followthearms.knowledge.calendar import Period
from followthearms.knowledge.names import plain

_REACH = 40
"""Characters before a date in which such a word is sought."""

_LASTS = r"(?:runs?|running|ran|lasts?|lasting|extends?|extending|stretch(?:es|ing)?)"
_PREFIX = re.compile(
    r"\b(?:(by|until|till|up\s+to|within|before|prior\s+to|since|after|from|starting\s+from|starting)"
    rf"|{_LASTS}\s+(to))\s+(?:the\s+|in\s+|about\s+|around\s+)?$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:onwards?|forward|on)\b(?!\s+(?:the|a)\b)", re.IGNORECASE)


def bound(text: str, point: Point, published: dt.date | None) -> Point:
    """The point with the word before it that leaves one of its ends open."""
    low = max(0, point.start - _REACH)
    match = _PREFIX.search(text[low : point.start])
    if match is None:
        return point
    first, last = point.period.first, point.middle or point.period.last
    word = match.lastindex or 0
    start = low + match.start(word)
    match plain(match[word]):
        case "by" | "until" | "till" | "to" | "up to":
            return replace(point, start=start, period=Period(None, last))
        case "before" | "prior to":
            return replace(point, start=start, period=Period(None, last if point.closes else _shifted(first, -1)))
        case "after":
            return replace(point, start=start, period=Period(_shifted(last, 1), None))
        case "since":
            if first and published and first > published and point.in_year:
                first = (point.in_year(max(published.year - 1, 1)) or point.period).first
            return replace(
                point,
                start=start,
                period=Period(first, published if first and published and first <= published else None),
            )
        case "within":
            return (
                replace(point, start=start, period=Period(published, last))
                if last and published and published <= last
                else point
            )
        case _:
            onwards = _ONWARDS.match(text, point.end)
            return replace(point, start=start, end=onwards.end(), period=Period(first, None)) if onwards else point


def _shifted(date: dt.date | None, days: int) -> dt.date | None:
    if date is None or not 1 <= date.toordinal() + days <= dt.date.max.toordinal():
        return None
    return date + dt.timedelta(days=days)
