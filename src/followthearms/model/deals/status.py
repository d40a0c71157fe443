"""What a row of the register is about, and where it stands."""

from __future__ import annotations

from enum import StrEnum


class Nature(StrEnum):
    """What a row of the register is about. Everything from `HOLDING` on is no transfer between two parties.

    Claims of different natures never make one row. A claim by itself is of a `TRANSFER` and not of a `PRODUCTION`: that
    a transfer is one by licence is seen of its whole row.
    """

    TRANSFER = "transfer"
    PRODUCTION = "licensed production"  # a transfer by licence, joint production or technology
    EMBARGO = "embargo"  # a restriction on a party, of no one deal
    HOLDING = "holding"  # what a party has, perhaps with its origin
    DIVERSION = "diversion"
    SEIZURE = "seizure"
    TRADE = "trade"
    CONTACT = "contact"
    COOPERATION = "cooperation"

    @property
    def is_relation(self) -> bool:
        """True if the two sides stand in `parties`, and neither gives nor gets."""
        return self in (Nature.TRADE, Nature.CONTACT, Nature.COOPERATION)

    @property
    def is_event(self) -> bool:
        """True if a row is one event, so that another place or day makes another row."""
        return self in (Nature.DIVERSION, Nature.SEIZURE)

    @property
    def is_of_parties(self) -> bool:
        """True if all that is told between the same parties is one row, whatever the equipment."""
        return self.is_relation or self is Nature.EMBARGO

    @property
    def group(self) -> int:
        """0 for transfers, 1 for rows on one party or happening, 2 for relations: the order in which they are shown."""
        return 0 if self in (Nature.TRANSFER, Nature.PRODUCTION) else 2 if self.is_relation else 1


class Status(StrEnum):
    """Where a deal stands, in the order in which deals advance.

    `MOOTED`: only spoken of as possible, or denied. `PLANNED`: decided or announced, the contract not told.
    `SUPPLIED`: a transfer whose stage is not told. `REPORTED`: rows that have no stages (seizures, trade, …).
    `LIFTED`: an embargo that has ended.
    """

    REPORTED = "reported"
    MOOTED = "mooted"
    INTEREST = "interest"
    REQUESTED = "requested"
    OFFERED = "offered"
    NEGOTIATING = "negotiating"
    REFUSED = "refused"
    LIFTED = "lifted"
    APPROVED = "approved"
    PLEDGED = "pledged"
    SELECTED = "selected"
    PLANNED = "planned"
    AGREED = "agreed"
    IN_PRODUCTION = "in production"
    SUPPLIED = "supplied"
    PARTLY_DELIVERED = "partly delivered"
    DELIVERED = "delivered"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    EMBARGOED = "embargoed"


ARRIVED = frozenset({Status.SUPPLIED, Status.PARTLY_DELIVERED, Status.DELIVERED})
"""How much has come is a matter of the figures: a claim that speaks for one of these may lead to another."""
