"""Elements of a page: their words and classes. What is looked at is bounded, as pages may be built to cost time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

MOST_LOOKED_AT = 200
"""Elements of one kind; an article has one headline and one date, and not hundreds."""


def some(tree: Any, *tags: str) -> Iterator[Any]:
    """The first elements of these kinds, or of any; comments and the like are none."""
    return islice((e for e in tree.iter(*tags) if isinstance(e.tag, str)), MOST_LOOKED_AT)


def words(element: Any, most: int = 300) -> str:
    """The words in an element, in one line; cut soon after `most` characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece[: most + 1])
        length += len(pieces[-1])
        if length > most:
            break
    return " ".join("".join(pieces).split())


def tokens(element: Any, attribute: str) -> list[str]:
    """The words of an attribute, in lower case."""
    return (element.get(attribute) or "").lower().split()
