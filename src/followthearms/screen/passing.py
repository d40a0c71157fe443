"""Does this text hold a claim? Recall first: what is let through is read, what is not is lost.

Invariant: the verdict is a function of the text.
"""

from __future__ import annotations

from followthearms.model import Document
from followthearms.screen.scan import arms_in, flat, is_traded
from followthearms.screen.verdict import Verdict


def passes(document: Document) -> Verdict:
    """Whether the document's text is worth reading."""
    flattened = flat(document.text.encode("utf-8", "replace"))
    arms = list(arms_in(flattened))
    if not arms:
        return Verdict(False, "no word for arms", 0.0)
    if not any(is_traded(flattened, end) for end in arms):
        return Verdict(False, "no word for arms near a word for their trade", 0.0)
    return Verdict(True, "a word for arms near a word for their trade", 1.0)
