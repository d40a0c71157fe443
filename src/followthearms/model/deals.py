"""Deals, stories and contradictions: what follows from the claims of many documents.

Invariant: nothing here is a source. Every figure, name, date and event of a deal points by `Ref` at the claims
that it was read from, so each cell opens on its words; deals are computed from claims and never stored as truth.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import AliasChoices, Field

from followthearms.model.kinds import Bound, Kind, Modality
from followthearms.model.spans import Frozen


class Nature(StrEnum):
    """What a row of the register is about. Everything from `HOLDING` on is no transfer between two parties."""

    TRANSFER = "transfer"
    PRODUCTION = "licensed production"  # a transfer by licence, joint production or technology
    EMBARGO = "embargo"  # a restriction on a party, of no one deal
    HOLDING = "holding"  # what a party has, perhaps with its origin
    DIVERSION = "diversion"
    SEIZURE = "seizure"
    TRADE = "trade"
    CONTACT = "contact"
    COOPERATION = "cooperation"

    @property
    def is_relation(self) -> bool:
        """True if the two sides stand in `parties`, and neither gives nor gets."""
        return self in (Nature.TRADE, Nature.CONTACT, Nature.COOPERATION)

    @property
    def group(self) -> int:
        """0 for transfers, 1 for rows on one party or happening, 2 for relations: the order in which they are shown."""
        return 0 if self in (Nature.TRANSFER, Nature.PRODUCTION) else 2 if self.is_relation else 1


class Status(StrEnum):
    """Where a deal stands, in the order in which deals advance.

    `MOOTED`: only spoken of as possible, or denied. `PLANNED`: decided or announced, the contract not told.
    `SUPPLIED`: a transfer whose stage is not told. `REPORTED`: rows that have no stages (seizures, trade, …).
    `LIFTED`: an embargo that has ended.
    """

    REPORTED = "reported"
    MOOTED = "mooted"
    INTEREST = "interest"
    REQUESTED = "requested"
    OFFERED = "offered"
    NEGOTIATING = "negotiating"
    REFUSED = "refused"
    LIFTED = "lifted"
    APPROVED = "approved"
    PLEDGED = "pledged"
    SELECTED = "selected"
    PLANNED = "planned"
    AGREED = "agreed"
    IN_PRODUCTION = "in production"
    SUPPLIED = "supplied"
    PARTLY_DELIVERED = "partly delivered"
    DELIVERED = "delivered"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    EMBARGOED = "embargoed"


ARRIVED = frozenset({Status.SUPPLIED, Status.PARTLY_DELIVERED, Status.DELIVERED})
"""How much has come is a matter of the figures: a claim that speaks for one of these may lead to another."""


class Ref(Frozen):
    """Where a statement stands: a document and the claim in it."""

    document: str
    claim: str


class Named(Frozen):
    """A party, company or place of a deal. `code` is a party's; `name` the words of the first text that has it.

    A party without a code in the text has its name in capitals as its code.
    """

    name: str
    code: str | None = None
    refs: tuple[Ref, ...] = ()


class Item(Frozen):
    """Equipment of a deal: the label to show, and the designation and category that the texts give."""

    label: str
    designation: str | None = None
    category: str | None = None
    refs: tuple[Ref, ...] = ()


class Figure(Frozen):
    """A number of items as reported; `sources` counts the independent sources that report just this number."""

    number: int | float
    bound: Bound = Bound.EXACT
    unit: str | None = None
    sources: int = 1
    refs: tuple[Ref, ...] = ()


class Amount(Frozen):
    """An amount of money as reported, in units of `currency` (ISO 4217); `per` is the period of a rate.

    `beside` names what the sum is of besides this deal: other equipment, other recipients. Empty if it is of this deal
    alone. Only such sums may be added up over deals.
    """

    amount: int | float
    currency: str | None = None
    bound: Bound = Bound.EXACT
    per: str | None = None
    beside: tuple[str, ...] = ()
    sources: int = 1
    refs: tuple[Ref, ...] = ()


class Event(Frozen):
    """One claim on the timeline of a deal.

    `first` and `last` are the days, both included, between which it happened or is due; `published` the day of its
    document; `stage` the status that this claim speaks for, null if it advances nothing; `quote` its evidence.
    """

    ref: Ref
    kind: Kind
    modality: Modality = Modality.ACTUAL
    negated: bool = False
    disputed: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    published: dt.date | None = None
    place: str | None = None
    stage: Status | None = None
    quote: str

    @property
    def happened(self) -> dt.date | None:
        """The day by which it had happened, never after its report; null for what is undated or only planned."""
        day = self.last or self.first
        if day is None or self.modality is not Modality.ACTUAL:
            return None
        return min(day, self.published) if self.published else day


class Topic(StrEnum):
    """What two reports differ in."""

    QUANTITY = "quantity"
    VALUE = "value"
    DATE = "date"
    PLACE = "place"
    PARTY = "party"
    STATUS = "status"
    EXISTENCE = "existence"  # whether it happened at all


class Consistency(StrEnum):
    """How two differing reports stand to each other."""

    COMPATIBLE = "compatible"  # both can be right: "over 600,000" and 700,000
    SUPERSEDED = "superseded"  # a later stage replaces an earlier one
    PARTIAL = "partial"  # one is a part of the other: 70,000 of 670,000
    CONFLICTING = "conflicting"  # one of the two is wrong


class Side(Frozen):
    """One side of a contradiction: its value in words, and the claims that report it."""

    value: str
    refs: tuple[Ref, ...]


class Contradiction(Frozen):
    """Two reports within one deal that differ, how they stand to each other, and why, in words."""

    id: str
    deal: str
    topic: Topic
    consistency: Consistency
    left: Side
    right: Side
    reason: str
    ruling: str | None = None  # the id of the decision that closed it


class DealCells(Frozen):
    """What a deal and its row in a list have in common.

    `supplier`, `recipient` (or `parties`, where no direction is told) are empty if no text names them.
    `quantity`, `delivered`, `values`: one entry for each different figure, the best supported first. `quantity` is how
    many are told of: what `status` says is done with them, so that of a refused deal they were refused. Snapshots of
    earlier versions call it `ordered`.
    `delivered_total` adds up batches on different dates. `equipment` holds the most specific item first.
    """

    id: str
    nature: Nature
    status: Status
    supplier: tuple[Named, ...] = ()
    recipient: tuple[Named, ...] = ()
    parties: tuple[Named, ...] = ()
    actors: tuple[Named, ...] = ()
    companies: tuple[Named, ...] = ()
    equipment: tuple[Item, ...] = ()
    quantity: tuple[Figure, ...] = Field(default=(), validation_alias=AliasChoices("quantity", "ordered"))
    delivered: tuple[Figure, ...] = ()
    delivered_total: int | float | None = None
    values: tuple[Amount, ...] = ()
    places: tuple[Named, ...] = ()


class Deal(DealCells):
    """One row of the register: the claims, from any documents, about one transfer (or one relation).

    `events` are in order of time, undated ones by publication. `sources` counts independent sources, not documents.
    """

    events: tuple[Event, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    sources: int = 1

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of its documents, sorted."""
        return tuple(sorted({event.ref.document for event in self.events}))

    @property
    def conflicts(self) -> tuple[Contradiction, ...]:
        """The contradictions of which one side must be wrong, and on which no analyst has ruled."""
        return tuple(c for c in self.contradictions if c.consistency is Consistency.CONFLICTING and c.ruling is None)

    @property
    def rank(self) -> float:
        """Greater for what is shown first: by group of nature, then the best sourced, the most told, the furthest
        advanced. Deals of equal rank are shown by id."""
        sources, events = min(self.sources, 99_999), min(len(self.events), 99_999)
        return (2 - self.nature.group) * 1e12 + sources * 1e7 + events * 1e2 + list(Status).index(self.status)

    @property
    def first(self) -> dt.date | None:
        """The earliest day that any event of it may have happened on."""
        days = [event.first or event.last for event in self.events if event.first or event.last]
        return min(day for day in days if day) if days else None

    @property
    def reached(self) -> dt.date | None:
        """The day by which it had got where it stands: the latest that an event which speaks for its status had
        happened by, or else was reported on. Where no event speaks for it, all are looked at."""
        meant = ARRIVED if self.status in ARRIVED else {self.status}
        speaking = [event for event in self.events if event.stage in meant] or self.events
        happened = [day for event in speaking if (day := event.happened)]
        return max(happened or [day for event in speaking if (day := event.published)], default=None)


