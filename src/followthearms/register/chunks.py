"""Many ids, a number at a time that can be bound to one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

CHUNK = 500
"""How many ids are bound to one statement: databases limit how many values a statement may have."""


def chunks(names: Collection[str]) -> Iterator[Sequence[str]]:
    """The names in order, in parts."""
    ordered = sorted(names)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
