"""A deal: its cells, its timeline, and the contradictions in what is told of it."""

from __future__ import annotations

import datetime as dt

from pydantic import AliasChoices, Field

from followthearms.model.deals.cells import Amount, Figure, Item, Named, Ref
from followthearms.model.deals.contradictions import Consistency, Contradiction
from followthearms.model.deals.status import ARRIVED, Nature, Status
from followthearms.model.kinds import Kind, Modality
from followthearms.model.spans import Frozen


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

    @property
    def own_value(self) -> Amount | None:
        """The best sum that is of this deal alone: one that is of several must not be added up over them."""
        return next((amount for amount in self.values if not amount.beside), None)


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
