"""A query as a page shows it: what is asked, what can be added or left out, and where each of these leads.

Invariant: every link is the query in the filter language, so that each state of a list has an address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from followthearms.exchange import words
from followthearms.link.names.entities import entity
from followthearms.model.filters import SORTS, Target
from followthearms.model.query import Condition, Query, Sort
from followthearms.register.search.facets import Facet, Facets

_FACETS = {
    "supplier": "Supplier",
    "recipient": "Recipient",
    "equipment": "Equipment",
    "status": "Status",
    "nature": "Nature",
    "year": "Year",
}
_OPEN = 8
"""Values of a facet that are shown at once; the rest unfold."""

SORT_LABELS = {
    "rank": "what says most",
    "told": "last reported",
    "date": "date",
    "sources": "independent sources",
    "quantity": "quantity",
    "value": "value",
    "published": "date of publication",
}


@dataclass(frozen=True)
class Chip:
    """A part of the query, and the query without it."""

    text: str
    without: Query


@dataclass(frozen=True)
class Choice:
    """A value of a facet: `query` is the one to which it leads, with the value, or without it if it `is_on`."""

    label: str
    deals: int
    is_on: bool
    query: Query


@dataclass(frozen=True)
class Group:
    """A facet: the values that are shown at once, and those that unfold."""

    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


@dataclass(frozen=True)
class Order:
    """A way to sort, and the query that asks for it."""

    name: str
    label: str
    is_on: bool


def is_(name: str, value: str) -> Condition:
    """The condition that a filter has a value, by its id or as a choice."""
    return Condition(name, (value,))


def only(name: str, value: str) -> Query:
    """The query that asks for nothing but a value of a filter."""
    return Query(conditions=(is_(name, value),))


def chips(query: Query) -> tuple[Chip, ...]:
    """Each part of a query but its order."""
    said = [Chip(str(w), replace(query, words=tuple(o for o in query.words if o != w))) for w in query.words]
    asked = [
        Chip(str(c), replace(query, conditions=tuple(o for o in query.conditions if o != c))) for c in query.conditions
    ]
    return (*said, *asked)


def groups(query: Query, facets: Facets) -> tuple[Group, ...]:
    """The facets of an answer that have a value."""
    found = []
    for name, label in _FACETS.items():
        choices = [_choice(query, name, one) for one in getattr(facets, name)]
        if choices:
            found.append(Group(label, tuple(choices[:_OPEN]), tuple(choices[_OPEN:])))
    return tuple(found)


def orders(query: Query, target: Target) -> tuple[Order, ...]:
    """The ways to sort an answer, both ways each, the usual one first."""
    usual = Sort(SORTS[target][0], falling=True)
    asked = query.sort or usual
    ways = [Sort(key, falling) for key in SORTS[target] for falling in (True, False)]
    return tuple(Order(str(one).removeprefix("sort:"), _way(one), one == asked) for one in ways)


def sorted_by(query: Query, order: str) -> Query:
    """The query with another order, as the filter language writes it ("-told"). Raises QueryError."""
    return replace(query, sort=Query.parse(f"sort:{order}").sort)


def toggled(query: Query, key: str) -> Query:
    """The query sorted by a key, falling first, and rising if it falls by it already."""
    falling = not (query.sort and query.sort.key == key and query.sort.falling)
    return replace(query, sort=Sort(key, falling))


def label(name: str, value: str) -> str:
    """The value of a facet in words: "Russia" for RU, "in production" for in-production."""
    match name:
        case "supplier" | "recipient" | "equipment":
            return words.one_line(entity(value).label)
        case "status" | "nature":
            return value.replace("-", " ")
        case _:
            return value


def _choice(query: Query, name: str, one: Facet) -> Choice:
    condition = Query.parse(f"year:{one.value}").conditions[0] if name == "year" else is_(name, one.value)
    is_on = condition in query.conditions
    kept = tuple(c for c in query.conditions if c != condition)
    return Choice(
        label=label(name, one.value),
        deals=one.deals,
        is_on=is_on,
        query=replace(query, conditions=kept if is_on else (*kept, condition)),
    )


def _way(sort: Sort) -> str:
    most, least = ("newest", "oldest") if sort.key in ("told", "date", "published") else ("most", "least")
    return f"{SORT_LABELS[sort.key]}, {most if sort.falling else least} first"
