"""What a ruling is on: claims and deals, named so that they are found again however a text is read later.

Invariant: a target depends on the text that it was made of; a newer reading may give its claim another id or lose it,
but never puts another claim in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field

from followthearms.model.claims import Claim
from followthearms.model.deals import Topic
from followthearms.model.kinds import Bound, Kind
from followthearms.model.spans import Frozen

Name = Annotated[str, Field(min_length=1)]


class Target(Frozen):
    """A claim by its document, id, best kind and trigger, all as it was read.

    With an `anchor`, one strand of the claim: as far as it concerns one recipient and one item. A deal is named
    by the strand that founded it; its id is "d" and the anchor. Without an anchor, the claim with all its strands.
    """

    document: Name
    claim: Name
    kind: Kind
    start: Annotated[int, Field(ge=0)]
    end: int
    anchor: Name | None = None

    @classmethod
    def of(cls, document: str, claim: Claim, anchor: str | None = None) -> Self:
        """The claim, as it was read of the document with this id."""
        trigger = claim.trigger
        return cls(
            document=document,
            claim=claim.id,
            kind=claim.kind[0],
            start=trigger.start,
            end=trigger.end,
            anchor=anchor,
        )

    @property
    def key(self) -> str:
        """What tells it from other targets, whatever id a newer reading gives the claim."""
        return self.anchor or f"{self.document} {self.claim}"

    def among(self, claims: Sequence[Claim]) -> int | None:
        """Its place among the claims read of its document: by id, else the only one of its kind on its trigger."""
        for place, claim in enumerate(claims):
            if claim.id == self.claim:
                return place
        own = (self.kind, self.start, self.end)
        like = [n for n, c in enumerate(claims) if (c.kind[0], c.trigger.start, c.trigger.end) == own]
        return like[0] if len(like) == 1 else None


class Disagreement(Frozen):
    """A contradiction by the deal it is in and by what it is about, since its id changes when deals are merged."""

    id: Name
    deal: Target
    topic: Topic
    left: str
    right: str

    @property
    def told(self) -> tuple[Topic, str, str]:
        """What it is about, and its sides in today's words: earlier versions said "over 8" for "at least 8"."""
        return self.topic, _today(self.left), _today(self.right)


def _today(side: str) -> str:
    return f"{Bound.OVER.words} {side.removeprefix('over ')}" if side.startswith("over ") else side
