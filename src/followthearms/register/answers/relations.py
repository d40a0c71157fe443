"""Everything that the register has between two states, and the parts that are played in a deal.

Invariant: each row points at the claims that it was read from; a section is empty if no text tells of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, select

from followthearms.errors import NotInRegister
from followthearms.link.deal.roles import parts
from followthearms.link.names.entities import entity
from followthearms.model import Amount, Deal, DealRow, Document, Event, Frozen, Kind, Money, Named, Nature, Ref
from followthearms.model.entities import Entity, EntityKind, Part, kind_of
from followthearms.register.answers.entities import Entities
from followthearms.register.answers.telling import Saying, Told, by_day, claims_in, sayings
from followthearms.register.chunks import chunks
from followthearms.register.folding.current import rulings
from followthearms.register.session import Session
from followthearms.register.tables import derived

_deals, _cells = derived.deals.c, derived.cells.c
_EVENTS = frozenset({Kind.REFUSAL, Kind.CONTACT, Kind.COOPERATION, Kind.TRADE})
"""Kinds of which each claim is a row of its own."""
_SITES = frozenset({EntityKind.PLACE, EntityKind.COMPANY, EntityKind.ORGANISATION})


class Dealing(Frozen):
    """A deal between the two, with the claims that tell of it."""

    deal: DealRow
    refs: tuple[Ref, ...]


class Trade(Frozen):
    """An amount of trade over a period: from `giver` to `taker` where a direction is told."""

    amount: Amount
    giver: str | None = None
    taker: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    event: Event


class Relations(Frozen):
    """What is between two states, `left` and `right`, by sections.

    `given`: transfers from left to right; `taken`: from right to left; `produced`: licensed and joint production either
    way; `embargoes` of one on the other; `others`: rows in which the two take part in other roles (a third party that
    permits, equipment of one's make held by the other, seizures). Deals are sorted as lists of deals are.
    `refusals`, `contacts`, `cooperation` and `trade` are in order of time. `people` and `facilities` (places, companies
    and agencies) are those that the claims of all these name, the most named first; `code` is their entity's id.
    """

    left: Entity
    right: Entity
    given: tuple[Dealing, ...] = ()
    taken: tuple[Dealing, ...] = ()
    produced: tuple[Dealing, ...] = ()
    embargoes: tuple[Dealing, ...] = ()
    others: tuple[Dealing, ...] = ()
    refusals: tuple[Event, ...] = ()
    contacts: tuple[Event, ...] = ()
    cooperation: tuple[Event, ...] = ()
    trade: tuple[Trade, ...] = ()
    people: tuple[Named, ...] = ()
    facilities: tuple[Named, ...] = ()


class RelationsOf:
    """Asks a register for relations and for the parts played in deals."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def between(self, left: str, right: str) -> Relations:
        """What is between two states, bodies or groups, each given by code or name. Raises NotInRegister."""
        known = Entities(self._session)
        one, other = known.state(left), known.state(right)
        if one.id == other.id:
            raise NotInRegister(f"{left!r} and {right!r} are both {one.label}; name two")
        with self._session.reading() as connection:
            sections = _sections(connection, one.id, other.id)
            told = claims_in(connection, {row.id for rows in sections.values() for row in rows})
            everything = {claim for claims in told.values() for claim in claims}
            events = sayings(connection, {claim.place for claim in everything if claim.kind in _EVENTS})
            found = {**_events(events), **_named(connection, everything)}
        dealings = {
            section: tuple(Dealing(deal=row, refs=tuple(claim.ref for claim in told[row.id])) for row in rows)
            for section, rows in sections.items()
            if section in Relations.model_fields
        }
        return Relations(left=one, right=other, **dealings, **found)

    def parts(self, deal: Deal, documents: Iterable[Document]) -> tuple[Part, ...]:
        """The parts that states, companies and places play in a deal, of which these are the documents."""
        told = {(event.ref.document, event.ref.claim) for event in deal.events}
        with self._session.reading() as connection:
            bindings = rulings(connection).bindings
        return parts(((d, claim) for d in documents for claim in d.claims if (d.id, claim.id) in told), bindings)


def _sections(connection: Connection, left: str, right: str) -> dict[str, list[DealRow]]:
    """The deals in which both take part, the first in rank first, by the section that they belong to."""
    one, other = derived.roles.alias("one"), derived.roles.alias("other")
    asked = (
        select(derived.deals.c.summary, one.c.role, other.c.role)
        .join(one, one.c.deal == _deals.id)
        .join(other, other.c.deal == _deals.id)
        .where(one.c.entity == left, other.c.entity == right)
        .order_by(_deals.rank.desc(), _deals.id)
    )
    roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows: dict[str, DealRow] = {}
    for summary, its, theirs in connection.execute(asked):
        row = DealRow.model_validate_json(summary)
        rows.setdefault(row.id, row)
        roles[row.id].add((its, theirs))
    found: dict[str, list[DealRow]] = defaultdict(list)
    for name, row in rows.items():
        found[_section(row.nature, roles[name])].append(row)
    return found


def _section(nature: Nature, roles: Collection[tuple[str, str]]) -> str:
    """The field of `Relations` for a deal in which the two have these pairs of roles; relations have events only."""
    if nature.is_relation:
        return "events"
    if nature is Nature.PRODUCTION:
        return "produced"
    if nature is Nature.EMBARGO:
        return "embargoes"
    if nature is Nature.TRANSFER and ("supplier", "recipient") in roles:
        return "given"
    if nature is Nature.TRANSFER and ("recipient", "supplier") in roles:
        return "taken"
    return "others"


def _events(told: Iterable[Saying]) -> dict[str, tuple[Event | Trade, ...]]:
    """The claims that are rows of their own, in order of time."""
    found: dict[str, list[Event | Trade]] = defaultdict(list)
    for one in sorted(told, key=by_day):
        match one.event.kind:
            case Kind.REFUSAL:
                found["refusals"].append(one.event)
            case Kind.CONTACT:
                found["contacts"].append(one.event)
            case Kind.COOPERATION:
                found["cooperation"].append(one.event)
            case Kind.TRADE if one.claim.value is not None:
                found["trade"].append(_trade(one, one.claim.value))
            case _:
                pass  # trade without an amount says nothing more than its deal
    return {section: tuple(rows) for section, rows in found.items()}


def _trade(one: Saying, value: Money) -> Trade:
    event = one.event
    amount = Amount(amount=value.amount, currency=value.currency, bound=value.bound, per=value.per, refs=(event.ref,))
    sides = one.claim.supplier[:1], one.claim.recipient[:1]
    giver, taker = (side[0].code if side else None for side in sides)
    return Trade(amount=amount, giver=giver, taker=taker, first=event.first, last=event.last, event=event)


def _named(connection: Connection, told: Collection[Told]) -> dict[str, tuple[Named, ...]]:
    """The people and the facilities that these claims name, the most named first."""
    refs: dict[str, dict[Ref, None]] = defaultdict(dict)
    claims = {claim.place: claim.ref for claim in told}
    for part in chunks({document for document, _ in claims}):
        asked = select(_cells.document, _cells.position, _cells.entity).where(
            _cells.document.in_(part), _cells.slot.in_(("persons", "place", "company")), _cells.entity.is_not(None)
        )
        for document, position, name in connection.execute(asked.order_by(_cells.document, _cells.position)):
            if (document, position) in claims:
                refs[name][claims[document, position]] = None
    ordered = sorted(refs, key=lambda name: (-len(refs[name]), name))
    return {
        "people": _names((name for name in ordered if kind_of(name) is EntityKind.PERSON), refs),
        "facilities": _names((name for name in ordered if kind_of(name) in _SITES), refs),
    }


def _names(ids: Iterable[str], refs: Mapping[str, Mapping[Ref, None]]) -> tuple[Named, ...]:
    return tuple(Named(name=entity(one).label, code=one, refs=tuple(refs[one])) for one in ids)
