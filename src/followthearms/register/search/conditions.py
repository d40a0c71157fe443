"""The conditions of a search as SQL, over whatever its rows are.

Invariants: each condition says of a row whether it `holds`; one that few rows may meet also says which `keys` those
are, and how to count what it would start from. Conditions on claims hold together for one and the same claim of a deal
or a document; a negated one holds if no claim of it is so. All values are bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    exists,
    not_,
    or_,
    select,
)

from followthearms.model.entities import kind_of
from followthearms.model.filters import Days, Target, Value
from followthearms.model.query import Condition, Query
from followthearms.register.search import dialects
from followthearms.register.search.meaning import meaning
from followthearms.register.search.ranges import between, is_one_of, numbered, within
from followthearms.register.search.words import pages, quotes, tellings
from followthearms.register.tables.derived import cells, deals, differences, items, kinds_of, roles, statements, strands

_ROLES: dict[str, tuple[str, ...]] = {"supplier": ("supplier",), "recipient": ("recipient",), "actor": ("actor",)}
_ROLES["party"] = ("supplier", "recipient", "party", "actor")
_SLOTS: dict[str, tuple[str, ...]] = {
    name: (name,) for name in ("supplier", "recipient", "actor", "company", "place", "equipment")
}
_SLOTS |= {"person": ("persons", "speaker"), "party": ("supplier", "recipient", "actor", "parties")}
_OF_DEALS = ("nature", "status", "reached", "quantity", "value", "sources", "contradiction", "topic")
_published = pages.alias("published_pages")  # for conditions on claims, which may stand in a question for pages
_RULED = {"any": (True, False), "open": (False,), "closed": (True,)}


@dataclass(frozen=True, slots=True)
class Start:
    """Where to start from: `size` has as many rows as are looked at to get the `keys` of the rows that may be meant.
    `is_slow`: even the first of them takes long. `among`: the keys, once the rows that were looked at are known; where
    to look takes long, this is not done twice."""

    size: Select[Any]
    keys: Select[Any]
    is_slow: bool = False
    among: Callable[[Sequence[int]], Select[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A condition on the rows of an answer. `is_of_key`: it says which numbers are meant, and nothing else."""

    holds: ColumnElement[bool]
    starts: tuple[Start, ...] = ()
    is_of_key: bool = False


@dataclass(frozen=True, slots=True)
class _OfClaims:
    """A condition on claims: on a row of `statements`, and the places of the claims that an index finds for it, or
    what to look up in an index of `statements`."""

    holds: ColumnElement[bool]
    places: Select[Any] | None = None
    lookup: ColumnElement[bool] | None = None


TABLES: dict[Target, Table] = {Target.DEALS: deals, Target.CLAIMS: quotes, Target.DOCUMENTS: pages}
KEYS: dict[Target, ColumnElement[Any]] = {
    Target.DEALS: deals.c.id,
    Target.CLAIMS: quotes.c.number,
    Target.DOCUMENTS: pages.c.number,
}


def parts(connection: Connection, query: Query, target: Target) -> list[Part]:
    """The conditions of a query on its rows, those first that are the quickest to test."""
    words = _words(connection, query, target)
    own: list[Part] = []
    through_claims: list[Part] = []
    on_claims: list[_OfClaims] = []
    on_differences: list[Condition] = []
    for condition in query.conditions:
        if condition.name in ("contradiction", "topic") and not condition.negated:
            on_differences.append(condition)
        elif made := _own(connection, condition, target):
            own.append(_negated(made, condition))
        else:
            said = _of_claims(connection, condition)
            if condition.negated:
                through_claims.append(Part(not_(_through(target, [said]).holds)))
            else:
                on_claims.append(said)
    if on_differences:
        own.append(_through_deals(target, _differs(on_differences)))
    if on_claims:
        through_claims.insert(0, _through(target, on_claims))
    return [*own, *words, *through_claims] if target is Target.DEALS else [*through_claims, *words, *own]


def _negated(part: Part, condition: Condition) -> Part:
    return Part(not_(part.holds), is_of_key=part.is_of_key) if condition.negated else part


