"""What tells one deal from another with the same parties and equipment, gathered from strands.

Invariant: the facts of a whole are made of the facts of its parts, in whatever order they are added up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from followthearms.link.joining.strands import Strand
from followthearms.link.names import equipment as tree
from followthearms.link.names import places
from followthearms.link.stories import words
from followthearms.model import Claim, Document, Kind, Modality
from followthearms.model.slots import Quantity
from followthearms.model.spans import Extent, Frozen, Span
from followthearms.tables import DATA, read_table

Days = tuple[dt.date, dt.date]

ORDERING = (Kind.REQUEST, Kind.APPROVAL, Kind.SELECTION, Kind.AGREEMENT, Kind.PLEDGE)
"""Kinds of which an order has one as a rule, so that their days tell orders apart."""

GIVEN_OUT = frozenset({Kind.APPROVAL, Kind.PLEDGE})
"""Kinds that come package by package, each on its day."""

MOVED = frozenset({Kind.DELIVERY, Kind.PRODUCTION, Kind.SUPPLY, Kind.PAYMENT, Kind.HOLDING, Kind.SEIZURE})
"""Kinds of which an order has many."""

SPELL = 30
"""Days between two reports of one spell."""


class Stage(StrEnum):
    """How far a deal is told to have come."""

    SOUGHT = "sought"
    BOUND = "bound"
    MOVED = "moved"


class Phrases(Frozen):
    """Words that point at an order: see data/linking/phrases.yaml."""

    again: tuple[str, ...]
    which: tuple[str, ...]
    order: tuple[str, ...]
    beside: frozenset[str]
    part: tuple[str, ...]
    uses: dict[str, tuple[str, ...]]
    users: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Facts:
    """What some strands say that can tell their deal from others. Empty sets mean that nothing is said.

    `days` holds when the order was made, by kind of event; `dated` the days of events of any kind; `published` the
    spells in which it was reported; `again` is true if it is told as another order than one before; `uses` says on
    what it is used, `users` by which service; `stages` how far it has come.
    """

    nodes: set[tree.Node] = field(default_factory=set)
    days: set[tuple[Kind, Days]] = field(default_factory=set)
    dated: set[Days] = field(default_factory=set)
    published: list[Days] = field(default_factory=list)
    numbers: set[float] = field(default_factory=set)
    values: set[tuple[str, float]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    companies: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    quotes: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)
    users: set[str] = field(default_factory=set)
    stages: set[Stage] = field(default_factory=set)
    again: bool = False

    def add(self, other: Facts) -> None:
        """Take in what the other says."""
        self.nodes |= other.nodes
        self.days |= other.days
        self.dated |= other.dated
        self.published = _spells([*self.published, *other.published])
        self.numbers |= other.numbers
        self.values |= other.values
        self.places |= other.places
        self.companies |= other.companies
        self.documents |= other.documents
        self.quotes |= other.quotes
        self.uses |= other.uses
        self.users |= other.users
        self.stages |= other.stages
        self.again = self.again or other.again

    @property
    def telling(self) -> int:
        """How many kinds of facts that tell orders apart are told."""
        return sum(map(bool, (self.days, self.numbers, self.values, self.uses, self.again)))


def total(parts: Iterable[Facts]) -> Facts:
    """What the parts say together."""
    found = Facts()
    for part in parts:
        found.add(part)
    return found


def _spells(days: Iterable[Days]) -> list[Days]:
    """The days as spells with no more than `SPELL` days between two reports, so that many reports are few spells."""
    found: list[Days] = []
    for first, last in sorted(days):
        if found and (first - found[-1][1]).days <= SPELL:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def facts(strand: Strand) -> Facts:
    """What one strand says."""
    claim, document = strand.claim, strand.document
    sure = not claim.negated and claim.modality in (Modality.ACTUAL, Modality.PLANNED)
    quantity, value = strand.item and strand.item.quantity, claim.value
    counted = sure and quantity and claim.kind[0] not in (Kind.DELIVERY, Kind.SUPPLY)
    days = _days(strand)
    return Facts(
        nodes={strand.signature.node} if strand.signature.node else set(),
        days=set(_ordered(strand, days)),
        dated={days} if days else set(),
        published=[(document.date, document.date)] if document.date else [],
        numbers={float(quantity.number)} if counted and quantity else set(),
        values={(value.currency or "", float(value.amount))} if sure and value and not value.per else set(),
        places={places.name(claim.place.text)} if claim.place else set(),
        companies={" ".join(words(firm.text)) for firm in claim.company},
        documents={document.id},
        quotes={" ".join(words(document.words(claim.evidence)))},
        uses=_found(phrases().uses, strand),
        users=_found(phrases().users, strand),
        stages={_stage(claim)},
        again=_tells_orders(claim) and _is_again(document, strand),
    )


def _tells_orders(claim: Claim) -> bool:
    """False if *more* or *another* in the claim points at no other order: a further batch that is on its way, and any
    package of aid, as each comes after others. What may yet be sold beyond an order is another."""
    return _stage(claim) is not Stage.MOVED and claim.kind[0] not in GIVEN_OUT


def _stage(claim: Claim) -> Stage:
    firm = not claim.negated and claim.modality in (Modality.ACTUAL, Modality.PLANNED)
    if firm and claim.kind[0] in MOVED:
        return Stage.MOVED
    return Stage.BOUND if firm and claim.kind[0] in _BOUND else Stage.SOUGHT


_BOUND = frozenset({Kind.SELECTION, Kind.AGREEMENT, Kind.PLEDGE, Kind.APPROVAL})


def _days(strand: Strand) -> Days | None:
    told = strand.claim.date
    return (told.first, told.last) if told and told.first and told.last else None


def _ordered(strand: Strand, days: Days | None) -> Iterable[tuple[Kind, Days]]:
    claim, published = strand.claim, strand.document.date
    kind = claim.kind[0]
    announced = kind is Kind.PLEDGE and claim.modality is Modality.PLANNED
    if claim.negated or kind not in ORDERING or not (announced or claim.modality is Modality.ACTUAL):
        return
    if days and not (published and days[0] > published):  # an order that was made is of no later day: a term is
        yield kind, days
    elif kind is Kind.PLEDGE and published and (announced or claim.date is None):  # told as it is made
        yield kind, (published, published)


def _found(marks: Mapping[str, tuple[str, ...]], strand: Strand) -> set[str]:
    """The names of which one of the marks stands in the words of the item or the recipient."""
    item = strand.item
    named = " ".join([item.text if item else "", *(party.text for party in strand.claim.recipient)])
    said = f" {' '.join(words(named))} "
    return {name for name, own in marks.items() if any(f" {mark} " in said for mark in own)}


def _is_again(document: Document, strand: Strand) -> bool:
    """True if the claim's clause speaks of another order, or the words beside the item or its number do.

    The number may stand far from its item, or without it: *20 jets in 2019, and later 12 more*.
    """
    evidence, item = strand.claim.evidence, strand.item
    said = f" {' '.join(words(document.words(evidence)))} "
    if any(f" {phrase} " in said for phrase in _another()):
        return True
    spans = (item, item.quantity) if item else ()
    return any(_points_on(document, evidence, span) for span in spans if span and evidence.covers(span))


def _points_on(document: Document, evidence: Extent, span: Span) -> bool:
    """True if the last words before an item or a number, its own or, at a number, the first after it point at another
    order: *three further ships*, *12 more*; but not *more than 12*."""
    before = words(document.text[max(evidence.start, span.start - _REACH) : span.start])[-_WORDS:]
    after = words(document.text[span.end : evidence.end])[:2]
    told = [*before, *words(document.words(span)), *after, ""]
    reached = len(told) - len(after) - (0 if isinstance(span, Quantity) else 1)
    return any(word in phrases().beside and next_ != "than" for word, next_ in list(pairwise(told))[:reached])


@lru_cache(maxsize=1)
def _another() -> tuple[str, ...]:
    """The phrases for another order: *second contract*, *earlier orders*, *option on*."""
    told = phrases()
    return (*told.again, *(f"{which} {order}" for which in told.which for order in told.order))


_REACH = 40  # code points before an item or a number in which a word may point at another order
_WORDS = 3  # and how many words


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases of data/linking/phrases.yaml, each as the words of a text are compared."""
    return read_table(DATA / "linking" / "phrases.yaml", Phrases)
