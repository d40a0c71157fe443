"""Stretches of a text that are taken, so that asking for an overlap does not cost a walk over all of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

Stretch = tuple[int, int]


class Taken:
    """Stretches that do not overlap each other, kept in text order."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self._stretches = sorted(stretches)

    def touches(self, start: int, end: int) -> bool:
        """True if one of them shares a character with `start`..`end`."""
        n = bisect_left(self._stretches, (end, 0))
        return bool(n) and self._stretches[n - 1][1] > start

    def add(self, start: int, end: int) -> bool:
        """Take the stretch; False, and nothing happens, if it touches one that is taken."""
        if self.touches(start, end):
            return False
        insort(self._stretches, (start, end))
        return True

    def in_order(self) -> tuple[Stretch, ...]:
        """All of them in text order."""
        return tuple(self._stretches)
