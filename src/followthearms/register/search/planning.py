"""How a search is answered in the time that a reader waits, however much the register holds.

Two ways, and which one depends on counts that stop at `FEW`. If one condition has few candidates, they are collected,
tested and sorted: the answer is counted exactly. If all conditions are common, the rows are gone through in the order
of the answer until a page is full, which is soon as they are common; then only a lower bound of their number is known.
Invariant: both ways give the same rows in the same order; rows of equal rank stand in the order of their keys, and
those that lack what they are sorted by come last.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, literal, select, tuple_

from followthearms.errors import UsageError
from followthearms.model import Frozen
from followthearms.model.filters import SORTS, Target
from followthearms.model.query import Query, Sort
from followthearms.register.search.conditions import KEYS, TABLES, Part, parts
from followthearms.register.search.words import quotes
from followthearms.register.tables.derived import deals

FEW = 5_000
"""Candidates that are collected and sorted; measured on a million claims, see docs/reference/filters.md."""

MOST_COUNTED = 10_000
"""Rows that are counted; of more it is said that there are at least so many."""

_COLUMNS: dict[Target, dict[str, Column[Any]]] = {
    Target.DEALS: {
        "rank": deals.c.rank,
        "told": deals.c.told,
        "date": deals.c.first,
        "sources": deals.c.sources,
        "quantity": deals.c.number,
        "value": deals.c.amount,
    },
    Target.CLAIMS: {"date": quotes.c.first},
    Target.DOCUMENTS: {},
}
"""What is sorted by; the numbers of quotes and documents are their order by date of publication, newest first."""


class Total(Frozen):
    """How many rows there are: `count` if `exact`, else at least as many."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the rows of a page, in their order; `next` is where the page after it begins, null for the last."""

    keys: tuple[Any, ...]
    total: Total
    next: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    """The order of an answer. `column` is None if the key alone is the order."""

    column: Column[Any] | None
    key: ColumnElement[Any]
    falling: bool

    def by(self) -> list[ColumnElement[Any]]:
        columns = [self.key] if self.column is None else [self.column, self.key]
        return [one.desc() if self.falling else one.asc() for one in columns]

    def place(self, row: tuple[Any, Any]) -> tuple[Any, ...]:
        """What a row of key and value is sorted by, falling or rising; those that lack a value come last."""
        key, value = row
        return ((value is None) is not self.falling, value or 0, key)

    def is_after(self, row: tuple[Any, Any], last: tuple[Any, Any]) -> bool:
        """Whether a row stands after another one."""
        left, right = self.place(row), self.place(last)
        return left < right if self.falling else left > right

    def after(self, value: Any, key: Any) -> ColumnElement[bool]:
        """Whether a row comes after the one with this value and key, among those that have a value."""
        left: Any = self.key if self.column is None else tuple_(self.column, self.key)
        right: Any = literal(key) if self.column is None else tuple_(literal(value), literal(key))
        found: ColumnElement[bool] = left < right if self.falling else left > right
        return found


def page(connection: Connection, query: Query, target: Target, limit: int, after: str | None) -> Keys:
    """The keys of at most `limit` rows that meet a query, beginning after a former page.

    Raises UsageError for an order that such rows do not have, and for an `after` that no page gave.
    """
    order = _order(query.sort, target)
    last = _opened(after, order)
    conditions = parts(connection, query, target)
    few = _few(connection, conditions)
    holds = [part.holds for part in conditions]
    if few is None:
        rows = _gone_through(connection, target, order, holds, last, limit + 1)
        more = len(rows) > limit
        total = Total(count=len(rows), exact=not more and after is None)
        if not conditions:
            total = _total(connection, target)
    else:
        found = _collected(connection, target, order, [*holds, KEYS[target].in_(few.correlate(None))])
        total = Total(count=len(found), exact=True)
        rows = [row for row in found if last is None or order.is_after(row, (last[1], last[0]))]
        more = len(rows) > limit
    return Keys(tuple(key for key, _ in rows[:limit]), total, _closed(*rows[limit - 1]) if more else None)


