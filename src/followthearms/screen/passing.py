"""Does this text hold a claim? Recall first: what is let through is read, what is not is lost.

Invariant: the verdict is a function of the text.
"""

from __future__ import annotations

from followthearms.screen.features import features
from followthearms.screen.model import Linear, linear
from followthearms.screen.passages import sentences
from followthearms.screen.scan import arms_in, flat, transfer_near
from followthearms.screen.verdict import Verdict

ENOUGH = 0.244
"""The score from which on a text is let through: the highest that keeps 99 of 100 annotated windows with a claim, each
source scored by a model that saw no text of it (docs/methods/screening.md)."""


def passes(text: str) -> Verdict:
    """Whether a text is worth reading."""
    if next(arms_in(flat(_bytes(text))), None) is None:
        return Verdict(False, "no word for arms", 0.0)
    found = score(text, linear(), ENOUGH)
    if found is None:
        return Verdict(False, "no word for arms near a word for their trade", 0.0)
    if found < ENOUGH:
        return Verdict(False, f"score {found:.3f} < {ENOUGH}", found)
    return Verdict(True, f"score {found:.3f}", found)


def score(text: str, model: Linear, least: float = 0.0) -> float | None:
    """The lower of two scores: of the best sentence with a word for arms near one for their trade, and of the best with
    a word for arms, taken together with the sentence before and the one after it.

    None where no sentence has such a pair; below `least` the first score may stand for both.
    """
    places = list(sentences(text))
    flattened = [flat(_bytes(text[start:end])) for start, end in places]
    arms = [list(arms_in(one)) for one in flattened]
    paired = [one for one, hits in zip(flattened, arms, strict=True) if any(transfer_near(one, h.end) for h in hits)]
    if not paired:
        return None
    alone = max(model.score(features(one)) for one in paired)
    if alone < least:
        return alone
    around = (b"".join(flattened[max(0, n - 1) : n + 2]) for n, hits in enumerate(arms) if hits)
    return min(alone, max(model.score(features(one)) for one in around))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
