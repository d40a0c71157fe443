"""The vocabulary of the codebook: kinds of claim, modalities, bounds.

The 22 kinds and their meaning are those of the codebook (docs/reference/codebook.md);
their names are what files, databases and frames use.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a claim says happened, or holds."""

    INTEREST = "interest"
    REQUEST = "request"
    OFFER = "offer"
    PLEDGE = "pledge"
    NEGOTIATION = "negotiation"
    APPROVAL = "approval"
    REFUSAL = "refusal"
    SELECTION = "selection"
    AGREEMENT = "agreement"
    PRODUCTION = "production"
    DELIVERY = "delivery"
    SUPPLY = "supply"
    PAYMENT = "payment"
    RESTRICTION = "restriction"
    LIFTING = "lifting"
    HOLDING = "holding"
    DIVERSION = "diversion"
    SEIZURE = "seizure"
    ASSURANCE = "assurance"
    TRADE = "trade"
    CONTACT = "contact"
    COOPERATION = "cooperation"


SYMMETRIC = frozenset({Kind.TRADE, Kind.CONTACT, Kind.COOPERATION})
"""Kinds whose two sides stand in `parties`: neither gives nor gets."""


class Modality(StrEnum):
    """How firmly the text says it."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"


class Bound(StrEnum):
    """How a number limits the quantity it tells."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UP_TO = "up_to"

    @property
    def words(self) -> str:
        """What can be said of it whatever the words of the text were, empty for an exact number: `OVER` is read out of
        "more than 8" and of "at least 8"."""
        return _BOUNDS[self]

    def of(self, figure: str) -> str:
        """A figure with its bound: "at least 8"."""
        return f"{self.words} {figure}" if self.words else figure


_BOUNDS = {Bound.EXACT: "", Bound.ABOUT: "about", Bound.OVER: "at least", Bound.UP_TO: "up to"}
