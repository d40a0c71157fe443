"""The entities that the claims of a register refer to: look-up, search, review of the provisional ones.

Invariant: an entity answers to every id that it ever had; one that was merged, under the id that it goes under now.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from followthearms.errors import NotInRegister
from followthearms.knowledge.entities import by_name
from followthearms.knowledge.equipment import node
from followthearms.knowledge.names import Sort
from followthearms.knowledge.persons import leaders_named, person_id
from followthearms.link.names import naming
from followthearms.link.names.entities import entity
from followthearms.link.names.offices import office
from followthearms.model import Event, Frozen, Ref
from followthearms.model.entities import CODED, Entity, EntityKind, Tenure, entity_id, kind_of
from followthearms.register.answers.telling import Saying, sayings
from followthearms.register.folding.current import rulings
from followthearms.register.session import Session
from followthearms.register.tables import derived, documents

_cells, _entities, _kinds = derived.cells.c, derived.entities.c, derived.kinds_of.c
_PARTIES = frozenset({Sort.STATE, Sort.PEOPLE, Sort.BODY, Sort.BLOC, Sort.GROUP, Sort.GENERIC, Sort.VAGUE})
"""Sorts of names that mean a party itself, and not a firm or a leader of it."""
_NAMINGS = 500
"""Claims that are looked at for the offices of a person."""
_SPELLINGS = 5
"""Spellings of an entity that are shown, the commonest first."""


class Mentioned(Frozen):
    """An entity with what the register has of it: how often claims name it, in which words (the commonest first), and
    the ids that analysts merged into it. `offices`: those that texts name beside a person, the newest first."""

    entity: Entity
    mentions: int = 0
    spellings: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    offices: tuple[Tenure, ...] = ()


class Naming(Frozen):
    """A claim in which an entity is named: in which slot, by which words, and why they mean it."""

    slot: str
    words: str
    reason: str
    event: Event
    outlet: str | None = None


class Entities:
    """The entities of a register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> Mentioned:
        """The entity with this id. Raises NotInRegister if neither the register nor the tables know it."""
        with self._session.reading() as connection:
            merged = rulings(connection).bindings.merged
            now = merged.get(name, name)
            if entity(now).provisional and not _stored(connection, now):
                raise NotInRegister(f"no entity {name!r} in the register; `fta entities` lists them")
            old = tuple(one for one in merged if merged[one] == now)
            return _mentioned(connection, entity(now), old).model_copy(update={"offices": _offices(connection, now)})

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities of that name: those that the tables know by it, then those whose label holds it."""
        with self._session.reading() as connection:
            held = _entities.label.icontains(name, autoescape=True)
            stored = _read(connection, select(_entities.body).where(held).order_by(_entities.label, _entities.id))
        return tuple({one.id: one for one in (*_known(name), *stored)}.values())

    def state(self, name: str) -> Entity:
        """The state, body or group with this code or name. Raises NotInRegister if none or several have it."""
        found = [one for one in self.find(name) if one.kind in CODED]
        exact = [one for one in found if name.casefold() in (one.id.casefold(), one.label.casefold())]
        named = exact or list(_known(name)) or found
        if len(named) != 1:
            several = ", ".join(f"{one.id} ({one.label})" for one in named[:5])
            problem = f"{name!r} may be {several}; give the code" if named else f"no state or group {name!r}"
            raise NotInRegister(f"{problem}; states are written as in ISO 3166, such as RU, or by name")
        return named[0]

    def all(self, kind: EntityKind | None = None, *, provisional: bool | None = None) -> tuple[Entity, ...]:
        """The entities that the register refers to, by kind and label."""
        asked = select(_entities.body).where(*_wanted(kind, provisional))
        with self._session.reading() as connection:
            return _read(connection, asked.order_by(_entities.kind, _entities.label, _entities.id))

    def review(
        self, kind: EntityKind | None = None, *, provisional: bool | None = None, limit: int = 100
    ) -> tuple[Mentioned, ...]:
        """The entities with how often claims name them: the provisional first, then the most named."""
        flags = (True, False) if provisional is None else (provisional,)
        found: list[Mentioned] = []
        with self._session.reading() as connection:
            for flag in flags:
                if len(found) < limit:
                    found += _counted(connection, _wanted(kind, flag), limit - len(found))
        return tuple(found)

    def claims_of(self, name: str, role: str | None = None, *, limit: int = 100) -> tuple[Naming, ...]:
        """The claims that name the entity, or equipment of its kind, in the slot `role` or in any, by document;
        rejected ones are left out."""
        kinds = select(_kinds.entity).where(_kinds.wider == name)
        asked = select(derived.cells).where(or_(_cells.entity == name, _cells.entity.in_(kinds)))
        if role is not None:
            asked = asked.where(_cells.slot == role)
        with self._session.reading() as connection:
            ordered = asked.order_by(_cells.document, _cells.position, _cells.ordinal).limit(limit)
            rows = connection.execute(ordered).all()
            told = {one.place: one for one in sayings(connection, [(row.document, row.position) for row in rows])}
        places = ((row, (row.document, row.position)) for row in rows)
        return tuple(_naming(row, told[place]) for row, place in places if place in told)


def _counted(connection: Connection, wanted: Sequence[ColumnElement[bool]], limit: int) -> Iterator[Mentioned]:
    count = select(func.count()).where(_cells.entity == _entities.id).scalar_subquery()
    asked = select(_entities.body, count).where(*wanted).order_by(count.desc(), _entities.id).limit(limit)
    for body, mentions in connection.execute(asked):
        yield Mentioned(entity=Entity.model_validate_json(body), mentions=mentions)


def _naming(row: Any, told: Saying) -> Naming:
    return Naming(slot=row.slot, words=row.text, reason=row.reason, event=told.event, outlet=told.outlet)


def _known(name: str) -> Iterable[Entity]:
    """The entities that the package's tables know by a name or an id."""
    code = entity(name.upper())
    if code.kind in CODED and not code.provisional:
        yield code
    for match in naming.scan(name):
        whole = match.start == 0 and match.end == len(name) and match.name.sort in _PARTIES
        if whole and (party := entity(match.name.code)).kind in CODED and not party.provisional:
            yield party
    ids = [by_name(kind, name) for kind in (EntityKind.COMPANY, EntityKind.PLACE, EntityKind.SOURCE)]
    ids += [person_id(leader) for leader in leaders_named(name)]
    ids += [entity_id(EntityKind.EQUIPMENT, found)] if (found := node(name)) else []
    yield from (entity(one) for one in ids if one)


