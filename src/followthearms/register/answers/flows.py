"""What goes from whom to whom, for the deals that meet a query: counts for maps, matrices, networks and timelines.

Invariants: every number is one of deals, and is the number of deals that the query with the named filters finds; a deal
of several suppliers or recipients counts once with each. Only the first deals of an answer are counted, as many as
`MOST`, and `all_counted` says whether these are all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from followthearms.knowledge.entities import equipment_id
from followthearms.knowledge.equipment import categories
from followthearms.model import Frozen
from followthearms.model.deals import Status
from followthearms.model.decisions import Standing
from followthearms.model.filters import Target
from followthearms.model.kinds import Kind, Modality
from followthearms.model.query import Query
from followthearms.register.search.dialects import listed, unindexed
from followthearms.register.search.facets import listed_classes
from followthearms.register.search.planning import page
from followthearms.register.session import Session
from followthearms.register.tables.derived import deals, items, roles, statements, strands

MOST = 20_000
"""Deals that are counted."""
_PARTY = ("supplier", "recipient", "party", "actor")
"""The roles that the filter `party` looks at."""


class Flow(Frozen):
    """How many deals name both this supplier and this recipient."""

    supplier: str
    recipient: str
    deals: int


class Share(Frozen):
    """How many deals name an entity."""

    entity: str
    deals: int


class Flows(Frozen):
    """From whom to whom, the most frequent first. `parties`: all deals in which a party has any role.

    `both`: how many of the counted deals name both sides.
    """

    flows: tuple[Flow, ...]
    parties: tuple[Share, ...]
    both: int
    counted: int
    all_counted: bool


class Tie(Frozen):
    """How many deals name this party, as supplier or recipient (`role`), and this equipment or a kind of it."""

    role: str
    party: str
    equipment: str
    deals: int


class Ties(Frozen):
    """Who deals in what, the most frequent first; `parties` and `equipment` have all deals that name each."""

    ties: tuple[Tie, ...]
    parties: tuple[Share, ...]
    equipment: tuple[Share, ...]
    counted: int
    all_counted: bool


class Year(Frozen):
    """How many deals got to the status that they have in a year."""

    year: int
    status: Status
    deals: int


class Years(Frozen):
    """The years in which deals got where they stand, in order. `undated`: how many tell no day, not even that on which
    they were reported."""

    years: tuple[Year, ...]
    undated: int
    counted: int
    all_counted: bool


class Matrix(Frozen):
    """Suppliers by recipients: those of the most flows, and all others as one, whose id is empty and who come last.

    `suppliers` and `recipients` have all their deals, those that name no other side too; `cells` the pairs that some
    deal names; `both` and the rest are as in `Flows`.
    """

    suppliers: tuple[Share, ...]
    recipients: tuple[Share, ...]
    cells: tuple[Flow, ...]
    both: int
    counted: int
    all_counted: bool


class Happening(Frozen):
    """How many claims of a deal tell of such an event between these days, both included; null where it is not told."""

    deal: str
    kind: Kind
    modality: Modality
    negated: bool
    first: dt.date | None
    last: dt.date | None
    claims: int


class FlowsOf:
    """Counts the deals of a register that meet a query."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def between(self, query: Query) -> Flows:
        """From whom to whom."""
        with self._session.reading() as connection:
            among = _Among(connection, query)
            return Flows(
                flows=_flows(connection, among.pairs(_supplier, _recipient)),
                parties=_shares(connection, among.parties()),
                both=connection.execute(among.pairs()).scalar_one(),
                counted=among.counted,
                all_counted=among.all_counted,
            )

    def matrix(self, query: Query, most: int) -> Matrix:
        """From whom to whom, for so many suppliers and recipients, and all others as one."""
        with self._session.reading() as connection:
            among = _Among(connection, query)
            kept = [_first(connection, among.pairs(side), most) for side in (_supplier, _recipient)]
            supplier, recipient = _or_other(_supplier, kept[0]), _or_other(_recipient, kept[1])
            return Matrix(
                suppliers=_shares(connection, among.sides("supplier", kept[0])),
                recipients=_shares(connection, among.sides("recipient", kept[1])),
                cells=_flows(connection, among.pairs(supplier, recipient)),
                both=connection.execute(among.pairs()).scalar_one(),
                counted=among.counted,
                all_counted=among.all_counted,
            )

    def ties(self, query: Query, *, classes: bool) -> Ties:
        """Who deals in what: in the classes to which a published list gives a code, or in types with a designation."""
        with self._session.reading() as connection:
            among = _Among(connection, query)
            meant = _classes(connection) if classes else _types(connection)
            sides = roles.c.role.in_(("supplier", "recipient"))
            group = roles.c.role, roles.c.entity.label("party"), items.c.entity.label("equipment")
            joined = roles.join(items, items.c.deal == roles.c.deal)
            asked = select(*group, func.count().label("number")).select_from(joined)
            asked = asked.where(sides, meant, among.of(roles.c.deal)).group_by(*group)
            ties = [
                Tie(role=row.role, party=row.party, equipment=row.equipment, deals=row.number)
                for row in connection.execute(asked)
            ]
            of_items = select(items.c.entity, func.count().label("number")).where(meant, among.of(items.c.deal))
            return Ties(
                ties=sorted(ties, key=lambda tie: (-tie.deals, tie.party, tie.equipment, tie.role)),
                parties=_shares(connection, among.parties()),
                equipment=_shares(connection, of_items.group_by(items.c.entity)),
                counted=among.counted,
                all_counted=among.all_counted,
            )

    def years(self, query: Query) -> Years:
        """When they got where they stand, each deal once: as the filter `reached` has it."""
        with self._session.reading() as connection:
            among = _Among(connection, query)
            year = func.substr(deals.c.reached, 1, 4).label("year")
            each = select(year, deals.c.status).where(among.of(deals.c.id)).subquery()
            rows = connection.execute(select(each, func.count().label("number")).group_by(*each.c)).all()
            dated = [(int(row.year), Status(row.status), row.number) for row in rows if row.year]
            return Years(
                years=tuple(Year(year=year, status=status, deals=number) for year, status, number in sorted(dated)),
                undated=sum(row.number for row in rows if not row.year),
                counted=among.counted,
                all_counted=among.all_counted,
            )

    def happenings(self, names: Collection[str]) -> tuple[Happening, ...]:
        """What the claims of these deals tell of, by deal and time; claims that were rejected tell nothing."""
        told, placed = statements.c, strands.c
        with self._session.reading() as connection:
            named = listed(connection, sorted(names), placed.deal.type)
            claims = select(placed.deal, placed.document, placed.position).where(placed.deal.in_(named))
            each = claims.distinct().subquery()
            at = (told.document == each.c.document) & (told.position == each.c.position)
            group = each.c.deal, told.kind, told.modality, told.negated, told.first, told.last
            asked = select(*group, func.count().label("claims")).select_from(each.join(statements, at))
            asked = asked.where(told.standing != Standing.REJECTED.value).group_by(*group)
            found = [Happening.model_validate(dict(row)) for row in connection.execute(asked).mappings()]
        return tuple(sorted(found, key=_in_time))


