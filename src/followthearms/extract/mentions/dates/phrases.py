"""The phrases of time that stand in a text, each by itself: "3 March 2019", "last October", "2025".

Invariant: in order, and no two overlap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from followthearms.extract.mentions.dates import rules
from followthearms.extract.mentions.dates.anchor import Anchor, Match
from followthearms.extract.mentions.dates.point import Point
from followthearms.extract.mentions.dates.rules import Rule
from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import Period
from followthearms.knowledge.numerals import one_of


def find_phrases(text: str, anchor: Anchor) -> list[Point]:
    """Those that start first and, of them, the longest."""
    kept: list[Point] = []
    for point in sorted(_points(text, anchor), key=lambda p: (p.start, -p.end, p.weak)):
        if not kept or kept[-1].end <= point.start:
            kept.append(point)
    return kept


def _points(text: str, anchor: Anchor) -> Iterator[Point]:
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


def _scan(text: str, lowered: str, rule: Rule, anchor: Anchor, *, open_year: bool = False) -> Iterator[Point]:
    if rule.words and not any(word in lowered for word in rule.words):
        return
    for match in rule.pattern.finditer(text):
        period = rule.place(match, anchor)
        if period is None:
            continue
        free = open_year and not match["year"] and not match["rel_year"]
        yield Point(match.start(), match.end(), period, _in_year(match) if free else None)


def _in_year(match: Match) -> Callable[[int], Period | None]:
    """Places a day or month that names no year in the year of the date that it is joined to."""
    month = cal.MONTHS[match["month"].lower()]
    number = match.groupdict().get("day")
    return lambda year: cal.day(year, month, int(number)) if number else cal.months(year, month)


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


def _is_month(text: str, point: Point) -> bool:
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


def _is_year(text: str, point: Point) -> bool:
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
