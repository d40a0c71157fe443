"""Days as pages, files and addresses state them.

Invariant: a day is read as it is written there, in no other time zone; one that can be read in two ways is not read.
"""

from __future__ import annotations

import datetime as dt
import re

from followthearms.knowledge.calendar import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\s*(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?=[T\s]|\d{6}\b|$)")
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s,.-]+(?:of\s+)?({_MONTH})\b\.?[\s,-]+(\d{{4}})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.?[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+(\d{{4}})\b", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_SLASHED = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b")
_IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)"),
    re.compile(r"-((?:19|20)\d\d)-(\d\d)-(\d\d)/?$"),
)
_NAMED_IN_ADDRESS = re.compile(rf"/((?:19|20)\d\d)/({_MONTH})/(\d{{1,2}})(?!\d)", re.IGNORECASE)


def iso_day(words: str) -> dt.date | None:
    """The day that a date or time in ISO order begins with, as it is written there (no time zone is applied)."""
    return _day(_ISO.match(words))


def stated_day(words: str) -> dt.date | None:
    """The first day that is stated in words or figures: "2019-03-04T…", "20190304", "Mon, 04 Mar 2019", "4.3.2019".

    "03/04/2019" is the fourth of March or the third of April, and thus no day.
    """
    found = iso_day(words) or _day(_COMPACT.match(words))
    if found:
        return found
    if named := _DAY_FIRST.search(words):
        return _made(named[3], MONTHS[named[2].lower()], named[1])
    if named := _MONTH_FIRST.search(words):
        return _made(named[3], MONTHS[named[1].lower()], named[2])
    if dotted := _DOTTED.search(words):
        return _made(dotted[3], dotted[2], dotted[1])
    if slashed := _SLASHED.search(words):
        return _the_one_way(slashed[4], slashed[1], slashed[3])
    return None


def day_in_url(url: str) -> dt.date | None:
    """The day in an address such as `https://courier.example/2019/03/04/rifles`."""
    path = url.partition("?")[0].partition("#")[0]
    if named := _NAMED_IN_ADDRESS.search(path):
        return _made(named[1], MONTHS[named[2].lower()], named[3])
    return next((day for pattern in _IN_ADDRESS if (day := _day(pattern.search(path)))), None)


def _the_one_way(year: str, first: str, second: str) -> dt.date | None:
    """The day, if only one of the two numbers can be the month, or both are the same."""
    ways = {_made(year, first, second), _made(year, second, first)} - {None}
    return ways.pop() if len(ways) == 1 else None


def _day(found: re.Match[str] | None) -> dt.date | None:
    return _made(*found.groups()) if found else None


def _made(year: str, month: str | int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:  # a thirteenth month is no date
        return None