class _Among:
    """The deals that are counted: the first that meet a query."""

    def __init__(self, connection: Connection, query: Query) -> None:
        found = page(connection, query, Target.DEALS, MOST, None)
        self.counted, self.all_counted = len(found.keys), found.next is None
        self._keys = listed(connection, found.keys, deals.c.id.type)

    def of(self, deal: ColumnElement[str]) -> ColumnElement[bool]:
        """That a deal is one of them."""
        return deal.in_(self._keys)

    def pairs(self, *group: ColumnElement[str]) -> Select[Any]:
        """Asks for the number of those that name both a supplier and a recipient, by what is named of these."""
        sides = _one.c.role == "supplier", _other.c.role == "recipient"
        joined = _one.join(_other, _one.c.deal == _other.c.deal)
        named = select(_one.c.deal, *(side.label(f"side{n}") for n, side in enumerate(group)))
        found = named.select_from(joined).where(*sides, self.of(_one.c.deal)).subquery()
        by: list[ColumnElement[Any]] = [found.c[f"side{n}"] for n in range(len(group))]
        asked: Select[Any] = select(*by, func.count(found.c.deal.distinct())).group_by(*by)
        return asked

    def sides(self, role: str, kept: Sequence[str]) -> Select[Any]:
        """Asks for the number of those that name some entities in a role, and all others as one."""
        named = select(roles.c.deal, _or_other(roles.c.entity, kept).label("side"))
        found = named.where(roles.c.role == role, self.of(roles.c.deal)).subquery()
        asked: Select[Any] = select(found.c.side, func.count(found.c.deal.distinct())).group_by(found.c.side)
        return asked

    def parties(self) -> Select[Any]:
        """Asks for all parties, in whatever role, with the number of their deals."""
        number = func.count(roles.c.deal.distinct()).label("number")
        asked = select(roles.c.entity, number).where(roles.c.role.in_(_PARTY), self.of(roles.c.deal))
        return asked.group_by(roles.c.entity)


_one, _other = roles.alias("one"), roles.alias("other")
_supplier, _recipient = _one.c.entity, _other.c.entity


def _first(connection: Connection, asked: Select[Any], most: int) -> list[str]:
    """The entities with the most deals, so many of them."""
    return [share.entity for share in _shares(connection, asked)[:most]]


def _or_other(entity: ColumnElement[str], kept: Sequence[str]) -> ColumnElement[str]:
    """An entity if it is one of some, else the empty text."""
    return case((entity.in_(kept), entity), else_="")


def _flows(connection: Connection, asked: Select[Any]) -> tuple[Flow, ...]:
    """The rows of (supplier, recipient, number), the greatest number first."""
    found = [Flow(supplier=one, recipient=other, deals=number) for one, other, number in connection.execute(asked)]
    return tuple(sorted(found, key=lambda flow: (-flow.deals, flow.supplier, flow.recipient)))


def _shares(connection: Connection, asked: Select[Any]) -> tuple[Share, ...]:
    """The rows of (entity, number), the greatest number first; the others, who are many, come last."""
    found = [Share(entity=entity, deals=number) for entity, number in connection.execute(asked)]
    return tuple(sorted(found, key=lambda one: (not one.entity, -one.deals, one.entity)))


def _in_time(found: Happening) -> tuple[str, dt.date, dt.date, str, str, bool]:
    days = [day for day in (found.first, found.last) if day] or [dt.date.max]
    return found.deal, days[0], days[-1], found.kind.value, found.modality.value, found.negated


def _classes(connection: Connection) -> ColumnElement[bool]:
    """That an item is a class of equipment, as facets count them."""
    return _is_one(connection, listed_classes())


def _types(connection: Connection) -> ColumnElement[bool]:
    """That an item has a designation: whatever in the tree is no category."""
    return ~_is_one(connection, sorted(map(equipment_id, categories())))


def _is_one(connection: Connection, ids: Sequence[str]) -> ColumnElement[bool]:
    return unindexed(connection, items.c.entity).in_(listed(connection, ids, items.c.entity.type))