def _words(connection: Connection, query: Query, target: Target) -> list[Part]:
    if not query.words:
        return []
    table = tellings if target is Target.DEALS else TABLES[target]
    holds = dialects.holds(connection, table, query.words)
    wanted = [words for words in query.words if not words.negated]
    numbers = dialects.numbers(connection, table, query.words) if wanted else None
    is_slow = any(words.beginning for words in wanted)  # whatever begins so is put together first
    if target is Target.DEALS:
        holds = exists().where(tellings.c.deal == deals.c.id).where(holds)
    if numbers is None:
        return [Part(holds)]

    def keys(found: Select[Any]) -> Select[Any]:
        return found if target is not Target.DEALS else select(tellings.c.deal).where(tellings.c.number.in_(found))

    def among(found: Sequence[int]) -> Select[Any]:
        return keys(dialects.listed(connection, found, BigInteger()))

    looks_once = dialects.searches_slowly(connection)
    return [Part(holds, (Start(numbers, keys(numbers), is_slow, among if looks_once else None),))]


def _own(connection: Connection, condition: Condition, target: Target) -> Part | None:
    """A condition on the row itself, or on its deal; null if it is one on claims."""
    name, values = condition.name, condition.values
    if name == "published" and target is not Target.DEALS:
        key = KEYS[target]
        meant = or_(*(numbered(key, value) for value in values if isinstance(value, Days)))
        return Part(meant, is_of_key=True)
    if name == "source" and target is Target.DOCUMENTS:
        named = pages.c.source.in_(_ids(connection, name, values))
        found = select(pages.c.number).where(named)
        return Part(named, (Start(found, found),))
    if name in _OF_DEALS:
        return _through_deals(target, _of_deals(connection, condition))
    if target is not Target.DEALS:
        return None
    if name == "date":
        return Part(or_(*(within(deals, value, deals.c.told) for value in values if isinstance(value, Days))))
    if name == "equipment":
        return _linked(items, items.c.entity.in_(_ids(connection, name, values)))
    if name in _ROLES:
        ids = _ids(connection, name, values)
        if not any(kind_of(one) for one in ids):  # the roles of deals are those of states, bodies and groups
            return _linked(roles, and_(roles.c.entity.in_(ids), roles.c.role.in_(_ROLES[name])))
    return None


def _linked(table: Any, condition: ColumnElement[bool]) -> Part:
    """A condition on deals through a table that names them."""
    holds = exists().where(table.c.deal == deals.c.id).where(condition)
    found = select(table.c.deal).where(condition)
    return Part(holds, (Start(found, found),))


def _of_deals(connection: Connection, condition: Condition) -> Part:
    """A condition on a row of `deals`."""
    name, values = condition.name, condition.values
    if name in ("contradiction", "topic"):
        return _differs([condition])
    if name == "reached":
        return Part(or_(*(between(deals.c.reached, value) for value in values if isinstance(value, Days))))
    columns = {"quantity": deals.c.number, "value": deals.c.amount, "sources": deals.c.sources}
    column: Column[Any] = (columns | {"nature": deals.c.nature, "status": deals.c.status})[name]
    found = select(deals.c.id).where(is_one_of(column, values))
    return Part(is_one_of(dialects.unindexed(connection, column), values), (Start(found, found),))


def _differs(conditions: Sequence[Condition]) -> Part:
    """Deals of which one and the same contradiction meets all conditions."""
    said: list[ColumnElement[bool]] = []
    for condition in conditions:
        values = [str(value) for value in condition.values]
        if condition.name == "topic":
            said.append(differences.c.topic.in_(values))
        else:
            ruled = [flag for value in values for flag in _RULED.get(value, ())]
            said.append(or_(differences.c.consistency.in_(values), differences.c.ruled.in_(ruled)))
    return _linked(differences, and_(*said))


