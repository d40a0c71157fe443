"""Values of filters as SQL: ranges of numbers, periods, and choices.

Invariant: what lacks a number or a day is in no range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, and_, func, or_

from followthearms.model.filters import Days, Numbers, Value
from followthearms.register.search.words import numbers_of


def is_one_of(column: ColumnElement[Any], values: Sequence[Value]) -> ColumnElement[bool]:
    """Whether a column is in one of the ranges, or is one of the choices."""
    ranges = [_ranged(column, value) for value in values if isinstance(value, Numbers)]
    return or_(*ranges) if ranges else column.in_([str(value).replace("-", " ") for value in values])


def _ranged(column: ColumnElement[Any], wanted: Numbers) -> ColumnElement[bool]:
    said: list[ColumnElement[bool]] = [column.is_not(None)]
    if wanted.low is not None:
        low = _fit(column, wanted.low)
        said.append(column > low if wanted.strict else column >= low)
    if wanted.high is not None:
        high = _fit(column, wanted.high)
        said.append(column < high if wanted.strict else column <= high)
    return and_(*said)


def _fit(column: ColumnElement[Any], number: float) -> float:
    """A number as one of the column's type if it can be: PostgreSQL looks no other up in its index."""
    return int(number) if isinstance(column.type, Integer) and number.is_integer() else number


def between(column: ColumnElement[Any], wanted: Days) -> ColumnElement[bool]:
    """Whether a day (ISO 8601) is within a period."""
    said: list[ColumnElement[bool]] = [column.is_not(None)]
    said += [column >= wanted.first.isoformat()] if wanted.first else []
    said += [column <= wanted.last.isoformat()] if wanted.last else []
    return and_(*said)


def within(table: Any, wanted: Days, *otherwise: Column[Any]) -> ColumnElement[bool]:
    """Whether the days between which it happened and those wanted overlap; `otherwise`: the day of what has none."""
    first = func.coalesce(table.c.first, table.c.last, *otherwise)
    last = func.coalesce(table.c.last, table.c.first, *otherwise)
    said: list[ColumnElement[bool]] = [first.is_not(None)]
    said += [last >= wanted.first.isoformat()] if wanted.first else []
    said += [first <= wanted.last.isoformat()] if wanted.last else []
    return and_(*said)


def numbered(key: ColumnElement[Any], wanted: Days) -> ColumnElement[bool]:
    """Whether a document or quote was published within a period, by its number."""
    low, high = numbers_of(wanted.first, wanted.last)
    return and_(key >= low, key < high)
