"""Several batches that one word tells of: "18 jets in 2026 and 24 in 2027" are two claims of one trigger.

Invariant: a batch has a number and a date of its own, and only joining words stand between it and the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from followthearms.extract.completing.numbers import counting_cues
from followthearms.extract.events import Event, Place
from followthearms.model import Claim, DateRange, Extent, Quantity
from followthearms.model.mentions import MentionType


@dataclass(frozen=True, slots=True)
class _Batch:
    """A bare number and the date right behind it."""

    quantity: Quantity
    date: DateRange


def batched(claim: Claim, event: Event) -> Iterator[Claim]:
    """The claim, and one more for each batch that is told behind its date; sums are told of the first only.

    Where the item has no number but its date has one right before it, that is the item's: "4 in 2026 and 14 in 2027".
    """
    date, place = claim.date, event.place
    further = list(_behind(place, date.end)) if date and len(claim.equipment) == 1 else []
    if not further or date is None:
        yield claim
        return
    (item,) = claim.equipment
    quantity = item.quantity or _right_before(place, date)
    yield claim.model_copy(update={"equipment": (item.model_copy(update={"quantity": quantity}),)})
    for batch in further:
        own = item.model_copy(update={"quantity": batch.quantity})
        evidence = Extent(start=claim.evidence.start, end=max(claim.evidence.end, batch.date.end))
        told = {"evidence": evidence, "equipment": (own,), "date": batch.date, "value": None}
        yield claim.model_copy(update=told)


def _behind(place: Place, end: int) -> Iterator[_Batch]:
    """The batches told one after the other from an offset on."""
    quantities = [m.span for m in place.of_type(MentionType.QUANTITY) if isinstance(m.span, Quantity)]
    for quantity in quantities:
        if quantity.start < end or not _only(place, end, quantity.start, counting_cues().joining):
            continue
        date = _date_behind(place, quantity)
        if date is None:
            return
        yield _Batch(quantity, date)
        end = date.end


def _date_behind(place: Place, quantity: Quantity) -> DateRange | None:
    dates = (m.span for m in place.of_type(MentionType.DATE) if m.start >= quantity.end)
    date = next((span for span in dates if isinstance(span, DateRange)), None)
    return date if date and _only(place, quantity.end, date.start, counting_cues().due) else None


def _right_before(place: Place, date: DateRange) -> Quantity | None:
    spans = (m.span for m in place.of_type(MentionType.QUANTITY) if m.end <= date.start)
    return next(
        (s for s in spans if isinstance(s, Quantity) and _only(place, s.end, date.start, counting_cues().due)), None
    )


def _only(place: Place, start: int, end: int, words: frozenset[str]) -> bool:
    """True if no words but these stand between the offsets."""
    return words.issuperset(t.text.lower() for t in place.scene.sentence.within(start, end))
