"""Where the reports of one row differ, and how they stand to each other.

Each topic on its own terms: numbers with numbers of the same unit, money with money of the same currency and period,
days and places with those of the same kind of event. A number delivered is not held against a number ordered.
Invariant: each contradiction has two sides with claims of the row, left the smaller, earlier or first in the alphabet.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from followthearms.link.deal.accounts import clashing_existence, clashing_parties, clashing_stages
from followthearms.link.deal.events import clashing_days, clashing_places
from followthearms.link.deal.figures import Count, Sum, quantities, refs, sums, tier
from followthearms.link.deal.findings import Finding
from followthearms.link.joining.strands import Strand
from followthearms.model import Bound, Consistency, Contradiction, Money, Nature, Quantity, Side, Topic

ROUNDING = 0.02
"""Figures that differ by less are one figure, rounded differently."""

PARTS = 0.001
"""How exactly two figures must add up to a third to be its parts; rounding would let strangers add up."""

ABOUT = 0.05
"""How far off a figure called approximate may be. Reports of 700,000 and of 750,000 rifles for one plant, the first
of them hedged, are known to stem from different sources; so it is below a fifteenth."""


_HARDNESS = {consistency: rank for rank, consistency in enumerate(Consistency)}
"""How hard two reports are to reconcile, the hardest last."""

_ACCOUNTS = (clashing_days, clashing_places, clashing_parties, clashing_stages, clashing_existence)


def contradictions(deal: str, strands: Sequence[Strand]) -> tuple[Contradiction, ...]:
    """What the strands of the deal with this id disagree on, sorted by topic and side."""
    found = [
        *_numbers(quantities(strands)),
        *_money(sums(strands)),
        *(finding for compare in _ACCOUNTS for finding in compare(strands)),
    ]
    distinct, side_of = _one_of_each(found), _Sides()
    made = [_contradiction(deal, finding, side_of) for finding in distinct]
    return tuple(sorted(made, key=lambda c: (c.topic, c.consistency, c.left.value, c.right.value, c.id)))


def _one_of_each(found: Iterable[Finding]) -> list[Finding]:
    """The findings, those of equal values as one: lots of 10 and of 20 may both be told for the same two days. The one
    that is hardest to reconcile says how they stand."""
    alike: dict[tuple[Topic, str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        alike[finding.topic, finding.left, finding.right].append(finding)
    return [_together(same) for same in alike.values()]


def _together(same: Sequence[Finding]) -> Finding:
    if len(same) == 1:
        return same[0]
    hardest = max(same, key=lambda finding: _HARDNESS[finding.consistency])
    lefts = [strand for finding in same for strand in finding.lefts]
    rights = [strand for finding in same for strand in finding.rights]
    return replace(hardest, lefts=lefts, rights=rights)


class _Sides(dict[tuple[str, int], Side]):
    """The sides of a deal's contradictions, each made once: a day or a number may be held against all others.

    They are kept by value and by which list of strands reports it: only as long as the findings hold these lists.
    """

    def of(self, value: str, strands: Sequence[Strand]) -> Side:
        """The side of this value that these strands report."""
        key = value, id(strands)
        if key not in self:
            self[key] = Side(value=value, refs=refs(strands))
        return self[key]


def _contradiction(deal: str, finding: Finding, side_of: _Sides) -> Contradiction:
    left, right = side_of.of(finding.left, finding.lefts), side_of.of(finding.right, finding.rights)
    content = repr((deal, finding.topic.value, left.value, right.value))
    return Contradiction(
        id=f"x{hashlib.sha256(content.encode()).hexdigest()[:16]}",
        deal=deal,
        topic=finding.topic,
        consistency=finding.consistency,
        left=left,
        right=right,
        reason=finding.reason,
    )


def _numbers(counts: Iterable[Count]) -> Iterator[Finding]:
    by_unit: dict[str | None, list[Count]] = defaultdict(list)
    for count in sorted(counts, key=lambda count: count.number):
        by_unit[count.unit].append(count)
    for told in by_unit.values():
        parts = _parts([count.number for count in told])
        for less, more in combinations(told, 2):
            if _same_item(less.strands, more.strands):
                left, right = (less.number, less.quantity, less.strands), (more.number, more.quantity, more.strands)
                consistency, reason = _compared(left, right, parts.get(less.number, ()))
                yield Finding(
                    Topic.QUANTITY, consistency, _count(less), _count(more), less.strands, more.strands, reason
                )


def _money(found: Iterable[Sum]) -> Iterator[Finding]:
    by_kind: dict[tuple[str | None, str | None], list[Sum]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.amount):
        by_kind[one.currency, one.per].append(one)
    for told in by_kind.values():
        parts = _parts([one.amount for one in told])
        for less, more in combinations(told, 2):
            if _same_item(less.strands, more.strands) and _same_period(less.strands, more.strands):
                left, right = (less.amount, less.money, less.strands), (more.amount, more.money, more.strands)
                if more.beside and not less.beside:
                    consistency, reason = Consistency.PARTIAL, "the greater is of other things as well"
                else:
                    consistency, reason = _compared(left, right, parts.get(less.amount, ()))
                yield Finding(Topic.VALUE, consistency, _sum(less), _sum(more), less.strands, more.strands, reason)


Told = tuple[float, Quantity | Money, tuple[Strand, ...]]

Wholes = Sequence[tuple[float, float]]
"""What a figure is a part of: each whole after the other part of it."""


def _compared(less: Told, more: Told, wholes: Wholes) -> tuple[Consistency, str]:
    """How the smaller figure stands to the greater; `wholes` are those of the smaller."""
    (small, smaller, left), (great, greater, right) = less, more
    hedged = _hedge(small, smaller.bound, great, greater.bound)
    if hedged:
        return Consistency.COMPATIBLE, hedged
    if tier(left) is not tier(right):
        later = "the greater" if tier(right) > tier(left) else "the smaller"
        return Consistency.SUPERSEDED, f"{later} was told at a more binding stage"
    if wholes:
        return Consistency.PARTIAL, _as_a_part(great, wholes)
    if {s.document.id for s in left} & {s.document.id for s in right}:
        return Consistency.PARTIAL, "one text tells both, so the smaller is a part of the greater"
    more_by = f"{great / small - 1:.0%} more" if small else "more"
    return Consistency.CONFLICTING, f"the greater is {more_by} than the smaller"


def _parts(figures: Sequence[float]) -> Mapping[float, Wholes]:
    """For each of the figures, which are in order, what it is a part of together with another."""
    found: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for less, more in combinations(figures, 2):
        made = less + more
        for whole in figures[bisect_left(figures, made / (1 + PARTS)) : bisect_right(figures, made / (1 - PARTS))]:
            if whole > more:
                found[less].append((more, whole))
                found[more].append((less, whole))
    return found


def _as_a_part(great: float, wholes: Wholes) -> str:
    """Why a figure that is a part of others is not held against a greater one."""
    other, whole = min(wholes, key=lambda pair: (pair[1] != great, pair[0] != great, pair))
    if whole == great:
        return f"the smaller and {other:,.15g}, told as well, add up to the greater"
    if other == great:
        return f"the two add up to {whole:,.15g}, told as well"
    return f"the smaller and {other:,.15g} add up to {whole:,.15g}, which is what the greater compares with"


def _hedge(small: float, smaller: Bound, great: float, greater: Bound) -> str:
    """Why both figures can be right; empty if they cannot."""
    apart = (great - small) / great if great else 0.0
    if apart <= ROUNDING:
        return "the two are the same but for rounding"
    if smaller is Bound.OVER:
        return "the smaller is a lower limit"
    if greater is Bound.UP_TO:
        return "the greater is an upper limit"
    if Bound.ABOUT in (smaller, greater) and apart <= ABOUT:
        return "one is approximate, and they are close"
    return ""


def _same_item(left: Sequence[Strand], right: Sequence[Strand]) -> bool:
    """True if some two of the nodes can be one; what names no equipment may be about any."""
    nodes, others = ({strand.signature.node for strand in side} for side in (left, right))
    return any(not one or not other or one.related(other) for one in nodes for other in others)


def _same_period(left: Sequence[Strand], right: Sequence[Strand]) -> bool:
    """True unless the two are trade figures, which are held against each other only for periods that are told alike."""
    if left[0].signature.nature is not Nature.TRADE:
        return True
    periods = [{(s.claim.date.first, s.claim.date.last) for s in side if s.claim.date} for side in (left, right)]
    return bool(periods[0] & periods[1])


def _count(count: Count) -> str:
    return count.quantity.bound.of(f"{count.number:,.15g}" + (f" {count.unit}" if count.unit else ""))


def _sum(one: Sum) -> str:
    currency = f" {one.currency}" if one.currency else ""
    return one.money.bound.of(f"{one.amount:,.15g}{currency}" + (f" {one.per}" if one.per else ""))
