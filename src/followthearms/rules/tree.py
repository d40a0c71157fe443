"""A parsed sentence, whatever parser made it.

Tokens carry Universal part-of-speech tags, Penn tags and the ClearNLP dependency labels of spaCy's English models.
Invariant: `document.text[token.start:token.end] == token.text`, and a root is its own head.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, NamedTuple

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


class Token(NamedTuple):
    """One token. `i` and `head` are indices into the sentence; `start` and `end` offsets into the document's text."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a dependency tree."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...] = field(init=False)
    _below: tuple[tuple[Token, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token)
        object.__setattr__(self, "children", tuple(tuple(t.i for t in c) for c in below))
        object.__setattr__(self, "_below", tuple(map(tuple, below)))

    @property
    def start(self) -> int:
        """Offset of its first code point."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset one past its last code point."""
        return self.tokens[-1].end

    def below(self, i: int, deps: Sequence[str] | frozenset[str] = ()) -> Iterator[Token]:
        """The children of token `i`, those with one of the labels if any are given."""
        below = self._below[i]
        return iter([t for t in below if t.dep in deps] if deps and below else below)

    def subtree(self, i: int) -> list[int]:
        """Indices of token `i` and all below it, in text order."""
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(self.children[j])
        return sorted(found)

    def up(self, i: int) -> Iterator[int]:
        """Indices of token `i` and of all that govern it, the root last."""
        yield i
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def has_to(self, i: int) -> bool:
        """True if token `i` is an infinitive with its "to"."""
        return any(t.lemma == "to" for t in self.below(i, ("aux",)))

    def at(self, start: int, end: int) -> list[int]:
        """Indices of the tokens that touch the stretch of the text."""
        first = bisect_right(self.tokens, start, key=_END)
        return list(range(first, bisect_left(self.tokens, end, first, key=_START)))

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that stand wholly in the stretch of the text."""
        first = bisect_left(self.tokens, start, key=_START)
        return self.tokens[first : bisect_right(self.tokens, end, first, key=_END)]

    def head_of(self, indices: Sequence[int]) -> int:
        """The one of the tokens whose head lies outside them (the first such, else the last token)."""
        inside = set(indices)
        for i in indices:
            head = self.tokens[i].head
            if head == i or head not in inside:
                return i
        return indices[-1]
