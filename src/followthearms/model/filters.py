"""What a query can ask for: its filters, the values that each takes, and what its results can be sorted by.

Invariant: this table is the language: parser, compiler, error messages and documentation read it here. A value is kept
as what it means (a period, a range, the word of a list), and printed in one way only.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from followthearms.model.deals import Consistency, Nature, Status, Topic
from followthearms.model.decisions import Standing
from followthearms.model.kinds import Kind, Modality


class Target(StrEnum):
    """What the rows of an answer are."""

    DEALS = "deals"
    CLAIMS = "claims"
    DOCUMENTS = "documents"


class Shape(StrEnum):
    """What a filter's values are."""

    NAME = "name"  # of a party, a company, a type of equipment, an outlet: as ids or in words
    CHOICE = "choice"
    NUMBER = "number"  # 12, 10..20, 10.., ..20, >10, <20; 5k, 3m, 1bn
    DAY = "day"  # 2019, 2019-03, 2019-03-04, 2018..2019-06, 2018.., ..2019


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the language. `choices` is empty unless its shape is CHOICE."""

    name: str
    shape: Shape
    summary: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbers:
    """A range of numbers; an end that is None is open. `strict`: the ends themselves are left out."""

    low: float | None = None
    high: float | None = None
    strict: bool = False

    def __str__(self) -> str:
        if self.strict:
            return f">{_digits(self.low)}" if self.low is not None else f"<{_digits(self.high)}"
        return _digits(self.low) if self.low == self.high else f"{_digits(self.low)}..{_digits(self.high)}"


@dataclass(frozen=True, slots=True)
class Days:
    """A period, both days included; an end that is None is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __str__(self) -> str:
        for letters in (len("2019"), len("2019-03"), len("2019-03-04")):
            said = self.first and self.first.isoformat()[:letters]
            if said and days(said) == self:
                return said
        return f"{self.first or ''}..{self.last or ''}"


Value = str | Numbers | Days

_YES_NO = ("yes", "no")
_STATES = ("any", "open", "closed")


def _choices(words: Iterable[str]) -> tuple[str, ...]:
    """Choices as queries write them: with hyphens for blanks."""
    return tuple(word.replace(" ", "-") for word in words)


def _table(*filters: Filter) -> dict[str, Filter]:
    return {one.name: one for one in filters}


FILTERS = _table(
    Filter("party", Shape.NAME, "a state, body or group, in whatever role"),
    Filter("supplier", Shape.NAME, "who supplies, sells, gives or licenses"),
    Filter("recipient", Shape.NAME, "who receives, orders or asks for it"),
    Filter("actor", Shape.NAME, "a third party: who seizes, restricts, approves, finances"),
    Filter("company", Shape.NAME, "a company or agency"),
    Filter("person", Shape.NAME, "a person"),
    Filter("place", Shape.NAME, "a place"),
    Filter("equipment", Shape.NAME, "a type or category of equipment, with all that is a kind of it"),
    Filter("source", Shape.NAME, "the outlet or publisher"),
    Filter("nature", Shape.CHOICE, "what a deal is", _choices(Nature)),
    Filter("status", Shape.CHOICE, "where a deal stands", _choices(Status)),
    Filter("kind", Shape.CHOICE, "what a claim says happened", _choices(Kind)),
    Filter("modality", Shape.CHOICE, "how firmly a claim is made", _choices(Modality)),
    Filter("negated", Shape.CHOICE, "whether a claim denies", _YES_NO),
    Filter("disputed", Shape.CHOICE, "whether its text shows a claim to be disputed", _YES_NO),
    Filter("standing", Shape.CHOICE, "what analysts decided on a claim", _choices(Standing)),
    Filter(
        "contradiction", Shape.CHOICE, "how reports of a deal differ", _choices((*Consistency, *_STATES))
    ),  # open and closed: without and with an analyst's ruling
    Filter("topic", Shape.CHOICE, "what reports of a deal differ in", _choices(Topic)),
    Filter("date", Shape.DAY, "when it happened, or is due"),
    Filter("reached", Shape.DAY, "when a deal got where it stands"),
    Filter("published", Shape.DAY, "when it was reported"),
    Filter("quantity", Shape.NUMBER, "how many are told of, by the best figure"),
    Filter("value", Shape.NUMBER, "how much it is worth, by the best figure, in units of its currency"),
    Filter("sources", Shape.NUMBER, "how many independent sources report a deal"),
)
"""Every filter by its name."""

SHORTCUTS = ("year", "after", "before")
"""Ways to write `date`: `year:2019` is `date:2019`, `after:2019` is `date:2019..`, `before:2019` ends with 2018."""

SORTS: dict[Target, tuple[str, ...]] = {
    Target.DEALS: ("rank", "told", "date", "sources", "quantity", "value"),
    Target.CLAIMS: ("published", "date"),
    Target.DOCUMENTS: ("published",),
}
"""What each kind of row can be sorted by; the first, falling, is the order if none is asked for."""

_SCALE = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}
_LARGEST = 10**14  # beyond it, not every whole number is a float
_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)(k|m|bn)?", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def numbers(said: str) -> Numbers | None:
    """The range that the words of a query tell, or None."""
    for mark, strict in ((">=", False), ("<=", False), (">", True), ("<", True)):
        if said.startswith(mark):
            end = _number(said[len(mark) :])
            low_end, high_end = (end, None) if mark[0] == ">" else (None, end)
            return Numbers(low_end, high_end, strict) if end is not None else None
    low, parted, high = said.partition("..")
    ends = _number(low), _number(high) if parted else _number(low)
    if any(text and end is None for text, end in zip((low, high), ends, strict=True)) or ends == (None, None):
        return None
    return None if None not in ends and _falls(ends) else Numbers(*ends)


def days(said: str) -> Days | None:
    """The period that the words of a query tell, or None."""
    low, parted, high = said.partition("..")
    first, last = _period(low), _period(high) if parted else _period(low)
    if (low and first is None) or (high and last is None) or first is last is None:
        return None
    found = Days(first.first if first else None, last.last if last else None)
    return None if found.first and found.last and found.first > found.last else found


def _falls(ends: tuple[float | None, float | None]) -> bool:
    low, high = ends
    return low is not None and high is not None and low > high


def _number(said: str) -> float | None:
    match = _NUMBER.fullmatch(said.lower())
    number = round(float(match[1]) * _SCALE[match[2] or ""], 6) if match else None
    return number if number is None or number <= _LARGEST else None


def _digits(number: float | None) -> str:
    """A number as `_number` reads it back to the same."""
    if number is None:
        return ""
    return str(int(number)) if number == math.floor(number) else f"{number:f}".rstrip("0")


def _period(said: str) -> Days | None:
    """The days of a year, a month or a day."""
    match = _DAY.fullmatch(said)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Days(first, first)
    if year == dt.MAXYEAR and month in (0, 12):
        return Days(first, dt.date.max)
    after = dt.date(year + 1, 1, 1) if month in (0, 12) else dt.date(year, month + 1, 1)
    return Days(first, after - dt.timedelta(days=1))
