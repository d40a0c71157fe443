"""What the deals of an answer have in common: counts by party, status, nature, class of equipment and year.

Invariant: only the first deals of an answer are counted, as many as `MOST`, so that it takes the same time however many
there are; `all_counted` says whether these are all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select

from followthearms.knowledge.entities import equipment_id
from followthearms.knowledge.equipment import categories
from followthearms.model import Frozen
from followthearms.register.search.dialects import listed, unindexed
from followthearms.register.tables.derived import deals, items, roles

MOST = 2_000
"""Deals that are counted."""
_LONGEST = 20
"""Values that are told of each."""


class Facet(Frozen):
    """How many deals have a value, which is one of the filter of that name."""

    value: str
    deals: int


class Facets(Frozen):
    """The most frequent values among the deals of an answer, the most frequent first."""

    counted: int
    all_counted: bool
    supplier: tuple[Facet, ...]
    recipient: tuple[Facet, ...]
    status: tuple[Facet, ...]
    nature: tuple[Facet, ...]
    equipment: tuple[Facet, ...]
    year: tuple[Facet, ...]


def count(connection: Connection, keys: Sequence[str], all_counted: bool) -> Facets:
    """Count the deals with these ids."""
    named = listed(connection, keys, deals.c.id.type)
    asked = select(deals.c.status, deals.c.nature, deals.c.first, deals.c.last, deals.c.told)
    told = connection.execute(asked.where(deals.c.id.in_(named))).all()
    sides = roles.c.role.in_(("supplier", "recipient"))
    parties = connection.execute(_counted(roles.c.role, roles.c.entity).where(roles.c.deal.in_(named), sides)).all()
    classes = unindexed(connection, items.c.entity).in_(listed_classes())
    equipment = connection.execute(_counted(items.c.entity).where(items.c.deal.in_(named), classes)).all()
    return Facets(
        counted=len(keys),
        all_counted=all_counted,
        supplier=_most({row.entity: row.number for row in parties if row.role == "supplier"}),
        recipient=_most({row.entity: row.number for row in parties if row.role == "recipient"}),
        status=_most(Counter(row.status.replace(" ", "-") for row in told)),
        nature=_most(Counter(row.nature.replace(" ", "-") for row in told)),
        equipment=_most({row.entity: row.number for row in equipment}),
        year=_most(Counter(year for row in told for year in _years(row.first, row.last, row.told))),
    )


def _years(first: str | None, last: str | None, told: str | None) -> list[str]:
    """The years, of four figures, that the filter finds a deal in: from its first day to its last, else when it was
    told."""
    begins, ends = first or last or told, last or first or told
    return [f"{year:04}" for year in range(int(begins[:4]), int(ends[:4]) + 1)] if begins and ends else []


def _counted(*columns: Column[Any]) -> Select[Any]:
    return select(*columns, func.count().label("number")).group_by(*columns)


def _most(numbers: Mapping[str, int]) -> tuple[Facet, ...]:
    found = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Facet(value=value, deals=number) for value, number in found[:_LONGEST])


@lru_cache(maxsize=1)
def listed_classes() -> tuple[str, ...]:
    """The categories to which one of the published lists gives a code of its own."""
    return tuple(sorted(equipment_id(name) for name, one in categories().items() if one.sipri or one.unroca))