class DealRow(DealCells):
    """A deal as a list shows it: its cells without what they were read from.

    `first` and `last` are the days of its earliest and latest event, `reached` the day by which it had got where it
    stands, `told` the latest day on which it was reported.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    reached: dt.date | None = None
    told: dt.date | None = None
    claims: int = 0
    documents: int = 0
    sources: int = 1
    contradictions: int = 0
    conflicts: int = 0

    @classmethod
    def of(cls, deal: Deal) -> DealRow:
        """The row of a deal."""
        shown = {name: tuple(cell.model_copy(update={"refs": ()}) for cell in getattr(deal, name)) for name in _CELLS}
        days = [day for event in deal.events for day in (event.first, event.last) if day]
        return cls(
            **{name: getattr(deal, name) for name in ("id", "nature", "status", "delivered_total", "sources")},
            **shown,
            first=min(days, default=None),
            last=max(days, default=None),
            reached=deal.reached,
            told=max((event.published for event in deal.events if event.published), default=None),
            claims=len(deal.events),
            documents=len(deal.documents),
            contradictions=len(deal.contradictions),
            conflicts=len(deal.conflicts),
        )


_CELLS = (
    *("supplier", "recipient", "parties", "actors", "companies", "equipment", "quantity", "delivered", "values"),
    "places",
)


class Story(Frozen):
    """Documents that are copies or near-copies of one text. `outlets` and `documents` are sorted."""

    id: str
    documents: tuple[str, ...]
    outlets: tuple[str, ...] = ()
