"""Numbers over the years as bars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A number of a year, and its share of the most that any year has, in percent, at least 1."""

    label: str
    number: int
    share: int


def bars(numbers: dict[str, int], most: int | None = None) -> tuple[Bar, ...]:
    """Numbers as bars, in the order of their labels; the longest is `most`, else the largest of them."""
    top = most or max(numbers.values(), default=1)
    return tuple(Bar(label, numbers[label], max(1, round(100 * numbers[label] / top))) for label in sorted(numbers))
