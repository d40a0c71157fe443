"""Where a deal stands, folded from what its claims speak for.

Invariants: a claim that is negated, hypothetical or merely possible advances nothing; and the status depends on the
days of the claims, not on the order in which they came.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from followthearms.knowledge.tables import read_lexicon
from followthearms.link.stories import words
from followthearms.model import Claim, Event, Kind, Modality, Nature, Status

HALTS = frozenset({Status.REFUSED, Status.SUSPENDED, Status.CANCELLED, Status.EMBARGOED})
"""Statuses that stop a deal, until it is told to have advanced on a later day."""

ORDER = {status: rank for rank, status in enumerate(Status)}
"""How far each status is along the way of a deal."""

_ACTUAL = {
    Kind.INTEREST: Status.INTEREST,
    Kind.REQUEST: Status.REQUESTED,
    Kind.OFFER: Status.OFFERED,
    Kind.PLEDGE: Status.PLEDGED,
    Kind.NEGOTIATION: Status.NEGOTIATING,
    Kind.APPROVAL: Status.APPROVED,
    Kind.REFUSAL: Status.REFUSED,
    Kind.SELECTION: Status.SELECTED,
    Kind.AGREEMENT: Status.AGREED,
    Kind.PRODUCTION: Status.IN_PRODUCTION,
    Kind.DELIVERY: Status.DELIVERED,
    Kind.SUPPLY: Status.SUPPLIED,
    Kind.LIFTING: Status.LIFTED,
}
_PLANNED = {
    Kind.PLEDGE: Status.PLEDGED,
    Kind.REFUSAL: Status.REFUSED,
    Kind.SELECTION: Status.PLANNED,
    Kind.AGREEMENT: Status.PLANNED,
    Kind.PRODUCTION: Status.PLANNED,
    Kind.DELIVERY: Status.PLANNED,
    Kind.SUPPLY: Status.PLANNED,
    Kind.PAYMENT: Status.PLANNED,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How much was ordered and delivered, as far as it is told."""

    ordered: float | None = None
    delivered: float | None = None


def stage(claim: Claim) -> Status | None:
    """The status that a claim speaks for by itself; null if it advances nothing."""
    if claim.negated or claim.modality in (Modality.HYPOTHETICAL, Modality.POSSIBLE):
        return None
    kind = claim.kind[0]
    if claim.modality is Modality.PLANNED:
        return _PLANNED.get(kind)
    return _restricted(claim.trigger.text) if kind is Kind.RESTRICTION else _ACTUAL.get(kind)


def status(nature: Nature, events: Iterable[Event], progress: Progress) -> Status:
    """Where a deal stands after its events, in whatever order they are given."""
    told = list(events)
    staged = [event for event in told if event.stage]
    if not staged:
        firm = any(e.modality in (Modality.ACTUAL, Modality.PLANNED) and not e.negated for e in told)
        return Status.REPORTED if firm else Status.MOOTED
    level, halt = None, None
    for _, day in groupby(sorted(staged, key=_when), key=_when):
        level, halt = _after(list(day), level, halt, nature)
    reached = halt or level or Status.REPORTED
    return _delivered(progress) if reached is Status.DELIVERED else reached


def _after(
    day: Sequence[Event], level: Status | None, halt: Status | None, nature: Nature
) -> tuple[Status | None, Status | None]:
    """What a day's events make of the level reached so far and of the halt that stands."""
    stages = {event.stage for event in day if event.stage}
    advances = stages - HALTS - {Status.LIFTED}
    dated = {event.stage for event in day if event.stage and (event.first or event.last)}
    if Status.LIFTED in stages or dated & advances:
        # Background told without its day in a later article ("the deal, signed long ago, …") revives nothing.
        halt = None
    if Status.LIFTED in stages and nature is Nature.EMBARGO:
        level = Status.LIFTED
    level = max({*advances, *({level} if level else set())}, key=ORDER.__getitem__, default=None)
    halts = stages & HALTS
    if level and ORDER[level] >= ORDER[Status.AGREED]:
        halts -= {Status.REFUSED}  # what is agreed was not refused: another request was
    return level, max({*halts, *({halt} if halt else set())}, key=ORDER.__getitem__, default=None)


def _when(event: Event) -> dt.date:
    return event.first or event.last or event.published or dt.date.min


def _delivered(progress: Progress) -> Status:
    """Fully delivered unless more was ordered than is told to have come; without an order there is nothing left."""
    if progress.ordered is None:
        return Status.DELIVERED
    if progress.delivered is None or progress.delivered < progress.ordered * 0.98:
        return Status.PARTLY_DELIVERED
    return Status.DELIVERED


@cache
def _endings() -> dict[Status, tuple[str, ...]]:
    table = read_lexicon("restrictions", dict[Status, list[str]])
    return {outcome: tuple(beginnings) for outcome, beginnings in table.items()}


def _restricted(trigger: str) -> Status:
    said = " " + " ".join(words(trigger))
    for outcome, beginnings in _endings().items():
        if any(f" {beginning}" in said for beginning in beginnings):
            return outcome
    return Status.SUSPENDED
