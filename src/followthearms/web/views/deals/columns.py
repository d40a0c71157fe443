"""The columns of the list of deals: what each shows of a deal, and how it is sorted by.

Invariant: what is shown of a long row of values is its beginning, with how many are left out; each cell leads to all of
them on the page of the deal. The CSV has columns of its own: see `exchange.tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.model import Amount, DealRow, Figure, Item, Named
from followthearms.web import links
from followthearms.web.views.phrases import exact

SHOWN = 3
"""Values of a cell that the list shows; the page of the deal has all of them."""


@dataclass(frozen=True)
class Value:
    """One value of a cell. `mark`: how it is uncertain ("about"); `sources`: how many independent ones report it."""

    text: str
    mark: str = ""
    sources: int | None = None


@dataclass(frozen=True)
class Column:
    """A column. `part` is the part of the deal's page that its cells open; `sort` the key of the filter language."""

    name: str
    label: str
    values: Callable[[DealRow], Iterable[Value]]
    part: str = ""
    sort: str | None = None
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """What the page shows of one column of a deal; `more` counts the values that it leaves out."""

    column: Column
    values: tuple[Value, ...]
    more: int
    href: str


def _figures(found: Iterable[Figure]) -> list[Value]:
    return [Value(words.figure(exact(f)), f.bound.words, f.sources) for f in found]


def _amounts(found: Iterable[Amount]) -> list[Value]:
    return [Value(words.money(exact(a)), a.bound.words, a.sources) for a in found]


def _delivered(row: DealRow) -> list[Value]:
    """The sum of all batches where it is known, else the figures as reported."""
    if row.delivered_total is not None and len(row.delivered) > 1:
        return [Value(words.number(row.delivered_total), "in all")]
    return _figures(row.delivered)


def _parties(found: Iterable[Named]) -> list[Value]:
    return [Value(text) for text in dict.fromkeys(words.party(p) for p in found)]


def _named(found: Iterable[Named]) -> list[Value]:
    return [Value(text) for text in dict.fromkeys(words.named(p) for p in found)]


def _items(found: Iterable[Item]) -> list[Value]:
    return [Value(text) for text in dict.fromkeys(words.one_line(item.label) for item in found)]


def _count(number: int) -> list[Value]:
    return [Value(f"{number:,}")]


def _text(text: str) -> list[Value]:
    return [Value(text)] if text else []


def _differences(row: DealRow) -> list[Value]:
    other = row.contradictions - row.conflicts
    told = [f"{row.conflicts} conflicting"] * bool(row.conflicts) + [f"{other} other"] * bool(other)
    return [Value(text) for text in told]


def _table(*columns: Column) -> dict[str, Column]:
    return {column.name: column for column in columns}


COLUMNS = _table(
    Column("deal", "Deal", lambda row: [Value(words.sides(row))], sort="rank"),
    Column("nature", "Nature", lambda row: [Value(row.nature.value)]),
    Column("supplier", "Supplier", lambda row: _parties(row.supplier), "supplier"),
    Column("recipient", "Recipient", lambda row: _parties(row.recipient), "recipient"),
    Column("equipment", "Equipment", lambda row: _items(row.equipment), "equipment"),
    Column("status", "Status", lambda row: [Value(row.status.value)], "stages"),
    Column("quantity", "Quantity", lambda row: _figures(row.quantity), "quantity", "quantity", is_number=True),
    Column("delivered", "Delivered", _delivered, "delivered", is_number=True),
    Column("value", "Value", lambda row: _amounts(row.values), "value", "value", is_number=True),
    Column("date", "When", lambda row: _text(words.days(row.first, row.last)), "timeline", "date"),
    Column("told", "Last reported", lambda row: _text(words.days(row.told, row.told)), "timeline", "told"),
    Column("sources", "Independent sources", lambda row: _count(row.sources), "timeline", "sources", is_number=True),
    Column("documents", "Documents", lambda row: _count(row.documents), "timeline", is_number=True),
    Column("claims", "Claims", lambda row: _count(row.claims), "timeline", is_number=True),
    Column("differences", "Differences", _differences, "contradictions"),
    Column("actors", "Third parties", lambda row: _parties(row.actors), "actors"),
    Column("companies", "Companies", lambda row: _named(row.companies), "companies"),
    Column("places", "Places", lambda row: _named(row.places), "places"),
)
"""Every column by its name. "deal" is always the first and heads its row."""

FIRST = COLUMNS["deal"]
USUAL = ("equipment", "status", "quantity", "delivered", "value", "date", "sources", "differences")


def chosen(names: Iterable[str]) -> tuple[Column, ...]:
    """The columns with these names in the order of `COLUMNS`, the first one always; the usual ones if none is named."""
    wanted = {name for name in names if name in COLUMNS} or set(USUAL)
    return tuple(column for column in COLUMNS.values() if column is FIRST or column.name in wanted)


def cells(row: DealRow, columns: Iterable[Column]) -> tuple[Cell, ...]:
    """The cells of a deal, each leading to the part of the deal's page where its words stand."""
    found = []
    for column in columns:
        values = tuple(column.values(row))
        found.append(Cell(column, values[:SHOWN], max(0, len(values) - SHOWN), links.deal(row.id, column.part)))
    return tuple(found)


def flat(row: DealRow, columns: Iterable[Column]) -> tuple[str, ...]:
    """The cells of a deal as text; several values one below the other."""
    return tuple("\n".join(map(_said, column.values(row))) for column in columns)


def _said(value: Value) -> str:
    return f"{value.mark} {value.text}" if value.mark else value.text
