"""Contradictions: two reports of one deal that differ, and how they stand to each other."""

from __future__ import annotations

from enum import StrEnum

from followthearms.model.deals.cells import Ref
from followthearms.model.spans import Frozen


class Topic(StrEnum):
    """What two reports differ in."""

    QUANTITY = "quantity"
    VALUE = "value"
    DATE = "date"
    PLACE = "place"
    PARTY = "party"
    STATUS = "status"
    EXISTENCE = "existence"  # whether it happened at all


class Consistency(StrEnum):
    """How two differing reports stand to each other."""

    COMPATIBLE = "compatible"  # both can be right: "over 600,000" and 700,000
    SUPERSEDED = "superseded"  # a later stage replaces an earlier one
    PARTIAL = "partial"  # one is a part of the other: 70,000 of 670,000
    CONFLICTING = "conflicting"  # one of the two is wrong


class Side(Frozen):
    """One side of a contradiction: its value in words, and the claims that report it."""

    value: str
    refs: tuple[Ref, ...]


class Contradiction(Frozen):
    """Two reports within one deal that differ, how they stand to each other, and why, in words."""

    id: str
    deal: str
    topic: Topic
    consistency: Consistency
    left: Side
    right: Side
    reason: str
    ruling: str | None = None  # the id of the decision that closed it
