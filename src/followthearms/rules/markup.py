"""Marked-up sentences: `<supplier Russia> <trigger turned down> the <object demand>.`

Invariant: every mark's offsets are those of its words in the sentence without the markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"<([a-z_]+) ([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a sentence under a name; offsets into the plain text."""

    name: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A plain sentence and the marks it came with, in text order."""

    text: str
    marks: tuple[Mark, ...]

    def of(self, name: str) -> list[Mark]:
        """The marks of one name."""
        return [m for m in self.marks if m.name == name]


def read_marked(source: str) -> Marked:
    """Strip the markup and keep where it stood."""
    plain, marks, last = "", [], 0
    for match in _MARK.finditer(source):
        plain += source[last : match.start()]
        marks.append(Mark(match[1], len(plain), len(plain) + len(match[2]), match[2]))
        plain += match[2]
        last = match.end()
    return Marked(plain + source[last:], tuple(marks))
