"""What phrases of time look like. Each rule is a pattern and the function of `periods` or `counted` that places what it
matches.

Names of months and days want their capital (so "may" and "march" stay verbs); all other words take any case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from followthearms.extract.mentions.dates import counted, periods
from followthearms.extract.mentions.dates.anchor import Anchor, Match
from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import UNKNOWN, Period
from followthearms.knowledge.numerals import AMOUNT, one_of

Place = Callable[[Match, Anchor], Period | None]


class Rule(NamedTuple):
    """A pattern, the function that places its matches, and words (in lower case) of which every match holds one.

    The words spare most texts the pattern: to look for them costs a hundredth of it.
    """

    pattern: re.Pattern[str]
    place: Place
    words: tuple[str, ...] = ()


def _both_cases(names: Iterable[str]) -> str:
    return one_of({form for name in names for form in (name, name.upper())})


def _rule(pattern: str, place: Place, *words: str) -> Rule:
    return Rule(re.compile(rf"(?<![\w/]){pattern}(?!\w)"), place, words)


_MONTH = (
    rf"(?P<month>{_both_cases(n for names in cal.NAMES.months.values() for n in names)})\b"
    r"(?:(?<=\b[A-Za-z]{3})(?<![Mm][Aa][Yy])\.|(?<=\bSept)\.)?"
)
_WEEKDAY = rf"(?P<weekday>{_both_cases(names[0] for names in cal.NAMES.weekdays.values())})\b"
_ANY_WEEKDAY = rf"(?:(?:{_both_cases(n for names in cal.NAMES.weekdays.values() for n in names)})\.?,?\s+)?"
_YEAR = r"(?:1[89]|20)\d\d"
_TH = r"(?:st|nd|rd|th|ST|ND|RD|TH)?"
_TO = r"(?:\s?[-–—]\s?|\s+(?i:to|and)\s+)"
_REL = rf"(?P<rel>(?i:{one_of([*cal.NAMES.past, *cal.NAMES.this, *cal.NAMES.next])}))"
_REL_YEAR = r"\s+(?i:of\s+)?(?P<rel_year>(?i:last|this|next|the\s+previous))\s+(?i:year)"
_UNIT = r"(?P<unit>(?i:day|week|month|year|decade))"
_VAGUE = r"several|a\s+few|few|many|some|a\s+couple\s+of|couple\s+of"
_COUNT = rf"(?P<count>(?i:{AMOUNT}|{_VAGUE}|an?))"
_ORDINAL = rf"(?P<ordinal>(?i:{one_of(periods.ORDINALS)}))"
_SHORT_YEAR = r"['’]?\d\d(?=\s*[,()\]]|\.?\s*$|\s*-|\.\s)"

DAYS: tuple[Rule, ...] = (
    _rule(
        rf"{_ANY_WEEKDAY}(?P<day>\d{{1,2}}){_TH}(?:{_TO}(?P<to>\d{{1,2}}){_TH})?\s+(?:of\s+)?{_MONTH}"
        rf"(?:,?\s+(?P<year>{_YEAR}|{_SHORT_YEAR})|{_REL_YEAR})?",
        periods.day_of_month,
    ),
    _rule(
        rf"{_ANY_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}){_TH}(?:{_TO}(?P<to>\d{{1,2}}){_TH}(?!\s?[-–—]?\w))?(?![\d:,.]?\d)"
        rf"(?:,?\s+(?P<year>{_YEAR})(?!\d|,\d)|{_REL_YEAR})?",
        periods.day_of_month,
    ),
)
"""Days of a month, whose year may be left out."""

MONTH = _rule(
    rf"(?:{_REL}\s+)?{_MONTH}(?:(?:\s+(?i:of)\s+|,?\s+)(?P<year>{_YEAR})(?!\d|[.,]\d)|{_REL_YEAR})?", periods.month
)
"""A month, whose year may be left out."""

YEAR = _rule(rf"(?P<year>{_YEAR})(?:[-–/](?P<to>\d\d))?(?![-–]\w*[a-zA-Z]|[,.]\d|%)", periods.year)
"""A bare year; whether four digits are one, their neighbours tell."""

WEAK = _rule(
    r"(?P<shift>(?i:later\s+in)\s+)?(?i:the)\s+(?P<unit>(?i:year|quarter|month|week|decade))", counted.the_unit, "the "
)
"""A date only beside a word that makes it one ("the end of the year")."""

END = _rule(
    r"(?:(?i:the)\s+)?(?P<of>(?i:end)[\s-](?i:of)[\s-])?(?P<unit>(?i:year|quarter|month|decade))"
    rf"(?(of)|(?:[\s-]|['’]s\s+)(?i:end))(?:\s+(?:(?i:of)\s+)?(?P<year>{_YEAR}))?",
    counted.the_end,
    "end",
)
"""The end of a period, by the words of a deadline only: "by year-end", "before the year's end"."""

OTHERS: tuple[Rule, ...] = (
    _rule(r"(\d{4})-(\d\d)-(\d\d)", periods.iso, "-"),
    _rule(rf"(?<!\.)(\d{{1,2}})\.(\d{{1,2}})\.({_YEAR})(?!\.\d)", periods.dotted, ".1", ".2"),
    _rule(rf"(?:{_REL}\s+)?{_WEEKDAY}(?:\s+(?i:night|morning|afternoon|evening))?", periods.weekday, "day"),
    _rule(
        rf"(?:(?P<shift>(?i:earlier|later))\s+(?i:in\s+)?)?{_REL}\s+"
        r"(?P<unit>(?i:week|weekend|month|quarter|fiscal\s+year|financial\s+year|year|decade))",
        counted.relative,
        "week",
        "month",
        "quarter",
        "year",
        "decade",
    ),
    _rule(r"(?i:over)\s+(?i:the)\s+(?P<shift>)(?P<rel>)(?P<unit>(?i:weekend))", counted.relative, "weekend"),
    _rule(rf"(?P<over>(?i:over|more\s+than)\s+)?(?:{_COUNT}\s+)?{_UNIT}s?\s+(?i:ago|back)", counted.ago, "ago", "back"),
    _rule(
        r"(?:(?i:over|during|in|within)\s+)?(?:(?i:the)\s+)?(?P<rel>(?i:last|past|next|coming|recent|previous))\s+"
        rf"(?:{_COUNT}\s+)?{_UNIT}s",
        counted.last_units,
        "last",
        "past",
        "next",
        "coming",
        "recent",
        "previous",
    ),
    _rule(rf"(?i:over|during|within)\s+(?i:the\s+next)\s+{_UNIT}", counted.coming_unit, "next"),
    _rule(rf"(?i:within)\s+(?:(?i:the)\s+)?(?:(?i:next)\s+)?{_COUNT}\s+{_UNIT}s?", counted.within, "within"),
    _rule(
        r"(?i:(?:earlier\s+|later\s+)?today|tonight|(?:later\s+)?this\s+(?:morning|afternoon|evening)|now)",
        counted.on_the_day(0),
    ),
    _rule(r"(?i:yesterday|last\s+night)", counted.on_the_day(-1)),
    _rule(r"(?i:tomorrow)", counted.on_the_day(1)),
    _rule(r"(?i:recently|lately)", counted.recently, "recent", "lately"),
    _rule(r"(?i:soon|shortly|in\s+the\s+(?:past|near\s+future|future))", lambda *_: UNKNOWN),
    _rule(
        r"(?:(?i:the)\s+)?(?:(?P<decade>(?:1[89]|20)\d0|(?<![\d,.])[2-9]0)['’]?s)", periods.decade, "0s", "0's", "0’s"
    ),
    _rule(
        r"(?P<kind>(?i:fiscal(?:\s+year)?|financial\s+year)\s|FY[\s-]?)(?P<year>\d{4}|\d\d)"
        r"(?:\s?[-–/]\s?(?P<to>\d{4}|\d\d))?",
        periods.fiscal,
        "fiscal",
        "financial",
        "fy",
    ),
    _rule(
        rf"(?:{_ORDINAL}\s+(?i:quarter)|Q(?P<q>[1-4]))(?:,?(?:\s+(?i:of))?\s+(?P<year>{_YEAR})|{_REL_YEAR})?",
        periods.quarter,
        "quarter",
        "q1",
        "q2",
        "q3",
        "q4",
    ),
    _rule(
        rf"(?:{_REL}\s+)?(?P<season>(?i:{one_of(cal.NAMES.seasons)}))(?:\s+(?:(?i:of)\s+)?(?P<year>{_YEAR}))?"
        r"(?(rel)|(?(year)|(?!)))",
        periods.season,
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
    ),
)
