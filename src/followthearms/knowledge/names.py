"""Names, and finding many of them in a text in one pass.

A name is a run of words; an `Index` holds any number of them by their first word and returns the longest that stands at
a word of the text. Case and punctuation are part of the name: "US" is no "us", "AT&T" no "AT, T".
Invariant: a match starts and ends at word edges, and `text[match.start:match.end]` is what was matched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_MAX_GAP = 4
"""Code points between two words of one name; wide enough for " & " and for a line break with an indent."""


class Sort(StrEnum):
    """What a name names, and so how the mention of it is made."""

    STATE = "state"
    PEOPLE = "people"
    SEAT = "seat"
    PREFIX = "prefix"  # "Indo-" before another adjective
    BODY = "body"
    BLOC = "bloc"
    GROUP = "group"
    GENERIC = "generic"
    VAGUE = "vague"
    COMPANY = "company"
    FORCE = "force"
    AMBIGUOUS = "ambiguous"
    INSTITUTION = "institution"
    NOUN = "noun"
    HIDDEN = "hidden"  # looks like a state and is none
    TITLE = "title"
    POST = "post"
    STYLE = "style"
    ADDRESS = "address"
    LEADER = "leader"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling. `code` is what it stands for: a state, body or group; for AMBIGUOUS, codes parted by a space."""

    surface: str
    code: str
    sort: Sort


class Word(NamedTuple):
    """A word of a text: its folded form and its offsets."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text. `first` and `last` are indices of its words, both included."""

    name: Name
    start: int
    end: int
    first: int
    last: int


@lru_cache(maxsize=1)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in order. The last text's are kept, as several finders read the same one."""
    return tuple(iter_words(text))


def iter_words(text: str) -> Iterator[Word]:
    """The words of a stretch of text, one by one."""
    for m in _WORD.finditer(text):
        yield Word(fold(m.group()), m.start(), m.end())


def plain(words: str) -> str:
    """Words as the tables write them: lower case, single blanks.

    Undoes what `re.IGNORECASE` takes for a letter of the alphabet and `lower` leaves as it is: "ſ", "ı" and "İ".
    """
    return " ".join(words.upper().lower().replace("i\u0307", "i").split())


def fold(word: str) -> str:
    """The word as names are compared: lower case, without diacritics."""
    return word.lower() if word.isascii() else _fold(word)


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name prepared for comparison."""

    name: Name
    keys: tuple[str, ...]
    exact: tuple[str, ...]  # the words as they must stand, for short abbreviations; else empty
    capital: tuple[bool, ...]  # which words must start with a capital
    gaps: frozenset[str]
    dotted: bool  # ends with a full stop that belongs to it: "U.S."


class Index:
    """Names by their first word, the longest first; of equal ones the first given wins."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_first: dict[str, list[_Entry]] = {}
        for name in names:
            entry = _entry(name)
            if entry.keys:
                self._by_first.setdefault(entry.keys[0], []).append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e.keys))

    def at(self, text: str, words: Sequence[Word], i: int) -> Match | None:
        """The longest name whose first word is word `i`."""
        for entry in self._by_first.get(words[i].key, ()):
            last = i + len(entry.keys) - 1
            if last < len(words) and _stands(entry, text, words, i):
                end = words[last].end
                end += entry.dotted and text[end : end + 1] == "."
                return Match(entry.name, words[i].start, end, i, last)
        return None

    def scan(self, text: str, words: Sequence[Word]) -> Iterator[Match]:
        """Every longest name from left to right, without overlaps."""
        i, known = 0, self._by_first
        while i < len(words):
            match = self.at(text, words, i) if words[i].key in known else None
            if match:
                yield match
            i = match.last + 1 if match else i + 1


def _stands(entry: _Entry, text: str, words: Sequence[Word], i: int) -> bool:
    for n, key in enumerate(entry.keys):
        word = words[i + n]
        if word.key != key:
            return False
        if entry.exact:
            if text[word.start : word.end] != entry.exact[n]:
                return False
        elif entry.capital[n] and text[word.start].islower():
            return False
        if n and not _fits(entry.gaps, text[words[i + n - 1].end : word.start]):
            return False
    return True


def _fits(allowed: frozenset[str], gap: str) -> bool:
    return len(gap) <= _MAX_GAP and gap.count("\n") < 2 and all(c.isspace() or c in allowed for c in gap)


_APOSTROPHES = frozenset("'’‘`")
_DASHES = frozenset("-‐‑–")


def _entry(name: Name) -> _Entry:
    found = list(_WORD.finditer(name.surface))
    spelled = tuple(m.group() for m in found)
    marks = frozenset(_WORD.sub("", name.surface))
    gaps = marks | _DASHES | (_APOSTROPHES if marks & _APOSTROPHES else frozenset())
    return _Entry(
        name,
        tuple(fold(w) for w in spelled),
        spelled if _is_abbreviation(name.surface) else (),
        tuple(w[0].isupper() for w in spelled),
        gaps,
        name.surface.endswith("."),
    )


def _is_abbreviation(surface: str) -> bool:
    """True if only its exact case tells it from a common word: "US", "LeT", "BAe", not "NORINCO" nor "Saab"."""
    letters = [c for c in surface if c.isalpha()]
    if " " in surface or len(letters) > 6:
        return False
    capitals = sum(c.isupper() for c in letters)
    return capitals == len(letters) or (len(letters) <= 4 and capitals > 1)