def _stored(connection: Connection, name: str) -> bool:
    return connection.execute(select(_entities.id).where(_entities.id == name)).first() is not None


def _read(connection: Connection, asked: Any) -> tuple[Entity, ...]:
    return tuple(map(Entity.model_validate_json, connection.execute(asked).scalars()))


def _wanted(kind: EntityKind | None, provisional: bool | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if kind is not None:
        wanted.append(_entities.kind == kind.value)
    if provisional is not None:
        wanted.append(_entities.provisional.is_(provisional))
    return wanted


def _mentioned(connection: Connection, found: Entity, merged: tuple[str, ...]) -> Mentioned:
    count = func.count()
    asked = select(_cells.text, count).where(_cells.entity == found.id).group_by(_cells.text)
    rows = connection.execute(asked.order_by(count.desc(), _cells.text)).all()
    spellings = tuple(text for text, _ in rows[:_SPELLINGS])
    return Mentioned(entity=found, mentions=sum(n for _, n in rows), spellings=spellings, merged=merged)


def _offices(connection: Connection, name: str) -> tuple[Tenure, ...]:
    """The offices that texts name beside a person, by the day on which they last did."""
    if kind_of(name) is not EntityKind.PERSON:
        return ()
    told, texts = derived.statements.c, documents.c
    asked = (
        select(_cells.start, _cells.end, texts.text, told.document, told.claim, told.published)
        .join(documents, texts.id == _cells.document)
        .join(derived.statements, (told.document == _cells.document) & (told.position == _cells.position))
        .where(_cells.entity == name)
        .order_by(told.published, told.document, told.position)
        .limit(_NAMINGS)
    )
    found: dict[str, dict[Ref, dt.date | None]] = defaultdict(dict)
    for start, end, text, document, claim, published in connection.execute(asked):
        title = office(text, start, end)
        if title:
            day = dt.date.fromisoformat(published) if published else None
            found[title][Ref(document=document, claim=claim)] = day
    tenures = (_tenure(title, refs) for title, refs in found.items())
    return tuple(sorted(tenures, key=lambda one: (one.last or dt.date.min, one.office), reverse=True))


def _tenure(title: str, refs: Mapping[Ref, dt.date | None]) -> Tenure:
    days = [day for day in refs.values() if day]
    return Tenure(office=title, first=min(days, default=None), last=max(days, default=None), refs=tuple(refs))
