"""How a search is answered in the time that a reader waits, however much the register holds.

Two ways, and which one depends on counts that stop early. If one condition has at most `FEW` candidates, they are
collected, tested and sorted: the answer is counted exactly. Else the rows are gone through in the order of the answer
until a page is full, which is soon where common conditions often meet; then only a lower bound of their number is
known. The first rows show whether they do; if the page would take more rows than some condition has candidates, these
are collected after all.
Invariant: both ways give the same rows in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select

from followthearms.model import Frozen
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register.search.conditions import KEYS, TABLES, Part, parts
from followthearms.register.search.ordering import Order, Place, closed, opened, order_of

FEW = 5_000
"""Candidates that are collected and sorted; measured on a million claims, see docs/reference/filters.md."""

STRETCH = 1_000
"""Rows that are gone through before it is asked whether to go on; then four times as many, and so on."""

_DEARER = 2
"""A candidate takes as long as so many rows: it is looked up, the rows lie in their order."""

MOST_COLLECTED = 50_000
"""Candidates that are collected at most."""

MOST_COUNTED = 10_000
"""Rows that are counted; of more it is said that there are at least so many."""


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


def page(connection: Connection, query: Query, target: Target, limit: int, after: str | None) -> Keys:
    """The keys of at most `limit` rows that meet a query, beginning after a former page.

    Raises UsageError for an order that such rows do not have, and for an `after` that no page gave.
    """
    order = order_of(query.sort, target)
    last = opened(after, order)
    conditions = parts(connection, query, target)
    way: list[Place] | _Candidates | None = _few(connection, conditions, FEW, slow_too=False)
    if way is None:
        way = _gone_through(connection, target, order, conditions, last, limit + 1)
    if isinstance(way, list):
        rows = way
        total = Total(count=len(rows), exact=len(rows) <= limit and after is None)
        if not conditions:
            total = _total(connection, target)
    else:
        rows, count = _collected(connection, target, order, conditions, way, last, limit + 1)
        total = Total(count=count, exact=True)
    shown = rows[:limit]
    return Keys(tuple(key for _, key in shown), total, closed(shown[-1]) if len(rows) > limit else None)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The keys to start from, how many rows are looked at then, and the condition that all found so meet."""

    keys: Select[Any]
    size: int
    met: Part


def _few(connection: Connection, conditions: Sequence[Part], most: int, slow_too: bool) -> _Candidates | None:
    """The fewest candidates that a condition has, or None if all have more than `most`."""
    best: _Candidates | None = None
    for part in conditions:
        for start in (start for start in part.starts if slow_too or not start.is_slow):
            fewest = best.size if best else most + 1
            if fewest <= 0:
                break
            if start.among and fewest <= FEW + 1:
                known = connection.execute(start.size.limit(fewest)).scalars().all()
                size, keys = len(known), start.among(known)
            else:
                size, keys = capped(connection, start.size, fewest), start.keys
            if size < fewest:
                best = _Candidates(keys, size, part)
    return best


def capped(connection: Connection, asked: Select[Any], most: int) -> int:
    """How many rows there are, counted no further than `most`."""
    rows = asked.with_only_columns(literal(1).label("one"), maintain_column_froms=True).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())


def _total(connection: Connection, target: Target) -> Total:
    count = capped(connection, select(KEYS[target]), MOST_COUNTED + 1)
    return Total(count=min(count, MOST_COUNTED), exact=count <= MOST_COUNTED)


def _asked(target: Target, order: Order, holds: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Asks for values and keys of rows."""
    value = order.key if order.column is None else order.column
    return select(value.label("value"), order.key.label("key")).select_from(TABLES[target]).where(*holds)


def _collected(
    connection: Connection,
    target: Target,
    order: Order,
    conditions: Sequence[Part],
    candidates: _Candidates,
    last: Place | None,
    limit: int,
) -> tuple[list[Place], int]:
    """Values and keys of the first rows after a place, in their order, and how many rows there are of all. The database
    sorts them: to hand thousands of rows to this program takes PostgreSQL's driver longer than to find them."""
    holds = [part.holds for part in conditions if part is not candidates.met]
    asked = _asked(target, order, [*holds, order.key.in_(candidates.keys.correlate(None))])
    found = asked.cte("found").prefix_with("MATERIALIZED")
    rows = connection.execute(order.page(found, last, limit)).all()
    if not rows and last is not None:
        return [], _collected(connection, target, order, conditions, candidates, None, 1)[1]
    return [(row.value, row.key) for row in rows], rows[0].all if rows else 0


def _gone_through(
    connection: Connection, target: Target, order: Order, conditions: Sequence[Part], last: Place | None, limit: int
) -> list[Place] | _Candidates:
    """Values and keys of rows until there are `limit`, or the candidates that are fewer than the rows it would take."""
    asked = _asked(target, order, [part.holds for part in conditions])
    bounds = [part.holds for part in conditions if part.is_of_key]
    candidates: _Candidates | None = None
    found: list[Place] = []
    seen, stretch, begin = 0, STRETCH if any(part.starts for part in conditions) else None, last
    for section in order.sections(last):
        while True:
            beyond = [section, *bounds] if begin is None else [section, *bounds, order.after(begin)]
            end = _end(connection, target, order, beyond, stretch) if stretch else None
            within = beyond if end is None else [*beyond, order.until(end)]
            rows = asked.where(*within).order_by(*order.by()).limit(limit - len(found))
            found += ((row[0], row[1]) for row in connection.execute(rows))
            if len(found) == limit:
                return found
            begin = end
            if end is None or stretch is None:
                break
            seen += stretch
            stretch *= 4
            needed = seen * (limit - len(found)) // max(len(found), 1)
            if needed <= _DEARER * FEW:
                continue
            candidates = candidates or _few(connection, conditions, MOST_COLLECTED, slow_too=True)
            if candidates is None:
                stretch = None
            elif needed > _DEARER * candidates.size:
                return candidates
    return found


def _end(
    connection: Connection, target: Target, order: Order, within: Sequence[ColumnElement[bool]], stretch: int
) -> Place | None:
    """The place of the last row of a stretch, null if there are no more rows than that."""
    row = connection.execute(_asked(target, order, within).order_by(*order.by()).offset(stretch - 1).limit(1)).first()
    return (row[0], row[1]) if row else None
