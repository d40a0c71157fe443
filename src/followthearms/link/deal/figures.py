"""Numbers and money of a row: what the strands report, equal figures brought together.

Invariant: what is negated or hypothetical gives no figure.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from followthearms.knowledge.states import name_of
from followthearms.link.deal.status import ORDER, stage
from followthearms.link.joining.strands import Strand
from followthearms.link.names import equipment as tree
from followthearms.link.names.parties import code
from followthearms.link.sources import Sources
from followthearms.model import Amount, Bound, Equipment, Figure, Kind, Modality, Money, Nature, Quantity, Ref, Status

K = TypeVar("K", bound=Hashable)
P = TypeVar("P")
B = TypeVar("B", Quantity, Money)


class Tier(IntEnum):
    """How binding the stage is that a figure was reported at."""

    SPOKEN_OF = 0  # merely possible
    SOUGHT = 1  # asked for, offered, discussed, allowed; or told as a fact that is no stage
    BINDING = 2  # planned, agreed, made, delivered


@dataclass(frozen=True)
class Count:
    """One number of items, with the strands that report it."""

    number: float
    unit: str | None
    quantity: Quantity
    strands: tuple[Strand, ...]


@dataclass(frozen=True)
class Sum:
    """One amount of money, with the strands that report it, and what it is of besides their row."""

    amount: float
    currency: str | None
    per: str | None
    money: Money
    strands: tuple[Strand, ...]
    beside: tuple[str, ...] = ()


def tier(strands: Iterable[Strand]) -> Tier:
    """The most binding stage among the strands."""
    return max((_tier(strand) for strand in strands), default=Tier.SPOKEN_OF)


def quantities(strands: Iterable[Strand]) -> list[Count]:
    """The numbers told of, but as come: asked for, ordered, refused, planned, or of a row without stages."""
    return _counts(strand for strand in strands if not _is_delivery(strand))


def delivered(strands: Iterable[Strand]) -> list[Count]:
    """The numbers that are told to have come."""
    return _counts(strand for strand in strands if _is_delivery(strand))


def sums(strands: Iterable[Strand]) -> list[Sum]:
    """The sums of money in a row's strands, of whatever currency; loans and payments are not prices, and left out."""
    row = list(strands)
    told = ((s, s.claim.value) for s in row if _counts_at_all(s) and s.claim.kind[0] is not Kind.PAYMENT)
    valued = [(strand, value) for strand, value in told if value]
    grouped = _grouped(valued, lambda pair: (float(pair[1].amount), pair[1].currency, pair[1].per))
    by_claim = _grouped(row, _place)
    return [_sum(key, pairs, by_claim) for key, pairs in grouped.items()]


def _sum(
    key: tuple[float, str | None, str | None],
    pairs: Sequence[tuple[Strand, Money]],
    by_claim: Mapping[tuple[str, str], Sequence[Strand]],
) -> Sum:
    """A sum that any claim tells of the row alone is of the row alone."""
    beside = min((_beside(strand, by_claim[_place(strand)]) for strand, _ in pairs), key=len)
    return Sum(*key, _firmest([value for _, value in pairs]), tuple(strand for strand, _ in pairs), beside)


def _beside(strand: Strand, own: Sequence[Strand]) -> tuple[str, ...]:
    """The equipment and the recipients of a strand's claim that belong to other rows; `own` are its strands in this."""
    claim = strand.claim
    if strand.signature.nature.is_of_parties:
        return ()
    nodes, recipients = {tree.node(s.item) for s in own}, {s.signature.recipient for s in own}
    items = [_label(item) for item in claim.equipment if tree.node(item) not in nodes]
    others = [name_of(code(party)) or party.text for party in claim.recipient if code(party) not in recipients]
    return tuple(dict.fromkeys((*items, *others)))


def _label(item: Equipment) -> str:
    """What to call an item: its designation, else its category, else the words of the text."""
    return item.designation or item.category or item.text


