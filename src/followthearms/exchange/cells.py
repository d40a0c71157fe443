"""The cells of a claim, flat and in one order: what the table, the CSV and the report show.

Invariant: each cell is one span of the claim, with its words as they stand in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from followthearms.exchange.words import reading
from followthearms.model import Claim, Equipment, Span

SLOTS = (
    "supplier",
    "recipient",
    "parties",
    "actor",
    "equipment",
    "quantity",
    "value",
    "date",
    "place",
    "company",
    "persons",
    "speaker",
    "medium",
)
"""The slots that hold values, in the order in which a claim is told."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot's name, its span, and what its words were read as (empty if nothing more than the words)."""

    slot: str
    span: Span
    reading: str


def cells(claim: Claim) -> Iterator[Cell]:
    """The filled cells of a claim, in the order of `SLOTS`; the quantities follow the equipment that they count."""
    for slot in SLOTS:
        for span in filling(claim, slot) if slot != "quantity" else ():
            yield Cell(slot, span, reading(span))
            if isinstance(span, Equipment) and span.quantity:
                yield Cell("quantity", span.quantity, reading(span.quantity))


def filling(claim: Claim, slot: str) -> tuple[Span, ...]:
    """The spans that fill one of `SLOTS`, in the order in which the claim has them."""
    if slot == "quantity":
        return tuple(one.quantity for one in claim.equipment if one.quantity)
    value = getattr(claim, slot)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
