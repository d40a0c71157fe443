"""The claims of one document as analysts' decisions leave them.

Invariants: a function of what was read and of the decisions in their order; what the machine read is kept beside what
it was corrected to, or what an analyst added in its place; and a decision that no longer fits what is read is stale,
and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from followthearms.link.rulings.by_hand import bears_on, quotes, with_added
from followthearms.model import AddClaim, Claim, Decision, Document, Slot, Span, Standing
from followthearms.model.decisions import Accept, Correct, Reject, in_force, targets
from followthearms.model.voices import ANALYST


@dataclass(frozen=True)
class Decided:
    """A document under the decisions on it.

    `read` has the claims as they were read, by the program and, behind those, by hand. `document` has all of them as
    decided, in the same order, rejected ones included; `standings` has one for each. `on`: for each claim, by its
    place, the decisions that hold on it, in their order; `stale`: those that hold, but whose claim is no longer read.
    """

    read: Document
    document: Document
    standings: tuple[Standing, ...]
    on: Mapping[int, tuple[Decision, ...]]
    stale: tuple[Decision, ...] = ()

    @cached_property
    def linked(self) -> Document:
        """The document with the claims that deals are made of: all but those that were rejected."""
        kept = tuple(c for c, s in zip(self.document.claims, self.standings, strict=True) if s is not Standing.REJECTED)
        return self.document if len(kept) == len(self.standings) else self.document.with_claims(kept)

    def is_so(self, ruling: Accept | Reject | Correct, place: int) -> bool:
        """Whether a ruling on a claim, by its place, would leave it as it is."""
        match ruling:
            case Accept():
                return self.standings[place] is Standing.ACCEPTED
            case Reject():
                return self.standings[place] is Standing.REJECTED
            case Correct(slot=slot, value=value):
                stands = getattr(self.document.claims[place], slot.value)
                return self.standings[place] is not Standing.REJECTED and _by_analyst(stands) == _by_analyst(value)

    def corrected(self, place: int) -> tuple[Slot, ...]:
        """The slots of a claim, by its place, that were corrected."""
        made = {d.ruling.slot for d in self.on.get(place, ()) if isinstance(d.ruling, Correct)}
        return tuple(slot for slot in Slot if slot in made)


def decided(document: Document, decisions: Iterable[Decision]) -> Decided:
    """The document under all decisions that were made, in their order; those on other documents do not matter."""
    holding = in_force(decisions)
    read = with_added(document, holding)
    on: dict[int, list[Decision]] = defaultdict(list)
    stale = []
    for decision in holding:
        own = [target for target in targets(decision.ruling) if target.document == document.id]
        if any(target.among(read.claims) is None for target in own) or not _fits(decision, document):
            stale.append(decision)
        else:
            for place in bears_on(decision.ruling, read):
                on[place].append(decision)
    claims = tuple(_corrected(claim, on.get(place, ())) for place, claim in enumerate(read.claims))
    return Decided(
        read,
        read if claims == read.claims else read.with_claims(claims),
        tuple(_standing(claim, on.get(place, ())) for place, claim in enumerate(claims)),
        {place: tuple(on[place]) for place in sorted(on)},
        tuple(stale),
    )


def stands_in(ruling: Correct, document: Document) -> bool:
    """Whether the document has the words of a correction at their offsets."""
    return all(document.text[span.start : span.end] == span.text for span in ruling.spans)


def replaced(on: Sequence[Decision]) -> frozenset[str]:
    """Of the decisions that hold on one claim, in their order, the ids of those in whose place a newer one stands.

    A correction is replaced by the next one of its slot, an acceptance or rejection by the next of either, and a
    rejection by a correction too, as that takes the claim up again. A claim that was added, this one or one in its
    place, replaces either; it is replaced by none, as it still says what it says.
    """
    made = [decision for decision in on if isinstance(decision.ruling, Accept | Reject | Correct)]
    stands: dict[Slot | None, Decision] = {}  # what was corrected, by slot; None: whether it is a claim at all
    for decision in on:
        if isinstance(decision.ruling, AddClaim):
            stands.pop(None, None)
        elif isinstance(decision.ruling, Correct):
            stands[decision.ruling.slot] = decision
            if None in stands and isinstance(stands[None].ruling, Reject):
                del stands[None]
        elif isinstance(decision.ruling, Accept | Reject):
            stands[None] = decision
    return frozenset(decision.id for decision in made) - {decision.id for decision in stands.values()}


def _fits(decision: Decision, document: Document) -> bool:
    match decision.ruling:
        case Correct() as ruling:
            return ruling.claim.document != document.id or stands_in(ruling, document)
        case AddClaim() as ruling:
            return ruling.document != document.id or quotes(ruling, document)
        case _:  # quotes nothing
            return True


def _standing(claim: Claim, on: Sequence[Decision]) -> Standing:
    """A correction takes up again a claim that was rejected; who accepts a corrected claim accepts it as corrected.
    Who adds a claim accepts it, and rejects what says the same."""
    standing, is_corrected = Standing.PENDING, False
    for decision in on:
        match decision.ruling:
            case AddClaim(claim=added) if added.id != claim.id:
                standing = Standing.REJECTED
            case Accept() | AddClaim():
                standing = Standing.CORRECTED if is_corrected else Standing.ACCEPTED
            case Reject():
                standing = Standing.REJECTED
            case Correct():
                standing, is_corrected = Standing.CORRECTED, True
            case _:  # on its deal, or a note
                pass
    return standing


def _corrected(claim: Claim, on: Sequence[Decision]) -> Claim:
    slots = {d.ruling.slot.value: _by_analyst(d.ruling.value) for d in on if isinstance(d.ruling, Correct)}
    return claim.model_copy(update=slots) if slots else claim


def _by_analyst(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_by_analyst, value))
    return value.model_copy(update={"by": ANALYST}) if isinstance(value, Span) else value
