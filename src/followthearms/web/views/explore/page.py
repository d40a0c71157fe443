"""What the pages of pictures have in common: the rows that are drawn, and the queries that their marks lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from followthearms.exchange import words
from followthearms.exchange.tables import Row
from followthearms.link.names.entities import entity
from followthearms.model.deals import Nature
from followthearms.model.query import Condition, Query
from followthearms.web import links
from followthearms.web.views.asking import Chip, chips, is_
from followthearms.web.views.paging import exports

VIEWS = {"map": "Map", "timeline": "Timeline", "matrix": "Matrix", "network": "Network"}
"""The pictures, by the last part of their addresses."""

ROWS = 50
"""Rows of the table below a picture; all of them are a click away."""

_TRANSFERS = Condition("nature", (Nature.TRANSFER.value, Nature.PRODUCTION.value.replace(" ", "-")))


@dataclass(frozen=True)
class Drawn:
    """A row: what it holds for programs, what it shows to people, how many deals it stands for, and their list."""

    held: Row
    shown: tuple[str, ...]
    deals: int
    href: str


@dataclass(frozen=True)
class Picture:
    """A picture with what it says in words."""

    heading: str
    svg: Markup
    caption: str


@dataclass(frozen=True)
class Beside:
    """Rows that have no place in the picture."""

    heading: str
    rows: tuple[Drawn, ...]
    rest: int


@dataclass(frozen=True)
class Page:
    """The frame of a page: which picture, of what. `notes`: what is counted, and what is not drawn."""

    name: str
    title: str
    query: Query
    chips: tuple[Chip, ...]
    orders: tuple[()]
    tabs: tuple[tuple[str, str, bool], ...]
    deals_href: str
    exports: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """The rows that are drawn, as a table: the first of them, or all."""

    heads: tuple[str, ...]
    rows: tuple[Drawn, ...]
    total: int
    all_href: str | None


def page(name: str, query: Query, asked: Query, notes: Iterable[str], **state: str | int | None) -> Page:
    """The frame of the picture of that name, in a state of its own; `asked` is the query that finds what it counts."""
    scope = "Counted are transfers and licensed production; other deals with a filter such as nature:seizure."
    return Page(
        name=name,
        title=VIEWS[name],
        query=query,
        chips=chips(query),
        orders=(),
        tabs=tuple((label, at(one, query), one == name) for one, label in VIEWS.items()),
        deals_href=links.deals(asked),
        exports=exports(lambda form: at(f"{name}.{form}", query, **state)),
        notes=(*([scope] if asked != query else []), *(note for note in notes if note)),
    )


def listing(
    name: str, query: Query, heads: tuple[str, ...], rows: Sequence[Drawn], everything: bool, **state: str | int | None
) -> Listing:
    """The table of a picture: its first rows, or all."""
    is_cut = len(rows) > ROWS and not everything
    return Listing(
        heads=heads,
        rows=tuple(rows[:ROWS] if is_cut else rows),
        total=len(rows),
        all_href=f"{at(name, query, **state, everything=1)}#rows" if is_cut else None,
    )


def at(name: str, query: Query, **state: str | int | None) -> str:
    """The address of a picture of a query."""
    return links.listing(f"/explore/{name}", q=str(query) or None, **state)


def narrowed(query: Query, **values: str) -> str:
    """The list of the deals of a query that also have these values."""
    asked = dict.fromkeys([*query.conditions, *(is_(name, value) for name, value in values.items())])
    return links.deals(replace(query, conditions=tuple(asked)))


def transfers(query: Query) -> Query:
    """The query, of transfers and licensed production alone if it does not say itself what deals are meant."""
    if any(condition.name == "nature" for condition in query.conditions):
        return query
    return replace(query, conditions=(*query.conditions, _TRANSFERS))


def name_of(entity_id: str) -> str:
    """What an entity is called."""
    return words.one_line(entity(entity_id).label)


def deals(number: int) -> str:
    """So many deals, in words."""
    return words.counted(number, "deal")


def counted(number: int, all_counted: bool) -> str:
    """What is said of an answer of which not all deals were counted."""
    return "" if all_counted else f"Only the first {number:,} deals are counted; ask for fewer to see all of them."
