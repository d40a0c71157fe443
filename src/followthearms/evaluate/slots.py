"""Slot by slot: what an annotated claim has, what the predicted one has, and whether they agree.

Unlike the levels, these figures forgive nothing: a party that was inherited where none is annotated counts as wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from followthearms.evaluate.fit import agree, codes, same_equipment, same_names
from followthearms.model import Claim, DateRange, Money, Span

_SAME_AMOUNT = 1e-6
"""Relative difference up to which two amounts are one: what floating point makes of "1.3 million"."""


@dataclass(frozen=True, slots=True)
class SlotCheck:
    """One slot of two aligned claims: which of them has it, and whether they agree on it."""

    slot: str
    wanted: bool
    given: bool
    right: bool


def check_slots(gold: Claim, predicted: Claim) -> Iterator[SlotCheck]:
    """Every slot that one of two claims has. Modality is always there."""
    checks = (*_sides(gold, predicted), *_things(gold, predicted), *_names(gold, predicted))
    yield from (check for check in checks if check.wanted or check.given)
    yield SlotCheck("modality", True, True, gold.modality == predicted.modality)


def _sides(gold: Claim, predicted: Claim) -> Iterator[SlotCheck]:
    for slot in ("supplier", "recipient", "parties"):
        ours, theirs = codes(getattr(gold, slot)), codes(getattr(predicted, slot))
        yield SlotCheck(slot, bool(ours), bool(theirs), bool(ours) and agree(ours, theirs))


def _things(gold: Claim, predicted: Claim) -> Iterator[SlotCheck]:
    wanted = bool(gold.equipment)
    yield SlotCheck("equipment", wanted, bool(predicted.equipment), wanted and same_equipment(gold, predicted))
    ours, theirs = _numbers(gold), _numbers(predicted)
    yield SlotCheck("quantity", bool(ours), bool(theirs), bool(ours & theirs))
    yield SlotCheck("value", bool(gold.value), bool(predicted.value), _same_money(gold.value, predicted.value))
    yield SlotCheck("date", bool(gold.date), bool(predicted.date), _same_days(gold.date, predicted.date))


def _names(gold: Claim, predicted: Claim) -> Iterator[SlotCheck]:
    for slot in ("place", "medium", "speaker", "company", "persons"):
        ours, theirs = _texts(getattr(gold, slot)), _texts(getattr(predicted, slot))
        yield SlotCheck(slot, bool(ours), bool(theirs), same_names(ours, theirs))


def _numbers(claim: Claim) -> set[int | float]:
    return {item.quantity.number for item in claim.equipment if item.quantity}


def _same_money(gold: Money | None, predicted: Money | None) -> bool:
    if not gold or not predicted or not predicted.amount:  # an amount of nothing is never right
        return False
    near = abs(gold.amount - predicted.amount) <= _SAME_AMOUNT * (gold.amount or 1)
    return near and gold.currency == predicted.currency


def _same_days(gold: DateRange | None, predicted: DateRange | None) -> bool:
    return gold is not None and predicted is not None and (gold.first, gold.last) == (predicted.first, predicted.last)


def _texts(value: Span | tuple[Span, ...] | None) -> list[str]:
    spans = value if isinstance(value, tuple) else (value,)
    return [span.text for span in spans if span]
