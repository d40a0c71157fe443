"""Dates and periods: "3 March 2019", "last October", "by 2025", "between March and May 2019".

Invariant: `first <= last` where both are known; what hangs on an unknown day of publication has no ends; an open end
("by", "since", "until") is null. "by 2025" ends with the year and begins nowhere: so the codebook rules.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from followthearms.extract.mentions.dates import rules
from followthearms.extract.mentions.dates.periods import Anchor, Match
from followthearms.extract.mentions.dates.rules import Rule
from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import Period
from followthearms.knowledge.names import plain
from followthearms.knowledge.numerals import one_of
from followthearms.model import DateRange
from followthearms.model.mentions import Mention, MentionType

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Point:
    """A phrase and its period.

    `in_year` places it in another year if it names none itself ("March", "5 May"); `middle` is the day that
    "by mid-June" means; a `weak` one is a date only beside a word that makes it one ("the end of the year"); before one
    that `closes` a period there is time up to its last day.
    """

    start: int
    end: int
    period: Period
    in_year: Callable[[int], Period | None] | None = None
    middle: dt.date | None = None
    weak: bool = False
    closes: bool = False


def find_dates(text: str, published: dt.date | None, ahead: Callable[[int, int], bool] | None = None) -> list[Mention]:
    """The dates of a text, in order and without overlap, placed against the day of publication.

    `ahead(start, end)` tells whether the words there stand in a clause about the future, where "in October" is the next
    one; if it is not given, the cue words of calendar.yaml decide. A day of publication outside `calendar.YEARS` counts
    as unknown.
    """
    if published and published.year not in cal.YEARS:
        published = None
    anchor = Anchor(published, ahead or (lambda start, end: looks_ahead(text, start, end)))
    points = _narrow(text, _longest(_points(text, anchor)))
    points = [p for p in _join(text, points) if not p.weak]
    return [Mention(MentionType.DATE, _range(text, p)) for p in (_bound(text, p, published) for p in points)]


def _range(text: str, point: _Point) -> DateRange:
    first, last = point.period.first, point.period.last
    return DateRange(start=point.start, end=point.end, text=text[point.start : point.end], first=first, last=last)


# --- phrases by themselves


def _points(text: str, anchor: Anchor) -> Iterator[_Point]:
    lowered = text.lower()
    for rule in rules.DAYS:
        yield from _scan(text, lowered, rule, anchor, open_year=True)
    for rule in rules.OTHERS:
        yield from _scan(text, lowered, rule, anchor)
    yield from (p for p in _scan(text, lowered, rules.MONTH, anchor, open_year=True) if _is_month(text, p))
    yield from (p for p in _scan(text, lowered, rules.YEAR, anchor) if _is_year(text, p))
    yield from (
        replace(p, closes=True)
        for p in _scan(text, lowered, rules.END, anchor)
        if _BEFORE_END.search(_before(text, p.start))
    )
    yield from (replace(p, weak=True) for p in _scan(text, lowered, rules.WEAK, anchor) if text[p.start] in "tT")
    yield from (p for p in _scan(text, lowered, rules.WEAK, anchor) if text[p.start] in "lL")


def _scan(text: str, lowered: str, rule: Rule, anchor: Anchor, *, open_year: bool = False) -> Iterator[_Point]:
    if rule.words and not any(word in lowered for word in rule.words):
        return
    for match in rule.pattern.finditer(text):
        period = rule.place(match, anchor)
        if period is None:
            continue
        free = open_year and not match["year"] and not match["rel_year"]
        yield _Point(match.start(), match.end(), period, _in_year(match) if free else None)


def _in_year(match: Match) -> Callable[[int], Period | None]:
    """Places a day or month that names no year in the year of the date that it is joined to."""
    month = cal.MONTHS[match["month"].lower()]
    number = match.groupdict().get("day")
    return lambda year: cal.day(year, month, int(number)) if number else cal.months(year, month)


def _longest(points: Iterator[_Point]) -> list[_Point]:
    """Those that start first and, of them, the longest; no two overlap."""
    kept: list[_Point] = []
    for point in sorted(points, key=lambda p: (p.start, -p.end, p.weak)):
        if not kept or kept[-1].end <= point.start:
            kept.append(point)
    return kept


_TIME_WORD = re.compile(
    rf"(?:\b(?:in|by|since|until|till|from|to|of|during|before|after|between|and|or|year|around|circa|through|for|the|a|an"
    rf"|{one_of([w for form in cal.PARTS for w in form.split()])})|[-–—(/])[\s-]*$",
    re.IGNORECASE,
)
_BEFORE_END = re.compile(r"\b(?:by|before|until|till|at|around|about|towards?|prior\s+to)\s+$", re.IGNORECASE)
_COUNTED = re.compile(r"\s+[a-z]+s\b")
_NAMED = re.compile(r"(?:[A-Z][\w’'&.-]*|\b[A-Z]+)\s+$")
_OPENERS = frozenset(
    "in by since until till from to of during before after between and or the a an for year but on as".split()
)


def _before(text: str, start: int) -> str:
    return text[max(0, start - 24) : start]


def _is_month(text: str, point: _Point) -> bool:
    """False for "May" and "March" that are no months, and for a bare abbreviation ("Mar", "Dec" stand by a number)."""
    words = text[point.start : point.end]
    if words.rstrip(".").lower() == "may":
        before = re.search(r"([A-Za-z]+)[\s-]+$", _before(text, point.start))
        return before is not None and before[1].lower() in _MAY_AFTER
    return words.lower() not in _BARE_ABBREVIATIONS


_MAY_AFTER = frozenset(
    "in by since until till from to of during before after between mid early late last next this through".split()
)
_BARE_ABBREVIATIONS = frozenset({"mar", "dec", "sep", "jun", "jul", "apr", "aug", "nov", "oct", "jan", "feb"})


def _is_year(text: str, point: _Point) -> bool:
    """True if four digits are a year: by the word before them, or because nothing near says a count or a name."""
    before = _before(text, point.start)
    if re.search(r"[$€£₹¥+-]\s?$|\d[,.]$|\w[-–]$", before) and not re.search(
        r"(?:mid|early|late|end|\d{4})[-–]$", before, re.I
    ):
        return False
    named = _NAMED.search(before)
    if named and named[0].strip().lower() not in _OPENERS and not named[0].strip().endswith("."):
        return text[max(0, point.start - 80) : point.start].isupper() and bool(_TIME_WORD.search(before))
    return bool(_TIME_WORD.search(before)) or not _COUNTED.match(text, point.end)


# --- parts: "early 2020", "the first week of November"

_PART = re.compile(rf"(?:(?<=\W)|^)({one_of(cal.PARTS)})(?:\s+of)?[\s-]+(?:the\s+)?['’]?$", re.IGNORECASE)
_WEEK_OF = re.compile(
    rf"\b({one_of(('first', 'second', 'third', 'fourth', 'last'))})\s+week\s+(?:of|in)\s+$", re.IGNORECASE
)
_YEAR_ENDED = re.compile(r"(?:fiscal\s+|financial\s+)?year\s+(?:ended|ending)\s+(?:on\s+|in\s+)?$", re.IGNORECASE)
_REACH = 40


def _narrow(text: str, points: list[_Point]) -> list[_Point]:
    """Points with the words before them that name a part of the period."""
    narrowed, floor = [], 0
    for point in points:
        narrowed.append(_narrowed(text, point, floor))
        floor = point.end
    return narrowed


def _narrowed(text: str, point: _Point, floor: int) -> _Point:
    low = max(floor, point.start - _REACH)
    before = text[low : point.start]
    if match := _WEEK_OF.search(before):
        nth = ("first", "second", "third", "fourth", "last").index(plain(match[1]))
        return replace(point, start=low + match.start(), period=_nth_week(point.period, nth), in_year=None)
    if (match := _YEAR_ENDED.search(before)) and (last := point.period.last):
        first = cal.add_months(last + _DAY, -12)
        return _Point(low + match.start(), point.end, Period(first, last))
    if match := _PART.search(before):
        part = cal.PARTS[plain(match[1])]
        middle = cal.middle(point.period) if part is cal.Part.MID and point.period.known else None
        period = cal.part_of(point.period, part)
        return _Point(low + match.start(), point.end, period, middle=middle, closes=part is cal.Part.END)
    return point


def _nth_week(period: Period, nth: int) -> Period:
    """Days 1 to 7, 8 to 14, … of a month; the last week is its last seven days."""
    if period.first is None or period.last is None:
        return period
    start = period.last - dt.timedelta(days=6) if nth == 4 else period.first + dt.timedelta(days=7 * nth)
    return Period(start, min(start + dt.timedelta(days=6), period.last))


# --- joins: "between X and Y", "X to Y", "late 2029 or early 2030"

_LINK = re.compile(r"\s?[-–—]\s?|\s+(?:to|or|till|until|through)(?:\s+(?:in|the|by))?\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_OPENING = re.compile(r"\b(between|from)\s+(?:the\s+)?$", re.IGNORECASE)


def _join(text: str, points: list[_Point]) -> list[_Point]:
    """Points of which two that a word joins have become one."""
    joined: list[_Point] = []
    for point in points:
        both = _both(text, joined[-1], point) if joined else None
        joined[-1:] = [joined[-1], point] if joined and both is None else [both or point]
    return joined


def _both(text: str, one: _Point, other: _Point) -> _Point | None:
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
    return _Point(start, other.end, Period(first.first, other.middle or other.period.last))


def _is_absolute(text: str, point: _Point) -> bool:
    """True if the words name a month or a year themselves ("this year to August 2023" is no range)."""
    return point.in_year is not None or any(c.isdigit() for c in text[point.start : point.end])


def _not_after(in_year: Callable[[int], Period | None], last: dt.date) -> Period | None:
    """The day or month in the year of `last`, or in the year before if it would come later."""
    same = in_year(last.year)
    return same if same and same.first and same.first <= last else in_year(max(last.year - 1, 1))


# --- bounds: "by", "until", "since", "from … on"

_LASTS = r"(?:runs?|running|ran|lasts?|lasting|extends?|extending|stretch(?:es|ing)?)"
_PREFIX = re.compile(
    r"\b(?:(by|until|till|up\s+to|within|before|prior\s+to|since|after|from|starting\s+from|starting)"
    rf"|{_LASTS}\s+(to))\s+(?:the\s+|in\s+|about\s+|around\s+)?$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:onwards?|forward|on)\b(?!\s+(?:the|a)\b)", re.IGNORECASE)


def _bound(text: str, point: _Point, published: dt.date | None) -> _Point:
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
    return date + days * _DAY


# --- the future

_PARTS = one_of({word for form in cal.PARTS for word in form.split()})
_DEADLINE = re.compile(  # right before the date only: elsewhere "by" names who did it
    rf"\b(?:by|until|till)[\s-]+(?:(?:the|of|in|about|around|at|{_PARTS})[\s-]+)*$", re.IGNORECASE
)
_AHEAD = re.compile(rf"\b(?!(?-i:May)\b)(?:{one_of(cal.NAMES.ahead)})\b", re.IGNORECASE)  # the month is no cue
_CLAUSE = re.compile(r"[.;:!?\n]|,\s|\s(?:and|but|while|which|who|that)\s")
_SIDE = 120
_NEAR, _OPENING_REACH = 2, 10
"""Words after a date in which a cue is sought: few inside a clause, more if the date opens it."""


def looks_ahead(text: str, start: int, end: int) -> bool:
    """True if the words are a deadline, or their clause has a cue of the future, before them or soon after."""
    if _DEADLINE.search(text[max(0, start - _REACH) : start]):
        return True
    before = _CLAUSE.split(text[max(0, start - _SIDE) : start])[-1]
    after = re.split(r"[.;:!?\n]|\s(?:and|but|which|who|that)\s", text[end : end + _SIDE])[0].split()
    reach = _NEAR if len(before.split()) > 2 else _OPENING_REACH
    return _AHEAD.search(" ".join((before, *after[:reach]))) is not None
