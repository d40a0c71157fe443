"""From stretches of text on pages to lines in reading order: running heads left out, columns one after the other.

Pure geometry, in points with the origin at the lower left. Invariant: each stretch is in one line of one column, or is
part of what stands on page after page at the same height (running heads, page numbers).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in one line without a wide gap, or a whole line, and the box around them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.top - self.bottom


Column = list[Stretch]
"""Lines under each other, from the top."""

_FEWEST_LINES = 4
"""Lines that stand on either side of a gutter at least, and ..."""
_COLUMN_LETTERS = 18
"""... letters in the middle one of them: a column of prose has 25 to 60 in a line, that of a table seldom over 12."""
_MOST_ACROSS = 0.25
"""Share of the lines that may run across a gutter: headings, wide tables."""
_STEP = 3.0
"""Points between the places where a gutter is looked for; it is two steps wide at least."""
_DEEPEST = 4
"""How often a part of a page is parted again; newspapers have eight columns at most, so three would do."""
_MARGIN_LINES = 3
"""From the top and from the foot of a page: the lines among which running heads are looked for."""
_FEWEST_PAGES = 3
"""Pages with the same line at the same height that make it a running head; two in a document of two pages."""
_SAME_HEIGHT = 6.0
"""Points by which a running head may move from page to page."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+\d+(?:\s+of\s+\d+)?|\d+\s*(?:/|of)\s*\d+|[-–—]\s*\d+\s*[-–—])", re.IGNORECASE)


def without_running_heads(pages: Sequence[Sequence[Stretch]]) -> list[list[Stretch]]:
    """The stretches of each page without those of lines that stand on other pages too, figures apart."""
    margins = [_margin(page) for page in pages]
    seen = Counter(place for margin in margins for place in {_place(line) for line, _ in margin})
    enough = max(2, min(_FEWEST_PAGES, len(pages)))
    kept = []
    for page, margin in zip(pages, margins, strict=True):
        repeated = {
            id(part)
            for line, parts in margin
            if _PAGE_NUMBER.fullmatch(line.text) or _times(seen, line) >= enough
            for part in parts
        }
        kept.append([stretch for stretch in page if id(stretch) not in repeated])
    return kept


def columns(stretches: Sequence[Stretch], depth: int = 0) -> list[Column]:
    """The lines of a page, column by column, in reading order.

    What runs across a gutter comes between what is above it, on both sides, and what is below.
    """
    gutter = _gutter(stretches) if depth < _DEEPEST else None
    if gutter is None:
        return [_lines(stretches)] if stretches else []
    left = [stretch for stretch in stretches if stretch.right <= gutter]
    right = [stretch for stretch in stretches if stretch.left >= gutter]
    across = _lines([stretch for stretch in stretches if stretch.left < gutter < stretch.right])
    found: list[Column] = []
    is_heading = False
    for heading in across:
        above = [[s for s in side if s.middle > heading.middle] for side in (left, right)]
        left, right = ([s for s in side if s.middle <= heading.middle] for side in (left, right))
        between = [column for side in above for column in columns(side, depth + 1)]
        found += between
        if is_heading and not between:
            found[-1].append(heading)
        else:
            found.append([heading])
        is_heading = True
    return [*found, *columns(left, depth + 1), *columns(right, depth + 1)]


def _margin(page: Iterable[Stretch]) -> list[tuple[Stretch, list[Stretch]]]:
    rows = [(_line(row), row) for row in _rows(page)]
    return rows[:_MARGIN_LINES] + rows[max(_MARGIN_LINES, len(rows) - _MARGIN_LINES) :]


def _place(line: Stretch) -> tuple[str, int]:
    """A line with its figures made alike, and its height, roughly."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.middle / _SAME_HEIGHT)


def _times(seen: Counter[tuple[str, int]], line: Stretch) -> int:
    words, height = _place(line)
    return sum(seen[words, height + moved] for moved in (-1, 0, 1))


def _gutter(stretches: Sequence[Stretch]) -> float | None:
    """Where an empty stripe parts two columns of prose, if one does: the middle of the widest among the emptiest."""
    if len(stretches) < 2 * _FEWEST_LINES:
        return None
    start = min(stretch.left for stretch in stretches)
    size = max(2, int((max(stretch.right for stretch in stretches) - start) / _STEP) + 2)
    begins, ends = [0] * size, [0] * size
    for stretch in stretches:
        begins[min(size - 1, int((stretch.left - start) / _STEP) + 1)] += 1  # right of the step in which it begins
        ends[min(size - 1, int((stretch.right - start) / _STEP))] += 1
    begun, ended = list(accumulate(begins)), [0, *accumulate(ends)]
    across = [begun[step] - ended[step] for step in range(size)]
    sided = [
        step for step in range(size) if ended[step] >= _FEWEST_LINES and len(stretches) - begun[step] >= _FEWEST_LINES
    ]
    fewest = min((across[step] for step in sided), default=len(stretches))
    if fewest > _MOST_ACROSS * len(stretches):
        return None
    stripe = max(_stripes([step for step in sided if across[step] == fewest]), key=len)
    middle = start + _STEP * (stripe[0] + stripe[-1] + 1) / 2
    sides = [s for s in stretches if s.right <= middle], [s for s in stretches if s.left >= middle]
    return middle if len(stripe) > 1 and _are_columns(*sides) else None


def _stripes(steps: Sequence[int]) -> Iterator[list[int]]:
    """Steps next to each other, together."""
    run: list[int] = []
    for step in steps:
        if run and step != run[-1] + 1:
            yield run
            run = []
        run.append(step)
    yield run


def _are_columns(left: Sequence[Stretch], right: Sequence[Stretch]) -> bool:
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    if any(median(len(stretch.text) for stretch in side) < _COLUMN_LETTERS for side in (left, right)):
        return False
    foot = max(min(s.bottom for s in side) for side in (left, right))
    head = min(max(s.top for s in side) for side in (left, right))
    return head - foot > 2 * left[0].height  # beside each other, not one above the other


def _rows(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Stretches at the same height, from left to right; rows from the top."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda s: (-s.middle, s.left)):
        if rows and abs(rows[-1][0].middle - stretch.middle) < min(rows[-1][0].height, stretch.height) / 2:
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _lines(stretches: Iterable[Stretch]) -> Column:
    return [_line(row) for row in _rows(stretches)]


def _line(row: Sequence[Stretch]) -> Stretch:
    """A row as one stretch, its parts a space apart."""
    return Stretch(
        " ".join(part.text for part in row),
        row[0].left,
        min(part.bottom for part in row),
        max(part.right for part in row),
        max(part.top for part in row),
    )
