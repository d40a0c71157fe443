"""The list of deals: rows, facets, and the links that change what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followthearms.model import DealRow
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register.search.facets import Facets
from followthearms.register.search.results import FoundDeal, Page
from followthearms.web import links
from followthearms.web.views.asking import Chip, Group, Order, chips, groups, orders, toggled
from followthearms.web.views.deals.columns import COLUMNS, FIRST, Cell, Column, cells
from followthearms.web.views.deals.saved import Saved
from followthearms.web.views.paging import Paging, Pieces, marked, paging


@dataclass(frozen=True)
class Heading:
    """The head of a column: `href` sorts by it, `order` is "ascending" or "descending" if that is the order now."""

    column: Column
    href: str | None
    order: str | None


@dataclass(frozen=True)
class Shown:
    """A row: the deal, its cells after the first, and the sentences that hold the words that were searched for."""

    row: DealRow
    first: Cell
    cells: tuple[Cell, ...]
    snippets: tuple[Pieces, ...]


@dataclass(frozen=True)
class DealsView:
    """The list of deals."""

    query: Query
    chips: tuple[Chip, ...]
    groups: tuple[Group, ...]
    counted: int
    all_counted: bool
    orders: tuple[Order, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Shown, ...]
    columns: tuple[tuple[Column, bool], ...]
    named: tuple[str, ...]
    saved: tuple[Saved, ...]
    paging: Paging


def deals_view(
    query: Query,
    page: Page[FoundDeal],
    facets: Facets,
    shown: Sequence[Column],
    named: Sequence[str],
    saved: tuple[Saved, ...],
    limit: int,
    after: str | None,
) -> DealsView:
    """The page of a list; `named` are the columns that the address names, none if they are the usual ones; `saved`
    the filters that the reader gave names to."""
    return DealsView(
        query=query,
        chips=chips(query),
        groups=groups(query, facets),
        counted=facets.counted,
        all_counted=facets.all_counted,
        orders=orders(query, Target.DEALS),
        headings=tuple(_heading(query, column, named) for column in shown),
        rows=tuple(_row(found, shown) for found in page.rows),
        columns=tuple((column, column in shown) for column in COLUMNS.values() if column is not FIRST),
        named=tuple(named),
        saved=saved,
        paging=paging("/deals", page, query, limit, after, columns=list(named)),
    )


def _heading(query: Query, column: Column, named: Sequence[str]) -> Heading:
    if column.sort is None:
        return Heading(column, None, None)
    sort = query.sort
    asked = (sort.key, sort.falling) if sort else ("rank", True)
    order = ("descending" if asked[1] else "ascending") if asked[0] == column.sort else None
    return Heading(column, links.deals(toggled(query, column.sort), columns=list(named)), order)


def _row(found: FoundDeal, shown: Sequence[Column]) -> Shown:
    first, *others = cells(found.row, shown)
    return Shown(found.row, first, tuple(others), tuple(map(marked, found.snippets)))
