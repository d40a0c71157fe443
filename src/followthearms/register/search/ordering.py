"""The orders of answers, and the places in them where pages begin.

Invariant: an order is that of an index, forwards or backwards, and total: rows of equal value stand in the order of
their keys, and those that lack a value come last.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Column, ColumnElement, Select, and_, func, or_, select, true

from followthearms.errors import UsageError
from followthearms.model.filters import SORTS, Target
from followthearms.model.query import Sort
from followthearms.register.search.conditions import KEYS
from followthearms.register.search.words import quotes
from followthearms.register.tables.derived import deals

Place = tuple[Any, Any]
"""The value that a row is sorted by, and its key."""

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


@dataclass(frozen=True, slots=True)
class Order:
    """The order of an answer. `column` is None if the key alone is the order."""

    column: Column[Any] | None
    key: ColumnElement[Any]
    falling: bool
    key_falls: bool

    def by(self) -> list[ColumnElement[Any]]:
        """What to sort by."""
        key = self.key.desc() if self.key_falls else self.key.asc()
        return [key] if self.column is None else [self.column.desc() if self.falling else self.column.asc(), key]

    def sections(self, last: Place | None) -> list[ColumnElement[bool]]:
        """The rows that have a value, and those that have none, each in the order of an index, as far as they do not
        all stand before a place."""
        if self.column is None or not self.column.nullable:
            return [true()]
        bare = self.column.is_(None)
        return [bare] if last and last[0] is None else [self.column.is_not(None), bare]

    def after(self, place: Place) -> ColumnElement[bool]:
        """Whether a row of the same section stands after a place."""
        value, key = place
        beyond: ColumnElement[bool] = self.key < key if self.key_falls else self.key > key
        if self.column is None or value is None:
            return beyond
        if self.falling:
            return and_(self.column <= value, or_(self.column < value, beyond))
        return and_(self.column >= value, or_(self.column > value, beyond))

    def until(self, place: Place) -> ColumnElement[bool]:
        """Whether a row of the same section stands before a place, or there."""
        value, key = place
        short: ColumnElement[bool] = self.key >= key if self.key_falls else self.key <= key
        if self.column is None or value is None:
            return short
        if self.falling:
            return and_(self.column >= value, or_(self.column > value, short))
        return and_(self.column <= value, or_(self.column < value, short))

    def page(self, found: CTE, last: Place | None, limit: int) -> Select[Any]:
        """Asks for the first rows after a place, in this order, with how many there are of `all`. They are given by
        their `value` and `key`."""
        value, key = found.c.value, found.c.key
        by: list[ColumnElement[Any]] = [key.desc() if self.key_falls else key.asc()]
        if self.column is not None:
            by = [value.is_(None), value.desc() if self.falling else value.asc(), *by]
        count = select(func.count()).select_from(found).scalar_subquery()
        asked = select(value, key, count.label("all")).order_by(*by).limit(limit)
        return asked if last is None else asked.where(self._follows(value, key, last))

    def _follows(self, value: ColumnElement[Any], key: ColumnElement[Any], last: Place) -> ColumnElement[bool]:
        """Whether a row of whatever section stands after a place."""
        beyond: ColumnElement[bool] = key < last[1] if self.key_falls else key > last[1]
        if self.column is None:
            return beyond
        if last[0] is None:
            return and_(value.is_(None), beyond)
        further: ColumnElement[bool] = value < last[0] if self.falling else value > last[0]
        return or_(further, and_(value == last[0], beyond), value.is_(None))


def order_of(sort: Sort | None, target: Target) -> Order:
    """The order that is asked for. Raises UsageError for one that such rows do not have."""
    name = sort.key if sort else SORTS[target][0]
    falling = sort.falling if sort else True
    if name not in SORTS[target]:
        raise UsageError(f"{target} cannot be sorted by {name}; there are {', '.join(SORTS[target])}")
    column = _COLUMNS[target].get(name)
    if column is None:
        return Order(None, KEYS[target], not falling, not falling)
    return Order(column, KEYS[target], falling, falling is not (column is deals.c.rank))  # see `model.Deal.rank`


def closed(place: Place) -> str:
    """A place as the `next` of a page."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def opened(after: str | None, order: Order) -> Place | None:
    """The place of the last row of a former page. Raises UsageError for what is no `next` of a page."""
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
