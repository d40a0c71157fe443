"""Why claims do not agree: each mistake put into a class that says what to mend.

Invariant: a claim that agrees up to L3 has no cause; one that does not has at least one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from followthearms.evaluate.count import align
from followthearms.evaluate.fit import Level, codes, fit, same_equipment, sides
from followthearms.model import Claim, Document


class Cause(StrEnum):
    """What went wrong with one claim. Those before SWAPPED are about whole claims, the others about what is in them."""

    MISSED = "missed"
    OTHER_KIND = "other kind"
    FALSE_ALARM = "false alarm"
    SECOND_CLAIM = "second claim"
    SWAPPED = "sides swapped"
    WRONG_CODE = "wrong party"
    MISSING_PARTY = "missing party"
    SPURIOUS_PARTY = "spurious party"
    POLARITY = "wrong polarity"
    NO_EQUIPMENT = "equipment missed"
    OTHER_EQUIPMENT = "other equipment"


def causes(gold: Document, predicted: Document) -> Counter[Cause]:
    """How often each cause stands behind the mistakes on one document, annotations marked optional left out.

    A claim found under another kind counts once, as that, and neither as missed nor as a false alarm. An aligned claim
    has one cause for its parties at most, and may have one for its polarity and one for its equipment beside it.
    """
    pairs = align(gold.claims, predicted.claims, Level.L1)
    found: Counter[Cause] = Counter()
    for i, j in pairs:
        if not gold.claims[i].optional:
            found.update(_within(gold.claims[i], predicted.claims[j]))
    ours = {i for i, _ in pairs}
    theirs = {j for _, j in pairs}
    missed = [claim for i, claim in enumerate(gold.claims) if i not in ours and not claim.optional]
    spare = [claim for j, claim in enumerate(predicted.claims) if j not in theirs]
    for claim in missed:
        other = next((p for p in spare if p.trigger.overlaps(claim.trigger)), None)
        found[Cause.OTHER_KIND if other else Cause.MISSED] += 1
        if other:
            spare.remove(other)
    for claim in spare:
        inside = any(claim.trigger.overlaps(annotated.evidence) for annotated in gold.claims)
        found[Cause.SECOND_CLAIM if inside else Cause.FALSE_ALARM] += 1
    return found


def _within(gold: Claim, predicted: Claim) -> Iterator[Cause]:
    """What keeps two claims of one kind and place from agreeing."""
    if party := _party(gold, predicted):
        yield party
    if gold.negated != predicted.negated:
        yield Cause.POLARITY
    if not same_equipment(gold, predicted):
        yield Cause.OTHER_EQUIPMENT if predicted.equipment else Cause.NO_EQUIPMENT


def _party(gold: Claim, predicted: Claim) -> Cause | None:
    """The first that applies: swapped, wrong, missing, spurious."""
    failed = [(codes(ours), codes(theirs)) for ours, theirs in sides(gold, predicted) if not fit(ours, theirs)]
    if not failed:
        return None
    supplier, recipient = codes(gold.supplier), codes(gold.recipient)
    if len(sides(gold, predicted)) > 1 and (
        codes(predicted.supplier) & (recipient - supplier) or codes(predicted.recipient) & (supplier - recipient)
    ):
        return Cause.SWAPPED
    found = {_of_side(ours, theirs) for ours, theirs in failed}
    return next(c for c in (Cause.WRONG_CODE, Cause.MISSING_PARTY, Cause.SPURIOUS_PARTY) if c in found)


def _of_side(wanted: frozenset[str], given: frozenset[str]) -> Cause:
    if given < wanted:
        return Cause.MISSING_PARTY
    return Cause.SPURIOUS_PARTY if wanted < given else Cause.WRONG_CODE
