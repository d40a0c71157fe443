"""Where the names of marks stand in a picture: beside their marks, and not over each other.

Invariant: no two names cover each other, as far as the width of letters is known without the reader's font.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

LETTER, LINE = 7.0, 15.0
"""Pixels: a letter of most fonts at 12 pixels is narrower, a line is lower."""
_GAP = 4.0


class Box(NamedTuple):
    """What something covers, in pixels from the left and from above."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether the two have any pixel in common."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Whether the other lies within it."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


def placed_names(marks: Sequence[Mapping[str, Any]], frame: Box) -> list[Mapping[str, Any]]:
    """The names that have room in a frame, with their `link`, and with `x`, `y` and `align` of their texts.

    A mark has `x` and `y`, `size` in square pixels, `name` and `link`; those that come first have the choice. A name
    stands above, right, left or below, over another mark only if it has no other place, and never over another name.
    """
    taken = [_box(one["x"], one["y"], math.sqrt(one["size"]), math.sqrt(one["size"])) for one in marks]
    boxes: list[Box] = []
    found: list[Mapping[str, Any]] = []
    for one in marks:
        free = [
            (sum(map(box.covers, taken)), place, box)
            for place, box in _places(one)
            if frame.holds(box) and not any(map(box.covers, boxes))
        ]
        if free:
            _, place, box = min(free, key=lambda tried: tried[0])
            boxes.append(box)
            found.append({**place, "name": one["name"], "link": one["link"]})
    return found


def _places(mark: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Box]]:
    """Where a name may stand, in the order in which this is tried, and what it covers there."""
    wide, away = LETTER * len(mark["name"]), math.sqrt(mark["size"]) / 2
    aside, over = away + _GAP, away + LINE / 2
    for align, x, y, middle in (
        ("center", 0.0, -over, 0.0),
        ("left", aside, 0.0, aside + wide / 2),
        ("right", -aside, 0.0, -aside - wide / 2),
        ("center", 0.0, over, 0.0),
    ):
        place = {"x": mark["x"] + x, "y": mark["y"] + y, "align": align}
        yield place, _box(mark["x"] + middle, mark["y"] + y, wide, LINE)


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
