"""Days and places that the reports of one row give for the same event.

Only kinds that happen at a moment are compared; and a kind that a deal may go through several times (a delivery, a
plant) only if the number or the words that tell it agree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from followthearms.link.deal.findings import Finding
from followthearms.link.joining.strands import Strand
from followthearms.link.names import places
from followthearms.link.stories import words
from followthearms.model import Consistency, Kind, Modality, Topic

ONCE = frozenset({Kind.REQUEST, Kind.APPROVAL, Kind.REFUSAL, Kind.SELECTION, Kind.AGREEMENT})
"""Kinds of which a deal has one as a rule."""

STEPS_APART = 366
"""Days: two agreements further apart are taken for steps of one deal (a memorandum, then the contract); so a longer
period is not when one of them was made."""

_STEM = 6  # letters: enough to tell verbs apart, few enough to leave out their endings

Days = tuple[dt.date, dt.date]


def clashing_days(strands: Iterable[Strand]) -> Iterator[Finding]:
    """Ranges without a day in common that are told for one event."""
    for (kind, *_), told in _events(strands).items():
        days = _by_days(told)
        texts = {one: {strand.document.id for strand in days[one]} for one in days}
        named = {one: f"{kind}: {_range(one)}" for one in days}
        for left, right in combinations(sorted(days), 2):
            if left[1] < right[0]:
                one_tells_both = not texts[left].isdisjoint(texts[right])
                consistency, reason = _days_compared(left, right, days[left], one_tells_both)
                yield Finding(Topic.DATE, consistency, named[left], named[right], days[left], days[right], reason)


def clashing_places(strands: Iterable[Strand]) -> Iterator[Finding]:
    """Different places that are told for one event."""
    for (kind, *_), told in _events(strands).items():
        found: dict[str, list[Strand]] = defaultdict(list)
        for strand in told:
            if strand.claim.place:
                found[places.name(strand.claim.place.text)].append(strand)
        for left, right in combinations(sorted(found), 2):
            yield _places_compared(str(kind), found[left], found[right])


def _events(strands: Iterable[Strand]) -> Mapping[tuple[Hashable, ...], list[Strand]]:
    """Strands that tell of one event, by what makes it one."""
    found: dict[tuple[Hashable, ...], list[Strand]] = defaultdict(list)
    for strand in strands:
        claim = strand.claim
        if claim.negated or claim.modality in (Modality.POSSIBLE, Modality.HYPOTHETICAL):
            continue
        kind = claim.kind[0]
        if kind in ONCE:
            found[(kind,)].append(strand)
        elif kind is Kind.DELIVERY and strand.item and strand.item.quantity:
            found[kind, strand.item.quantity.number].append(strand)
        elif kind is Kind.PRODUCTION:
            # "inaugurated a plant" and "inauguration" are one event, "transferred the technology" is another.
            stem = next((word[:_STEM] for word in words(claim.trigger.text) if len(word) >= _STEM), "")
            found[kind, stem].append(strand)
    return found


def _by_days(strands: Iterable[Strand]) -> dict[Days, list[Strand]]:
    """Strands by their days. What has happened is of no day after its report: "renewed to 2031" tells a term; and what
    happens at a moment is of no long period: "since 2019" tells how long."""
    found: dict[Days, list[Strand]] = defaultdict(list)
    for strand in strands:
        told, published = strand.claim.date, strand.document.date
        is_term = (
            told and told.first and published and told.first > published and strand.claim.modality is Modality.ACTUAL
        )
        if told and told.first and told.last and not is_term and (told.last - told.first).days <= STEPS_APART:
            found[told.first, told.last].append(strand)
    return found


def _days_compared(left: Days, right: Days, lefts: Sequence[Strand], one_tells_both: bool) -> tuple[Consistency, str]:
    if one_tells_both:
        return Consistency.COMPATIBLE, "one text tells both, so they are two steps of the deal"
    if all(strand.claim.modality is Modality.PLANNED for strand in lefts):
        return Consistency.SUPERSEDED, "the earlier day was only planned"
    gap = (right[0] - left[1]).days
    if gap > STEPS_APART:
        return Consistency.SUPERSEDED, f"{gap} days apart, they are likely two steps of the deal"
    return Consistency.CONFLICTING, f"the ranges have no day in common, and are {gap} days apart"


def _places_compared(kind: str, lefts: Sequence[Strand], rights: Sequence[Strand]) -> Finding:
    left, right = (min(s.claim.place.text for s in side if s.claim.place) for side in (lefts, rights))
    if places.nested(left, right):
        consistency, reason = Consistency.COMPATIBLE, "one place lies in the other"
    elif {s.document.id for s in lefts} & {s.document.id for s in rights}:
        consistency, reason = Consistency.COMPATIBLE, "one text names both, so there are two places"
    else:
        consistency, reason = Consistency.CONFLICTING, "neither place is known to lie in the other"
    return Finding(Topic.PLACE, consistency, f"{kind}: {left}", f"{kind}: {right}", lefts, rights, reason)


def _range(days: Days) -> str:
    return days[0].isoformat() if days[0] == days[1] else f"{days[0].isoformat()}..{days[1].isoformat()}"