def _few(connection: Connection, conditions: Sequence[Part]) -> Select[Any] | None:
    """The keys of the condition with the fewest candidates, or None if all have many."""
    best, fewest = None, FEW + 1
    for start in (start for part in conditions for start in part.starts):
        found = _capped(connection, start.size, fewest)
        if found < fewest:
            best, fewest = start.keys, found
        if fewest == 0:
            break
    return best


def _capped(connection: Connection, asked: Select[Any], most: int) -> int:
    """How many rows there are, counted no further than `most`."""
    rows = asked.with_only_columns(literal(1).label("one"), maintain_column_froms=True).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())


def _total(connection: Connection, target: Target) -> Total:
    count = _capped(connection, select(KEYS[target]), MOST_COUNTED + 1)
    return Total(count=min(count, MOST_COUNTED), exact=count <= MOST_COUNTED)


def _collected(
    connection: Connection, target: Target, order: _Order, holds: Sequence[ColumnElement[bool]]
) -> list[tuple[Any, Any]]:
    """Keys and values of all rows, in their order."""
    asked = select(order.key, order.key if order.column is None else order.column).where(*holds)
    return sorted(((row[0], row[1]) for row in connection.execute(asked)), key=order.place, reverse=order.falling)


def _gone_through(
    connection: Connection,
    target: Target,
    order: _Order,
    holds: Sequence[ColumnElement[bool]],
    last: tuple[Any, Any] | None,
    limit: int,
) -> list[tuple[Any, Any]]:
    """Keys and values: first of the rows that have a value, then of those that have none, each by an index."""
    key, column = order.key, order.column
    may_lack = column is not None and column.nullable
    asked = select(key, key if column is None else column).select_from(TABLES[target]).where(*holds)
    found: list[tuple[Any, Any]] = []
    is_past_valued = last is not None and last[0] is None and column is not None
    if not is_past_valued:
        valued = asked.where(column.is_not(None)) if column is not None and may_lack else asked
        valued = valued.where(order.after(*last)) if last else valued
        found = [(row[0], row[1]) for row in connection.execute(valued.order_by(*order.by()).limit(limit))]
    if column is None or not may_lack or len(found) == limit:
        return found
    bare = asked.where(column.is_(None)).order_by(key.desc() if order.falling else key.asc()).limit(limit - len(found))
    if is_past_valued and last:
        bare = bare.where(key < last[1] if order.falling else key > last[1])
    return found + [(row[0], None) for row in connection.execute(bare)]


def _order(sort: Sort | None, target: Target) -> _Order:
    key = KEYS[target]
    name = sort.key if sort else SORTS[target][0]
    falling = sort.falling if sort else True
    if name not in SORTS[target]:
        raise UsageError(f"{target} cannot be sorted by {name}; there are {', '.join(SORTS[target])}")
    column = _COLUMNS[target].get(name)
    return _Order(column, key, falling if column is not None else not falling)


def _closed(key: Any, value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([value, key]).encode()).decode().rstrip("=")


def _opened(after: str | None, order: _Order) -> tuple[Any, Any] | None:
    """Value and key of the last row of a former page."""
    if after is None:
        return None
    try:
        value, key = json.loads(base64.urlsafe_b64decode(after.encode("ascii") + b"=" * (-len(after) % 4)))
    except (ValueError, TypeError) as error:
        raise UsageError(f"{after!r} is the beginning of no page; give what a page names as its next") from error
    fits_key = isinstance(key, order.key.type.python_type) and not isinstance(key, bool)
    wanted = order.key.type.python_type if order.column is None else order.column.type.python_type
    is_storable = all(abs(one) < 1 << 63 for one in (value, key) if isinstance(one, int | float))
    fits_value = value is None or isinstance(value, (wanted, int) if wanted is float else wanted)
    if not is_storable or not fits_key or not fits_value or (value is None and order.column is None):
        raise UsageError(f"{after!r} is the beginning of no page of this order; give what a page names as its next")
    return value, key
