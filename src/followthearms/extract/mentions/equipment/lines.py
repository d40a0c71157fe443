"""A sentence as the words that names of equipment are read from.

Invariant: `line.text[word.start:word.end]` is the word, and `words`, `pos` and `keys` have the same length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from followthearms.extract.mentions.names.actors import party_names
from followthearms.knowledge.equipment import word_key
from followthearms.knowledge.names import Word, fold
from followthearms.rules.tree import Sentence

_WORD = re.compile(r"[^\W_]+")
LINKS = frozenset({" ", "\n", "\u00a0", "-", "‑", "–", "/", " /", "/ "})
INSIDE = LINKS | {"."}
QUOTED = LINKS | {' "', '" ', " “", "” ", " ‘", "’ ", " '", "' "}
HYPHENS = frozenset("-‑–")
_SHOUTED = 0.6
"""Share of words in capitals from which a sentence is shouted; of long capitalised words, a headline."""


@dataclass(frozen=True)
class Line:
    """A sentence as words. `pos[i]` is the part of speech of word `i`, empty inside a token; `keys[i]` its key."""

    text: str
    words: list[Word]
    pos: list[str]
    keys: tuple[str, ...]
    shouted: bool
    headline: bool

    @cached_property
    def parties(self) -> list[tuple[int, int]]:
        """First and last words of the parties that the sentence names."""
        return [(m.first, m.last) for m in party_names().scan(self.text, self.words)]

    def gap(self, i: int) -> str:
        """What stands between words `i` and `i + 1`."""
        return self.text[self.words[i].end : self.words[i + 1].start]

    def linked(self, i: int, links: frozenset[str] = QUOTED) -> bool:
        """True if word `i + 1` follows word `i` in one phrase."""
        return self.gap(i) in links

    def written(self, i: int) -> str:
        """Word `i` as it stands."""
        return self.text[self.words[i].start : self.words[i].end]


def read_line(text: str, sentence: Sentence) -> Line:
    """A sentence as words."""
    pos = {t.start: t.pos for t in sentence.tokens}
    matches = [m for m in _WORD.finditer(text, sentence.start, sentence.end) if not _ends_number(text, m.start())]
    found = [Word(fold(m.group()), m.start(), m.end()) for m in matches]
    written = [m.group() for m in matches]
    shouted = sum(w.isupper() for w in written) > _SHOUTED * len(written)
    long = [text[w.start].isupper() for w in found if w.end - w.start > 3]
    headline = len(long) > 3 and sum(long) > _SHOUTED * len(long)
    return Line(text, found, [pos.get(w.start, "") for w in found], tuple(map(word_key, written)), shouted, headline)


def _ends_number(text: str, start: int) -> bool:
    """True for the "000" of "50,000": a piece of a number is no word."""
    return start > 1 and text[start].isdigit() and text[start - 1] in ",." and text[start - 2].isdigit()
