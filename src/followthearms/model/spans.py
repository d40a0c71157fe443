"""Places in a text. Offsets are code points, half-open: `text[start:end]`.

Invariant: a `Span` carries the words it stands for, and a `Document` refuses any claim
with a span whose words are not at its offsets.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Offset = Annotated[int, Field(ge=0)]


class Frozen(BaseModel):
    """A value that never changes and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Extent(Frozen):
    """A stretch of a text, by its offsets alone."""

    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span must end after it starts, not {self.start}..{self.end}")
        return self

    def overlaps(self, other: Extent) -> bool:
        """True if the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Extent) -> bool:
        """True if the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


class Span(Extent):
    """A stretch of a text with its words.

    `inherited` is true if it was taken from outside the evidence of its claim.
    """

    text: Annotated[str, Field(json_schema_extra={"minLength": 1})]  # a checked length would refuse lone surrogates
    inherited: bool = False
    by: str | None = Field(default=None, description="The component that filled the slot, if not the claim's method")

    @model_validator(mode="after")
    def _is_as_long_as_its_words(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"{self.text!r} has {len(self.text)} code points, but its offsets {self.start}..{self.end} "
                f"make {self.end - self.start}"
            )
        return self
