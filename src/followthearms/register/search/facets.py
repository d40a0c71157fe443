"""What the deals of an answer have in common: counts by party, status, nature, class of equipment and year.

Invariant: only the first deals of an answer are counted, as many as `MOST`, so that it takes the same time however many
there are; `all_counted` says whether these are all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from followthearms.knowledge.entities import equipment_id
from followthearms.knowledge.equipment import categories
from followthearms.model import Frozen
from followthearms.register.search.dialects import unindexed
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
    named = roles.c.deal.in_(keys)
    of_deals = deals.c.id.in_(keys)
    return Facets(
        counted=len(keys),
        all_counted=all_counted,
        supplier=_most(connection, roles.c.entity, named, roles.c.role == "supplier"),
        recipient=_most(connection, roles.c.entity, named, roles.c.role == "recipient"),
        status=_most(connection, func.replace(deals.c.status, " ", "-"), of_deals),
        nature=_most(connection, func.replace(deals.c.nature, " ", "-"), of_deals),
        equipment=_most(
            connection, items.c.entity, items.c.deal.in_(keys), unindexed(connection, items.c.entity).in_(_classes())
        ),
        year=_most(connection, func.substr(deals.c.first, 1, 4), of_deals, deals.c.first.is_not(None)),
    )


def _most(connection: Connection, column: ColumnElement[Any], *where: ColumnElement[bool]) -> tuple[Facet, ...]:
    number = func.count().label("number")
    asked = select(column.label("value"), number).where(*where).group_by("value")
    found = connection.execute(asked.order_by(number.desc(), "value").limit(_LONGEST))
    return tuple(Facet(value=row.value, deals=row.number) for row in found)


@lru_cache(maxsize=1)
def _classes() -> tuple[str, ...]:
    """The categories to which one of the published lists gives a code of its own."""
    return tuple(sorted(equipment_id(name) for name, one in categories().items() if one.sipri or one.unroca))
