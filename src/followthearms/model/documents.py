"""A document: an immutable text, what is known of its publication, and the claims read out of it; and its copies.

Invariant: no `Document` exists with a claim whose span does not equal its text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from followthearms.model.claims import Claim
from followthearms.model.mending import Mend, restore
from followthearms.model.spans import Extent, Frozen, Span

Instant = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(dt.UTC))]
"""A moment, told in UTC; one without a time zone is refused."""

OF_THE_COPY = frozenset({"retrieved", "raw_hash", "encoding", "mended"})
"""Fields that tell of the copy that was taken in and not of what it says: fetched again, the article is the same."""


class Unlocated(Frozen):
    """A claim that came with a text, but whose words do not stand in it where it says; so nothing shows it, and it is
    no claim. `claim` is as it came, `problem` what is at fault."""

    claim: dict[str, Any]
    problem: str


class Document(BaseModel):
    """One line of the claim format. Fields that are not named here are kept as they came.

    `date` is the day of publication, from which relative dates are counted; `date_basis` says where it was read
    (option, metadata, dateline, …). `retrieved` is when the copy was taken, and never stands in for that day;
    `raw_hash` is the SHA-256 of its bytes as they came, in hexadecimal. Neither enters an id. `encoding` says how
    those bytes were read where they are not what they claim, or claim nothing; `mended` what was mended in the text;
    `unlocated` are claims that an import brought and that its words do not show.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.date | None = None
    date_basis: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    licence: str | None = None
    retrieved: Instant | None = None
    raw_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    encoding: str | None = None
    text: str
    mended: tuple[Mend, ...] = ()
    claims: tuple[Claim, ...] = ()
    unlocated: tuple[Unlocated, ...] = ()

    @model_validator(mode="after")
    def _spans_equal_their_text(self) -> Self:
        for n, claim in enumerate(self.claims):
            for slot, extent in claim.spans():
                self._check(f"claims[{n}].{slot}", extent)
        return self

    @model_validator(mode="after")
    def _can_be_restored(self) -> Self:
        restore(self.text, self.mended)
        return self

    @model_validator(mode="after")
    def _has_ids(self) -> Self:
        if not self.id:
            object.__setattr__(self, "id", f"d{self.text_hash[:16]}")
        if any(not claim.id for claim in self.claims):
            named = (c if c.id else c.model_copy(update={"id": c.content_id(self.id)}) for c in self.claims)
            object.__setattr__(self, "claims", tuple(named))
        return self

    def _check(self, slot: str, extent: Extent) -> None:
        found = self.text[extent.start : extent.end]
        wanted = extent.text if isinstance(extent, Span) else None
        if extent.end > len(self.text) or (wanted is not None and found != wanted):
            raise ValueError(
                f"{slot}: the text has {found!r} at {extent.start}..{extent.end}"
                + (f", not {wanted!r}" if wanted is not None else f", and ends at {len(self.text)}")
            )

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text in UTF-8 (lone surrogates included), in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def original(self) -> str:
        """The text before it was mended."""
        return restore(self.text, self.mended)

    def quote(self, start: int, end: int, *, inherited: bool = False) -> Span:
        """The span of the text from `start` to `end`."""
        return Span(start=start, end=end, text=self.text[start:end], inherited=inherited)

    def words(self, extent: Extent) -> str:
        """The words of the text at an extent."""
        return self.text[extent.start : extent.end]

    def with_claims(self, claims: tuple[Claim, ...]) -> Self:
        """The same text with other claims, all of them checked."""
        fields = self.model_dump(exclude={"claims"})
        return type(self)(**fields, claims=claims)


class Story(Frozen):
    """Documents that are copies or near-copies of one text. `outlets` and `documents` are sorted."""

    id: str
    documents: tuple[str, ...]
    outlets: tuple[str, ...] = ()
