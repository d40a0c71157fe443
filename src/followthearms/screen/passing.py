"""Does this text hold a claim? Recall first: what is let through is read, what is not is lost.

Invariant: the verdict is a function of the text.
"""

from __future__ import annotations

from followthearms.model import Document
from followthearms.screen.features import Features, features
from followthearms.screen.model import linear
from followthearms.screen.passages import passages
from followthearms.screen.scan import arms_in, flat, transfer_near
from followthearms.screen.verdict import Verdict


def passes(document: Document) -> Verdict:
    """Whether the document's text is worth reading."""
    flattened = flat(_bytes(document.text))
    if next(arms_in(flattened), None) is None:
        return Verdict(False, "no word for arms", 0.0)
    found = candidates(document.text)
    if not found:
        return Verdict(False, "no word for arms near a word for their trade", 0.0)
    model = linear()
    score = max(model.score(one) for one in found)
    if score < model.threshold:
        return Verdict(False, f"score {score:.3f} < {model.threshold:.3f}", score)
    return Verdict(True, f"score {score:.3f}", score)


def candidates(text: str) -> list[Features]:
    """The features of the passages that have a word for arms near a word for their trade."""
    flattened = (flat(_bytes(passage)) for passage in passages(text))
    return [features(one) for one in flattened if any(transfer_near(one, hit.end) for hit in arms_in(one))]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
