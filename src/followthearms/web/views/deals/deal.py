"""A deal in full: where it stands, each field with its competing values, its events, and where its reports differ.

Invariant: no value stands without the sentences that it was read from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from followthearms.errors import NotInRegister
from followthearms.exchange import words
from followthearms.model import (
    Amount,
    Deal,
    Event,
    Figure,
    Item,
    Named,
    Ref,
    Status,
)
from followthearms.web import links
from followthearms.web.views.deals.opposed import MOST_OPPOSED, Opposed, Rulings, opposed
from followthearms.web.views.phrases import exact
from followthearms.web.views.quotes import Library, Quote, Quotes, Valued

_STAGES = (
    Status.INTEREST,
    Status.REQUESTED,
    Status.OFFERED,
    Status.NEGOTIATING,
    Status.APPROVED,
    Status.SELECTED,
    Status.AGREED,
    Status.IN_PRODUCTION,
    Status.PARTLY_DELIVERED,
    Status.DELIVERED,
)
"""The stages that a transfer goes through; the others are shown where a text speaks for one."""

_FIELDS = (
    ("supplier", "Supplier", "supplier", "supplier"),
    ("recipient", "Recipient", "recipient", "recipient"),
    ("parties", "Parties", "parties", "parties"),
    ("equipment", "Equipment", "equipment", "equipment"),
    ("quantity", "Quantity", "quantity", "quantity"),
    ("delivered", "Delivered", "delivered", "quantity"),
    ("value", "Value", "values", "value"),
    ("actors", "Third parties", "actors", "actor"),
    ("companies", "Companies", "companies", "company"),
    ("places", "Places", "places", "place"),
)
"""Part of the page, its label, the field of the deal, the slot of its claims."""

MOST_QUOTES, MOST_EVENTS, MOST_CONTRADICTIONS = 5, 40, 10
"""What a page shows of each value, of the timeline and of the contradictions unless all is asked for, so that the page
of a deal that is told a hundred times still comes at once."""


@dataclass(frozen=True)
class Told:
    """A value with its sentences. `note`: how many say so, in words; `href`: the entity that it is; `group`: where its
    claims are decided on at once, if there are several."""

    text: str
    mark: str
    note: str
    href: str | None
    quotes: Quotes
    group: str | None


@dataclass(frozen=True)
class Field:
    """A field of the deal with its values, the best supported first. `note` is said of them all."""

    part: str
    label: str
    slot: str
    values: tuple[Told, ...]
    note: str = ""


@dataclass(frozen=True)
class Step:
    """A stage: whether a text speaks for it, when first, and whether the deal stands there."""

    label: str
    is_told: bool
    is_here: bool
    when: str
    href: str | None


@dataclass(frozen=True)
class Happening:
    """An event of the timeline; `part` is its name on the page."""

    part: str
    when: str
    event: Event
    certainty: str
    quote: Quote | None


@dataclass(frozen=True)
class DealView:
    """The page of a deal."""

    deal: Deal
    heading: str
    sides: str
    about: str
    steps: tuple[Step, ...]
    fields: tuple[Field, ...]
    timeline: tuple[Happening, ...]
    contradictions: tuple[Opposed, ...]
    documents: int
    is_full: bool


def deal_view(deal: Deal, library: Library, rulings: Rulings, *, is_full: bool) -> DealView:
    """The page of a deal, in full or as much as is read at once; the library holds its documents, `rulings` those on
    its contradictions."""
    events = deal.events if is_full else deal.events[:MOST_EVENTS]
    differences = deal.contradictions if is_full else deal.contradictions[:MOST_CONTRADICTIONS]
    most = len(deal.events) if is_full else 0
    return DealView(
        deal=deal,
        heading=words.heading(deal),
        sides=words.sides(deal),
        about=words.items(deal.equipment),
        steps=tuple(steps(deal, {event.ref for event in events})),
        fields=tuple(_fields(deal, library, most or MOST_QUOTES)),
        timeline=tuple(_happening(event, library) for event in events),
        contradictions=tuple(opposed(deal, found, library, rulings, most or MOST_OPPOSED) for found in differences),
        documents=len(deal.documents),
        is_full=is_full,
    )


def steps(deal: Deal, shown: Collection[Ref]) -> Iterable[Step]:
    """The stages of a transfer, in order; nothing for what has no stages. `shown` are the events on the page."""
    if deal.nature.group != 0:
        return
    first: dict[Status, Event] = {}
    for event in deal.events:
        if event.stage:
            first.setdefault(event.stage, event)
    for status in Status:
        if status not in first and status not in _STAGES and status is not deal.status:
            continue
        speaking = first.get(status)
        yield Step(
            label=status.value,
            is_told=speaking is not None,
            is_here=status is deal.status,
            when=words.days(speaking.first, speaking.last) if speaking else "",
            href=_at(speaking, shown) if speaking else None,
        )


def refs_of(deal: Deal, part: str, value: int) -> tuple[Ref, ...]:
    """The claims that tell a value, counted from 1, of a field by its part of the page. Raises NotInRegister."""
    field = next((name for known, _, name, _ in _FIELDS if known == part), None)
    values: tuple[Valued, ...] = getattr(deal, field) if field else ()
    if not 1 <= value <= len(values):
        raise NotInRegister(f"deal {deal.id} has no value {value} of {part!r}; its page shows all that it has")
    return tuple(dict.fromkeys(values[value - 1].refs))


def event_part(ref: Ref) -> str:
    """The part of the deal's page that shows an event."""
    return f"event-{links.segment(ref.document)}-{links.segment(ref.claim)}"


def _at(event: Event, shown: Collection[Ref]) -> str:
    return ("" if event.ref in shown else "?full=1") + f"#{event_part(event.ref)}"


def _fields(deal: Deal, library: Library, most: int) -> Iterable[Field]:
    for part, label, name, slot in _FIELDS:
        values = getattr(deal, name)
        if not values:
            continue
        groups = (links.listing("/review/cell", deal=deal.id, part=part, value=n) for n, _ in enumerate(values, 1))
        told = tuple(_told(*one, slot, library, most) for one in zip(values, groups, strict=True))
        total = deal.delivered_total if part == "delivered" and len(values) > 1 else None
        yield Field(part, label, slot, told, f"in all {words.number(total)}" if total is not None else "")


def _told(value: Valued, group: str, slot: str, library: Library, most: int) -> Told:
    mark, text, href = _shown(value)
    if isinstance(value, Figure | Amount):
        note = words.counted(value.sources, "independent source")
    else:
        note = words.counted(len(set(value.refs)), "claim")
    several = len(set(value.refs)) > 1
    return Told(text, mark, note, href, library.quotes(value.refs, most, slot, value), group if several else None)


def _shown(value: Valued) -> tuple[str, str, str | None]:
    """How a value is uncertain, what it is, and the page of what it names."""
    match value:
        case Named(code=str() as code):
            return "", words.party(value), links.entity(code)
        case Named():
            return "", words.named(value), None
        case Item():
            return "", words.one_line(value.label), None
        case Figure():
            return value.bound.words, words.figure(exact(value)), None
        case Amount():
            return value.bound.words, words.money(exact(value)), None


def _happening(event: Event, library: Library) -> Happening:
    said = words.certainty(event.modality, event.negated, event.disputed)
    when = words.days(event.first, event.last)
    return Happening(event_part(event.ref), when, event, said, library.said(event.ref))
