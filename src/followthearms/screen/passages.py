"""A text in passages of a few sentences each, so that one paragraph on arms counts in a long article."""

from __future__ import annotations

import re
from collections.abc import Iterator

LENGTH = 1200
"""Code points that a passage has at most, if its sentences are shorter: as long as the windows that were annotated."""

_BETWEEN = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+|\s{3,}")


def passages(text: str) -> Iterator[str]:
    """Passages of whole sentences, in order; all words of the text are in one of them."""
    start, end = 0, 0
    for sentence_end, following in [*((m.start(), m.end()) for m in _BETWEEN.finditer(text)), (len(text), len(text))]:
        if sentence_end - start > LENGTH and end > start:
            yield text[start:end]
            start = end
        end = following
    if text[start:end].strip():
        yield text[start:end]
