"""The language of searches, the same on the command line, in Python and in addresses.

`supplier:RU equipment:AK-203 -status:delivered after:2019 "joint venture" sort:-told`: words and phrases, filters with
one or several values, a minus for what must not be, and an order. All conditions hold at once, of the values one.
Invariant: `Query.parse(str(query)) == query` and `Query.from_url(query.to_url()) == query`, for whatever was parsed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn, Self
from urllib.parse import parse_qs, urlencode

from followthearms.errors import QueryError
from followthearms.model.filters import FILTERS, SHORTCUTS, SORTS, Days, Numbers, Shape, Value, days, numbers

LONGEST = 1000
"""Code points of a search; what all browsers and servers take as a part of an address."""
MOST_VALUES = 40
"""Words, phrases and values that a search may have in all."""
SHORTEST_BEGINNING = 3
"""Letters and digits that must stand before a `*`, as fewer begin too many words to be looked up quickly."""

_NAMED = re.compile(r"([^\W\d_]+):")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BARE_VALUE = re.compile(r'[^\s",]+')
_BARE_WORD = re.compile(r'[^\s"]+')
_PLAIN_VALUE = re.compile(r'[^\s",\\]+')
_PLAIN_WORD = re.compile(r'[^\s":\\*-][^\s":\\*]*')
_HALVES = ("after", "before")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EXAMPLES = {
    Shape.NUMBER: "write 12, 10..20, 10.., ..20, >10 or <20; 5k, 3m and 1bn are numbers too",
    Shape.DAY: "write 2019, 2019-03, 2019-03-04, 2018..2019-06, 2018.. or ..2019",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or words that must stand one after the other. `beginning`: the last may go on ("rif*")."""

    text: str
    beginning: bool = False
    negated: bool = False

    def __str__(self) -> str:
        text = self.text if _PLAIN_WORD.fullmatch(self.text) else _quoted(self.text)
        return f"{'-' * self.negated}{text}{'*' * self.beginning}"


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter with the values of which one must hold; `negated`: none of them may."""

    name: str
    values: tuple[Value, ...]
    negated: bool = False

    def __str__(self) -> str:
        values = ",".join(v if _PLAIN_VALUE.fullmatch(v) else _quoted(v) for v in map(str, self.values))
        return f"{'-' * self.negated}{self.name}:{values}"


@dataclass(frozen=True, slots=True)
class Sort:
    """What results are sorted by."""

    key: str
    falling: bool = False

    def __str__(self) -> str:
        return f"sort:{'-' * self.falling}{self.key}"


@dataclass(frozen=True, slots=True)
class Query:
    """A search: what must hold, in the order in which it was asked, and the order of its results if one was asked."""

    words: tuple[Words, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sort: Sort | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The query that a text writes. Raises QueryError that names the wrong word, its place and what there is."""
        query = cls(*_Parser(text).parse())
        if max(len(text), len(str(query))) > LONGEST:
            raise QueryError(text[:20], 1, f"the search is longer than {LONGEST} characters", "ask for less at once")
        return query

    @classmethod
    def from_url(cls, query: str) -> Self:
        """The query of an address: of what stands after its question mark. Without `q` it asks for everything."""
        return cls.parse(" ".join(parse_qs(query.removeprefix("?"), errors="surrogateescape").get("q", [])))

    def to_url(self) -> str:
        """The query as a part of an address: `q=supplier%3ARU`."""
        return urlencode({"q": str(self)})

    def __str__(self) -> str:
        return " ".join(map(str, (*self.words, *self.conditions, *((self.sort,) if self.sort else ()))))


