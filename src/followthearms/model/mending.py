"""What was mended in a text, standing off from it, so that nothing of the original is lost.

Invariant: `restore(text, mends)` is the text as it was decoded, to the character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from followthearms.model.spans import Frozen, Offset


class Mend(Frozen):
    """`text[start:end]` stands for `raw` in the original; it is empty where something was left out."""

    start: Offset
    end: Offset
    raw: str

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"a mend must not end before it starts, as {self.start}..{self.end} does")
        return self


def restore(text: str, mends: Sequence[Mend]) -> str:
    """The original of a mended text. Raises ValueError for mends out of order or beyond the end."""
    pieces, at = [], 0
    for mend in mends:
        if mend.start < at or mend.end > len(text):
            raise ValueError(f"the mend at {mend.start}..{mend.end} overlaps the one before or the end of the text")
        pieces += [text[at : mend.start], mend.raw]
        at = mend.end
    return "".join([*pieces, text[at:]])
