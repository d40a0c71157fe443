"""Reports of one deal that differ in who takes part, in how it ended, or in whether it happened at all.

Only what the texts state as a fact is held against each other: plans and possibilities contradict nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from followthearms.link.deal.events import ONCE
from followthearms.link.deal.findings import Finding
from followthearms.link.deal.status import HALTS, ORDER, stage
from followthearms.link.joining.strands import Strand
from followthearms.model import Consistency, Kind, Modality, Nature, Status, Topic

_GRANTED, _AGREED = ORDER[Status.APPROVED], ORDER[Status.AGREED]
"""From here on a deal has gone on, so that a refusal, or an end, is another account of it."""

_FEW = ONCE | {Kind.OFFER, Kind.PLEDGE, Kind.DELIVERY, Kind.SUPPLY, Kind.PRODUCTION, Kind.DIVERSION, Kind.SEIZURE}
"""Kinds of which a deal has few, so that the denial of one is that of another: who denies talks may deny some talks."""


def clashing_parties(strands: Sequence[Strand]) -> Iterator[Finding]:
    """Different suppliers, or recipients, of one transfer. A claim that names several recipients is of each."""
    for role in ("supplier", "recipient"):
        found: dict[frozenset[str], list[Strand]] = defaultdict(list)
        for strand in strands:
            told = strand.signature
            named = told.supplier if role == "supplier" else frozenset([told.recipient] if told.recipient else ())
            if named and told.nature is Nature.TRANSFER and not strand.claim.negated:
                found[named].append(strand)
        for left, right in combinations(sorted(found, key=sorted), 2):
            consistency, reason = _parties_compared(left, right, role)
            sides = [f"{role}: {', '.join(sorted(side))}" for side in (left, right)]
            yield Finding(Topic.PARTY, consistency, sides[0], sides[1], found[left], found[right], reason)


def _parties_compared(left: frozenset[str], right: frozenset[str], role: str) -> tuple[Consistency, str]:
    if left & right:
        return Consistency.COMPATIBLE, f"one names another {role} beside the same"
    return Consistency.CONFLICTING, f"no {role} in common"


def clashing_stages(strands: Sequence[Strand]) -> Iterator[Finding]:
    """A deal that is told to have gone on, and to have been refused, halted or ended."""
    reached: dict[Status, list[Strand]] = defaultdict(list)
    for strand in strands:
        told = stage(strand.claim)
        if told and strand.claim.modality is Modality.ACTUAL:
            reached[told].append(strand)
    for halt, done in product(sorted(HALTS & reached.keys()), sorted(reached.keys() - HALTS)):
        if ORDER[done] >= (_GRANTED if halt is Status.REFUSED else _AGREED):
            (left, lefts), (right, rights) = sorted((name, reached[name]) for name in (halt, done))
            consistency, reason = _stages_compared(reached[halt], reached[done])
            yield Finding(Topic.STATUS, consistency, left.value, right.value, lefts, rights, reason)


def _stages_compared(halted: Sequence[Strand], going: Sequence[Strand]) -> tuple[Consistency, str]:
    if _before(halted, going):
        return Consistency.SUPERSEDED, "it is told to have gone on later"
    if _before(going, halted):
        return Consistency.SUPERSEDED, "it is told to have been halted later"
    if _share_a_text(halted, going):
        return Consistency.SUPERSEDED, "one text tells both, so one came after the other"
    return Consistency.CONFLICTING, "both are told for the same time"


def clashing_existence(strands: Sequence[Strand]) -> Iterator[Finding]:
    """What one text says happened, and another that it did not, or that it is disputed."""
    kinds: dict[Kind, tuple[list[Strand], list[Strand]]] = defaultdict(lambda: ([], []))
    for strand in strands:
        claim = strand.claim
        if claim.modality is Modality.ACTUAL and claim.kind[0] in _FEW:
            kinds[claim.kind[0]][claim.negated or claim.disputed].append(strand)
    for kind, (affirmed, denied) in sorted(kinds.items()):
        if affirmed and denied:
            doubt = "denied" if any(strand.claim.negated for strand in denied) else "disputed"
            consistency, reason = _existence_compared(denied, affirmed)
            yield Finding(
                Topic.EXISTENCE, consistency, f"{kind.value}: {doubt}", f"{kind.value}: told", denied, affirmed, reason
            )


def _existence_compared(denied: Sequence[Strand], affirmed: Sequence[Strand]) -> tuple[Consistency, str]:
    if _before(denied, affirmed):
        return Consistency.SUPERSEDED, "it is told to have happened after the denial"
    if _share_a_text(denied, affirmed) and not any(strand.claim.disputed for strand in denied):
        return Consistency.COMPATIBLE, "one text tells both, so only a part is denied"
    return Consistency.CONFLICTING, "what one text tells as a fact is denied or disputed"


def _share_a_text(lefts: Iterable[Strand], rights: Iterable[Strand]) -> bool:
    return not {strand.document.id for strand in lefts}.isdisjoint(strand.document.id for strand in rights)


def _before(lefts: Iterable[Strand], rights: Iterable[Strand]) -> bool:
    """True if the first are all of days before those of the others; without a day, the day of publication counts."""
    left, right = [_day(strand) for strand in lefts], [_day(strand) for strand in rights]
    known, later = [day for day in left if day], [day for day in right if day]
    return len(known) == len(left) and len(later) == len(right) and max(known) < min(later)


def _day(strand: Strand) -> dt.date | None:
    date = strand.claim.date
    return (date.last or date.first if date else None) or strand.document.date
