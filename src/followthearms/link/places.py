"""Whether one place lies in another."""

from __future__ import annotations

from followthearms.link.stories import words


def name(place: str) -> str:
    """A place's name for comparison."""
    return " ".join(words(place))


def inside(left: str, right: str) -> bool:
    """True if one of the two places is a part of the other, or both are parts of one district."""
    return name(left) in name(right) or name(right) in name(left)
