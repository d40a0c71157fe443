"""Where and when a report was written, as it says itself: "NEW DELHI, Oct 29 (ANI):", "WASHINGTON, September 11, 2019".

Invariant: a date inside a sentence is none of these.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from followthearms.extract.mentions.dates.find import find_dates
from followthearms.knowledge.boilerplate import NOT_PLACES
from followthearms.model import DateRange, Extent


@dataclass(frozen=True, slots=True)
class Dateline:
    """What opens a report: "NEW DELHI, Oct 29 (ANI):". `when` is its date as written; `extent` is None in a title."""

    extent: Extent | None
    place: str | None = None
    agency: str | None = None
    when: str | None = None
    metadata: str | None = None


def day_of(when: str, year: int | None = None) -> dt.date | None:
    """The day that the words tell in full, or with the `year` if that is given."""
    for words in (when, f"{when} {year}" if year else "", f"{when}, {year}" if year else ""):
        for mention in find_dates(words, None):
            if isinstance(mention.span, DateRange) and mention.span.first and mention.span.first == mention.span.last:
                return mention.span.first
    return None


# --- at the start of a paragraph

_METADATA = re.compile(r"(?:date:?\s+)?(\d{4}-\d\d-\d\d)(?:T[\d:.]+Z?)?(?:\s+|$)", re.IGNORECASE)
_WORD = r"[A-Z][\w.'’-]*"
_DATE = (
    r"(?:\d{1,2}\s+[A-Z][A-Za-z]{2,8}\.?(?:,?\s+(?:\d{4}|['’]?\d\d))?"
    r"|[A-Z][A-Za-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?)"
)
_SEPARATOR = r"\s*(?:--|[-–—])\s*(?=\S)"
_DATELINE = re.compile(
    rf"(?P<place>{_WORD}(?:\s+{_WORD}){{0,3}})(?:,\s+(?!{_DATE})(?:{_WORD}(?:\s{_WORD})?))?"
    rf"(?:\s*\[[A-Z][\w .]+\]|\s*\([A-Z][\w .]+\)(?=,))?"
    rf"(?:,?\s+(?P<when>{_DATE}))?"
    rf"(?:\s*\((?P<agency>[A-Z][^()\n]{{1,60}})\))?"
    rf"(?P<mark>{_SEPARATOR}|\s*:\s+)?(?:\s*\[[A-Z][A-Z .,'-]*\])*\s*"
)


def read_dateline(text: str, low: int, high: int) -> Dateline | None:
    """The metadata prefix and dateline at the start of a paragraph."""
    metadata = _METADATA.match(text, low, high)
    date = metadata[1] if metadata and _is_day(metadata[1]) else None
    begin = metadata.end() if metadata and date else low
    match = _DATELINE.match(text, begin, high)
    if match is None or not _is_dateline(match, text[match.end() : high]):
        match = None
    end = len(text[:high][: match.end()].rstrip()) if match else begin
    if not (match or date) or end <= low:
        return None
    end = low + len(text[low:end].rstrip())
    parts = match.groupdict() if match else {}
    return Dateline(Extent(start=low, end=end), parts.get("place"), parts.get("agency"), parts.get("when"), date)


def _is_day(words: str) -> bool:
    try:
        dt.date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _is_dateline(match: re.Match[str], rest: str) -> bool:
    """A place with a mark and, unless shouted before a dash, a date, an agency or a colon with prose behind it."""
    place, mark = match["place"], (match["mark"] or "").strip()
    if not rest.strip() or place.lower() in NOT_PLACES:
        return False
    if match["agency"]:
        return bool(mark) and (match["when"] is not None or place.isupper() or mark != ":" or len(place.split()) < 3)
    if match["when"]:
        return bool(mark)
    if mark == ":":
        return len(place.split()) <= 2 and len(rest) > 80 and rest[:1].isupper() and not place.isupper()
    spaced = match["mark"] and match["mark"][0].isspace()
    return bool(mark) and bool(spaced) and place.isupper() and len(place) > 2


def title_dateline(title: str | None) -> Dateline | None:
    """The dateline of a title, if it has one with a date."""
    match = _DATELINE.match(title) if title else None
    if match is None or not match["when"] or not match["mark"]:
        return None
    return Dateline(None, match["place"], match["agency"], match["when"])


# --- on a line of its own

_LABEL = r"(?:date|published|posted|released|issued|updated)(?:\s+on)?\s*:?"
_ABOVE = re.compile(
    rf"(?:(?i:{_LABEL})|(?:{_WORD}(?:\s+{_WORD}){{0,3}},?\s*){{1,2}}|[^.!?\n]*,\s+[A-Z]{{3,}}(?:\s+[A-Z.]{{2,}}){{0,2}},?)?\s*"
)
"""What may stand on the line before its date: nothing, a word for publishing, a place, anything and a shouted place."""
_LONGEST_LINE = 100
"""Code points; lines that date a release are half as long."""


def read_date_line(text: str, low: int, high: int) -> Dateline | None:
    """A line that ends with a full date and has no more than a place or a word for publishing before it."""
    line = text[low:high]
    if "\n" in line or len(line) > _LONGEST_LINE or _METADATA.match(line):
        return None
    dates = find_dates(line, None)
    last = dates[-1] if dates else None
    if last is None or line[last.end :].strip(" .") or day_of(last.span.text) is None:
        return None
    if not _ABOVE.fullmatch(line[: last.start]):
        return None
    return Dateline(Extent(start=low, end=high), when=last.span.text)