def _through_deals(target: Target, part: Part) -> Part:
    """A condition on deals as one on claims or documents: on those of such deals."""
    if target is Target.DEALS:
        return part
    main = TABLES[target]
    held = exists().where(deals.c.id == strands.c.deal, strands.c.document == main.c.document)
    if target is Target.CLAIMS:
        held = held.where(strands.c.position == quotes.c.position)
    starts = []
    for start in part.starts:
        ids = start.keys.subquery()
        size = select(strands.c.document).select_from(ids.join(strands, strands.c.deal == ids.c[0]))
        if target is Target.CLAIMS:
            placed = and_(quotes.c.document == strands.c.document, quotes.c.position == strands.c.position)
            keys = select(quotes.c.number).select_from(
                ids.join(strands, strands.c.deal == ids.c[0]).join(quotes, placed)
            )
        else:
            keys = select(pages.c.number).select_from(
                ids.join(strands, strands.c.deal == ids.c[0]).join(pages, pages.c.document == strands.c.document)
            )
        starts.append(Start(size, keys))
    return Part(held.where(part.holds), tuple(starts))


def _of_claims(connection: Connection, condition: Condition) -> _OfClaims:
    """A condition on a row of `statements`."""
    name, values = condition.name, condition.values
    said = statements.c
    if name in _SLOTS:
        ids = _ids(connection, name, values)
        meant: Any = select(kinds_of.c.entity).where(kinds_of.c.wider.in_(ids)) if name == "equipment" else ids
        entity = cells.c.entity if len(ids) == 1 and meant is ids else dialects.unindexed(connection, cells.c.entity)
        slot = cells.c.slot.in_(_SLOTS[name])
        found = select(cells.c.document, cells.c.position).where(cells.c.entity.in_(meant), slot)
        return _OfClaims(exists().where(_same_place(cells, statements), entity.in_(meant), slot), found)
    places: Select[Any] | None = None
    if name == "date":
        holds = or_(*(within(statements, value) for value in values if isinstance(value, Days)))
    elif name == "published":
        holds = or_(*(between(said.published, value) for value in values if isinstance(value, Days)))
    elif name == "source":
        named = _published.c.source.in_(_ids(connection, name, values))
        holds = exists().where(_published.c.document == said.document).where(named)
        cited = quotes.join(_published, _published.c.document == quotes.c.document)
        places = select(quotes.c.document, quotes.c.position).select_from(cited).where(named)
    elif name in ("negated", "disputed"):
        holds = or_(*(said[name].is_(value == "yes") for value in values))
    else:
        holds = is_one_of(said[name], values)
        if name in ("kind", "standing"):
            return _OfClaims(holds, lookup=holds)
    return _OfClaims(holds, places)


def _through(target: Target, conditions: Sequence[_OfClaims]) -> Part:
    """Conditions on claims as one on the rows: that one of a row's claims meets all of them."""
    all_hold = and_(*(one.holds for one in conditions))
    match target:
        case Target.CLAIMS:
            held = exists().where(_same_place(statements, quotes)).where(all_hold)
        case Target.DOCUMENTS:
            held = exists().where(statements.c.document == pages.c.document).where(all_hold)
        case Target.DEALS:
            held = exists().where(strands.c.deal == deals.c.id).where(_same_place(statements, strands)).where(all_hold)
    found = (_start(target, one, [other.holds for other in conditions if other is not one]) for one in conditions)
    return Part(held, tuple(start for start in found if start))


def _start(target: Target, first: _OfClaims, others: Sequence[ColumnElement[bool]]) -> Start | None:
    """The rows that have a claim which meets all conditions, found by one of them."""
    claims: Any
    place: Any
    if first.lookup is not None:
        claims, others = statements, [first.lookup, *others]
        size, place = select(statements.c.document).where(first.lookup), statements
    elif first.places is not None:
        size, place = first.places, first.places.subquery()
        claims = place.join(statements, _same_place(statements, place)) if others else place
    else:
        return None
    match target:
        case Target.CLAIMS:
            keys = select(quotes.c.number).select_from(claims.join(quotes, _same_place(quotes, place)))
        case Target.DOCUMENTS:
            keys = select(pages.c.number).select_from(claims.join(pages, pages.c.document == place.c.document))
        case Target.DEALS:
            keys = select(strands.c.deal).select_from(claims.join(strands, _same_place(strands, place)))
    return Start(size, keys.where(*others))


def _same_place(left: Any, right: Any) -> ColumnElement[bool]:
    return and_(left.c.document == right.c.document, left.c.position == right.c.position)


def _ids(connection: Connection, name: str, values: Sequence[Value]) -> list[str]:
    return sorted({id_ for value in values for id_ in meaning(connection, name, str(value))})