class _Parser:
    """Reads a text from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._words: list[Words] = []
        self._conditions: list[Condition] = []
        self._sort: Sort | None = None

    def parse(self) -> tuple[tuple[Words, ...], tuple[Condition, ...], Sort | None]:
        if bad := _UNSTORABLE.search(self._text):
            self._fail(bad.group(), bad.start(), "is no character of a text", "leave it out")
        while self._skip_blanks():
            self._part()
        if len(self._words) + sum(len(c.values) for c in self._conditions) > MOST_VALUES:
            self._fail(self._text[:20], 0, f"has more than {MOST_VALUES} words and values", "ask for less at once")
        return tuple(dict.fromkeys(self._words)), tuple(dict.fromkeys(self._conditions)), self._sort

    def _skip_blanks(self) -> bool:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text)

    def _part(self) -> None:
        """One word, phrase, filter or order."""
        start = self._at
        negated = self._text.startswith("-", start)
        self._at += negated
        if named := _NAMED.match(self._text, self._at):
            self._at = named.end()
            name = named[1].lower()
            if name == "sort":
                self._order(start, negated)
            else:
                self._filter(name, start, negated)
        else:
            self._say(start, negated)

    def _say(self, start: int, negated: bool) -> None:
        text = self._value(_BARE_WORD)
        stands_quoted = self._text[self._at - 1 : self._at] == '"'
        said = self._text[start : self._at]
        if stands_quoted and self._text.startswith("*", self._at):
            self._at += 1
            beginning = True
        else:
            beginning = not stands_quoted and text.endswith("*")
            text = text[:-1] if beginning else text
        letters = sum(c.isalnum() for c in text)
        if not letters:
            self._fail(said, start, "holds no letter and no digit", "search for words, phrases or filters")
        if beginning and letters < SHORTEST_BEGINNING:
            self._fail(said, start, "begins too many words", f"give {SHORTEST_BEGINNING} letters or more before *")
        self._words.append(Words(text, beginning, negated))

    def _order(self, start: int, negated: bool) -> None:
        key = self._value(_BARE_VALUE)
        falling, name = key.startswith("-"), key.lstrip("+-").lower()
        keys = tuple(dict.fromkeys(key for those in SORTS.values() for key in those))
        if negated or name not in keys or len(key) - len(name) > 1:
            self._fail(self._said(start), start, "is no order", f"there are {_listed(keys)}; sort:-told is falling")
        if self._sort:
            self._fail(self._said(start), start, "is a second order", "give one")
        self._sort = Sort(name, falling)

    def _filter(self, name: str, start: int, negated: bool) -> None:
        if name not in FILTERS and name not in SHORTCUTS:
            known = _listed((*FILTERS, *SHORTCUTS, "sort"))
            self._fail(self._said(start), start, "is no filter", f"there are {known}; put other words in quotes")
        values: dict[Value, None] = {}
        while True:
            at = self._at
            values[self._meant(name, self._value(_BARE_VALUE), at)] = None
            if not self._text.startswith(",", self._at):
                break
            self._at += 1
        if self._at < len(self._text) and not self._text[self._at].isspace():
            self._fail(self._said(start), start, "goes on after its last value", "put a blank between, or a comma")
        self._conditions.append(Condition("date" if name in SHORTCUTS else name, tuple(values), negated))

    def _value(self, bare: re.Pattern[str]) -> str:
        """The value that stands here, in quotes or bare. Raises QueryError if none does, or a quote has no end."""
        at = self._at
        if self._text.startswith('"', at):
            quoted = _QUOTED.match(self._text, at)
            if not quoted:
                self._fail(self._text[at : at + 20], at, "has no closing quote", 'end it with "')
            self._at = quoted.end()
            return re.sub(r"\\(.)", r"\1", quoted[1], flags=re.DOTALL)
        found = bare.match(self._text, at)
        self._at = found.end() if found else at
        return found.group() if found else ""

    def _meant(self, name: str, said: str, at: int) -> Value:
        """The value that the words mean for a filter."""
        filter_ = FILTERS["date" if name in SHORTCUTS else name]
        found: Value | None = None
        remedy = _EXAMPLES.get(filter_.shape, "")
        match filter_.shape:
            case Shape.NUMBER:
                found = numbers(said)
            case Shape.DAY:
                found = days(said) if name not in _HALVES else _half(name, said)
            case Shape.CHOICE:
                found = next((c for c in filter_.choices if c == re.sub(r"[\s_]+", "-", said.lower())), None)
                remedy = f"there are {_listed(filter_.choices)}"
            case Shape.NAME:
                found = said if any(c.isalnum() for c in said) else None
                remedy = f"give {filter_.summary}"
        if found is None:
            problem = f"is no value of {name}" if said else f"{name} has no value here"
            self._fail(said or f"{name}:", at, problem, remedy)
        return found

    def _said(self, start: int) -> str:
        end = re.search(r"\s|\Z", self._text[start:])
        return self._text[start : start + (end.start() if end else 0)]

    def _fail(self, word: str, at: int, problem: str, remedy: str) -> NoReturn:
        raise QueryError(word, at + 1, problem, remedy)


def _half(name: str, said: str) -> Days | None:
    """The open period that begins with a day, month or year (`after`), or ends before it."""
    period = days(said) if ".." not in said else None
    if period is None or period.first is None:
        return None
    if name == "after":
        return Days(period.first, None)
    return Days(None, period.first - dt.timedelta(days=1)) if period.first > dt.date.min else None


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


__all__ = ["Condition", "Days", "Numbers", "Query", "Sort", "Value", "Words"]
