"""A claim with the document that makes it, and how much a register holds."""

from __future__ import annotations

from dataclasses import dataclass

from followthearms.model import Claim, Document, Ref


@dataclass(frozen=True)
class Statement:
    """A claim with the document that makes it."""

    document: Document
    claim: Claim

    @property
    def ref(self) -> Ref:
        """Where it stands."""
        return Ref(document=self.document.id, claim=self.claim.id)

    @property
    def quote(self) -> str:
        """The words of its evidence."""
        return self.document.words(self.claim.evidence)


@dataclass(frozen=True)
class Counts:
    """How much the register holds. `readings` counts replaced ones too; all else is as of the current readings, and
    `claims` leaves out those that were rejected."""

    documents: int
    stories: int
    claims: int
    deals: int
    unassigned: int
    runs: int
    readings: int
    decisions: int
