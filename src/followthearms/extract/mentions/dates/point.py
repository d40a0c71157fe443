"""A phrase of time in a text and the period it means, before it is joined with its neighbours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from followthearms.knowledge.calendar import Period


@dataclass(frozen=True, slots=True)
class Point:
    """A phrase and its period.

    `in_year` places it in another year if it names none itself ("March", "5 May"); `middle` is the day that
    "by mid-June" means; a `weak` one is a date only beside a word that makes it one ("the end of the year"); before one
    that `closes` a period there is time up to its last day.
    """

    start: int
    end: int
    period: Period
    in_year: Callable[[int], Period | None] | None = None
    middle: dt.date | None = None
    weak: bool = False
    closes: bool = False
