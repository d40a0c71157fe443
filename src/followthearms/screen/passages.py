"""A text in sentences, roughly, and in passages of a few of them, so that a paragraph on arms counts in a long article.

Invariant: what is said of sentences holds for any text: they are stretches of it, in order, and hold all its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LENGTH = 1200
"""Code points that a passage has at most, if its sentences are shorter: as long as the windows that were annotated."""

_BETWEEN = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+|\s{3,}")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences begin, and where the next ones do. A full stop after "Mr" parts two as well."""
    start = 0
    for end in (*(found.end() for found in _BETWEEN.finditer(text)), len(text)):
        if text[start:end].strip():
            yield start, end
        start = end


def passages(text: str) -> Iterator[str]:
    """Passages of whole sentences, in order; all words of the text are in one of them."""
    start, end = 0, 0
    for _, following in sentences(text):
        if len(text[start:following].rstrip()) > LENGTH and end > start:
            yield text[start:end]
            start = end
        end = following
    if text[start:end].strip():
        yield text[start:end]
