"""Texts and searches cut into the same terms: words without case and accents.

Invariant: a term holds letters and digits alone, so that none of it can mean anything to a database; and folding keeps
the length of a text, so that the offsets of a term are those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from followthearms.model import Extent, Frozen
from followthearms.model.query import Words

BAR = "\ue000"
"""A term that no text and no search has: it stands between parts that no phrase may bridge."""

MOST_TERMS = 50_000
MOST_BYTES = 400_000
"""What is kept of one text, in UTF-8: what PostgreSQL takes as one `tsvector` (1 MB), whatever the text."""

_LONGEST = 100
"""Code points of a term; the rest is cut off."""
_BEFORE, _AFTER = 60, 140
"""Code points of a snippet around its first hit: two lines of a terminal."""
_MARKS = "\u0300-\u036f"
_TERM = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_MARK = re.compile(f"[{_MARKS}]")


class Snippet(Frozen):
    """Some words of a text. `start` is their offset in it; `marks` are the extents in the text that were looked for."""

    start: int
    text: str
    marks: tuple[Extent, ...] = ()


class Term(NamedTuple):
    """A term of a text, with the offsets of its word."""

    said: str
    start: int
    end: int


class _Plain(dict[int, str]):
    """For each character the one that it is compared as."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        parts = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
        plain = parts[0].casefold() if len(parts) == 1 else char.casefold()
        self[code] = plain if len(plain) == 1 and plain.isalnum() == char.isalnum() else char
        return self[code]


_plain = _Plain()


def folded(text: str) -> str:
    """The text without case and accents, as long as it was."""
    return text.lower() if text.isascii() else text.translate(_plain)


def terms(text: str) -> Iterator[Term]:
    """The terms of a text, in order."""
    return _cut(folded(text))


def _cut(plain: str) -> Iterator[Term]:
    for match in _TERM.finditer(plain):
        yield Term(_said(match.group()), *match.span())


def _said(word: str) -> str:
    """The term that a word is compared as."""
    return (word if word.isascii() else _MARK.sub("", word))[:_LONGEST]


def indexed(*parts: str) -> list[str]:
    """The terms to be found in parts of a text, with a bar between; as many as are kept."""
    found: list[str] = []
    size = 0
    for part in parts:
        if found:
            found.append(BAR)
        for said in map(_said, _TERM.findall(folded(part))):
            size += len(said) if said.isascii() else len(said.encode())
            if len(found) >= MOST_TERMS or size > MOST_BYTES:
                return found
            found.append(said)
    return found


@lru_cache(maxsize=1_000)
def asked(words: Words) -> tuple[str, ...]:
    """The terms of what a search looks for."""
    return tuple(term.said for term in terms(words.text))


def hits(text: str, looked_for: Sequence[Words]) -> Iterator[tuple[int, int]]:
    """Where the words of a search stand in a text, from left to right: their starts and ends."""
    wanted = [(asked(words), words.beginning) for words in looked_for if not words.negated]
    firsts = {phrase[0] for phrase, _ in wanted}
    beginnings = tuple(phrase[0] for phrase, beginning in wanted if beginning and len(phrase) == 1)
    plain = folded(text)
    if not any(first in plain for first in firsts) and not _MARK.search(plain):
        return  # most texts that are looked through have none of the words, and to cut a text takes its time
    found = list(_cut(plain))
    for i, term in enumerate(found):
        if term.said in firsts or (beginnings and term.said.startswith(beginnings)):
            ends = [i + len(phrase) for phrase, beginning in wanted if _stands(found, i, phrase, beginning)]
            if ends:
                yield term.start, found[max(ends) - 1].end


def _stands(found: Sequence[Term], i: int, phrase: tuple[str, ...], beginning: bool) -> bool:
    said = tuple(term.said for term in found[i : i + len(phrase)])
    if not beginning:
        return said == phrase
    return said[:-1] == phrase[:-1] and len(said) == len(phrase) and said[-1].startswith(phrase[-1])


def snippet(text: str, looked_for: Sequence[Words], at: int = 0) -> Snippet:
    """The words around the first hit in a text, from its beginning if there is none. The text begins at an offset of
    another one, by whose offsets the snippet is told."""
    marks = list(hits(text, looked_for))
    first, last = marks[0] if marks else (0, 0)
    low = _blank_after(text, first - _BEFORE, first) if first > _BEFORE else 0
    high = min(len(text), max(first + _AFTER, last))
    shown = tuple(Extent(start=start + at, end=end + at) for start, end in marks if end <= high)
    return Snippet(start=low + at, text=text[low:high], marks=shown)


def _blank_after(text: str, start: int, end: int) -> int:
    """The first place from `start` on where a word begins, at most `end`."""
    gap = re.compile(r"\s+").search(text, start, end)
    return gap.end() if gap else start