def total_delivered(counts: Sequence[Count]) -> float | None:
    """The batches added up; null if no number is told.

    Numbers for days in common, or for no day, are of one batch, of which the greatest counts.
    """
    if not counts:
        return None
    batches: list[tuple[dt.date, dt.date, float]] = []
    undated = 0.0
    for first, last, number in sorted(_dated(counts)):
        if batches and first <= batches[-1][1]:
            start, end, before = batches[-1]
            batches[-1] = (start, max(end, last), max(before, number))
        else:
            batches.append((first, last, number))
    for count in counts:
        if not any(_days(strand) for strand in count.strands):
            undated = max(undated, count.number)
    return max(sum(number for *_, number in batches), undated)


def figures(counts: Iterable[Count], sources: Sources) -> tuple[Figure, ...]:
    """The counts as figures of a deal: the most binding first, among those the best supported."""
    ranked = sorted(counts, key=lambda c: (-tier(c.strands), -_support(c, sources), -c.number, c.unit or ""))
    return tuple(
        Figure(
            number=count.quantity.number,
            bound=count.quantity.bound,
            unit=count.unit,
            sources=_support(count, sources),
            refs=refs(count.strands),
        )
        for count in ranked
    )


def amounts(told: Iterable[Sum], sources: Sources) -> tuple[Amount, ...]:
    """The sums as amounts of a deal, in the same order; those of more than the deal come last."""
    ranked = sorted(
        told,
        key=lambda s: (
            *(bool(s.beside), -tier(s.strands), -_support(s, sources)),
            *(-s.amount, s.currency or "", s.per or ""),
        ),
    )
    return tuple(
        Amount(
            amount=one.money.amount,
            currency=one.currency,
            bound=one.money.bound,
            per=one.per,
            beside=one.beside,
            sources=_support(one, sources),
            refs=refs(one.strands),
        )
        for one in ranked
    )


def refs(strands: Iterable[Strand]) -> tuple[Ref, ...]:
    """Where the strands stand, each claim once, sorted."""
    found = {_place(strand): strand for strand in strands}
    return tuple(found[place].ref for place in sorted(found))


def _place(strand: Strand) -> tuple[str, str]:
    """The document and the claim that a strand is of: what its `ref` says, and hashed far sooner."""
    return strand.document.id, strand.claim.id


def _counts(strands: Iterable[Strand]) -> list[Count]:
    told = [(s, s.item.quantity) for s in strands if _counts_at_all(s) and s.item and s.item.quantity]
    grouped = _grouped(told, lambda pair: (float(pair[1].number), pair[1].unit))
    return [
        Count(*key, quantity=_firmest([quantity for _, quantity in pairs]), strands=tuple(s for s, _ in pairs))
        for key, pairs in grouped.items()
    ]


def _support(told: Count | Sum, sources: Sources) -> int:
    return sources.count((strand.document, strand.claim) for strand in told.strands)


def _grouped(pairs: Iterable[P], key: Callable[[P], K]) -> dict[K, list[P]]:
    found: dict[K, list[P]] = defaultdict(list)
    for pair in pairs:
        found[key(pair)].append(pair)
    return found


def _firmest(values: Sequence[B]) -> B:
    """The one whose bound says most: an exact number before a hedged one."""
    order = list(Bound)
    return min(values, key=lambda value: order.index(value.bound))


def _counts_at_all(strand: Strand) -> bool:
    return not strand.claim.negated and strand.claim.modality is not Modality.HYPOTHETICAL


def _is_delivery(strand: Strand) -> bool:
    claim = strand.claim
    moved = claim.kind[0] in (Kind.DELIVERY, Kind.SUPPLY) and claim.modality is Modality.ACTUAL
    return moved and strand.signature.nature is Nature.TRANSFER


def _tier(strand: Strand) -> Tier:
    reached = stage(strand.claim)
    if reached is None:
        firm = strand.claim.modality in (Modality.ACTUAL, Modality.PLANNED)
        return Tier.SOUGHT if firm else Tier.SPOKEN_OF
    return Tier.BINDING if ORDER[reached] >= ORDER[Status.PLANNED] else Tier.SOUGHT


def _days(strand: Strand) -> tuple[dt.date, dt.date] | None:
    told = strand.claim.date
    first, last = (told.first or told.last, told.last or told.first) if told else (None, None)
    return (first, last) if first and last else None


def _dated(counts: Iterable[Count]) -> Iterable[tuple[dt.date, dt.date, float]]:
    for count in counts:
        for strand in count.strands:
            days = _days(strand)
            if days:
                yield *days, count.number
