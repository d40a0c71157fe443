"""Does this text hold a claim? Recall first: what is let through is read, what is not is lost.

Invariant: the verdict is a function of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from followthearms.screen.features import features
from followthearms.screen.model import Linear, likely, linear
from followthearms.screen.passages import passages, sentences
from followthearms.screen.scan import arms_in, flat, tells_of_trade
from followthearms.screen.verdict import Verdict

ENOUGH = 0.23
"""The score from which on a text is let through: the highest that keeps 99 of 100 annotated windows with a claim, each
source scored by a model that saw no text of it (docs/methods/screening.md)."""


def passes(text: str) -> Verdict:
    """Whether a text is worth reading."""
    if next(arms_in(flat(_bytes(text))), None) is None:
        return Verdict(False, "no word for arms", 0.0)
    found = score(text, linear())
    if found is None:
        return Verdict(False, "no word for arms near a word for their trade", 0.0)
    if found < ENOUGH:
        return Verdict(False, f"too little like a text with a claim (less than {ENOUGH})", found)
    return Verdict(True, f"enough like a text with a claim ({ENOUGH} or more)", found)


def score(text: str, model: Linear) -> float | None:
    """How likely a text holds a claim, from 0 to 1, or None if no passage has a word for arms near one for their trade.

    Half of it is how the best such passage looks to the model. The other half is the best sentence with a word for
    arms, by itself and with those beside it: in news of war the words are spread over a passage, in a claim together.
    """
    flattened = (flat(_bytes(passage)) for passage in passages(text))
    on_trade = [one for one in flattened if tells_of_trade(one)]
    on_arms = list(_on_arms(text)) if on_trade else []
    if not on_arms:
        return None
    passage = max(model.logit(features(one)) for one in on_trade)
    sentence = max(model.logit(features(one)) + model.logit(features(around)) for one, around in on_arms)
    return likely((2 * passage + sentence) / 4)


def _on_arms(text: str) -> Iterator[tuple[bytes, bytes]]:
    """The sentences with a word for arms, each alone and with the one before and the one after it."""
    flattened = [flat(_bytes(text[start:end])) for start, end in sentences(text)]
    for n, one in enumerate(flattened):
        if next(arms_in(one), None):
            yield one, b"".join(flattened[max(0, n - 1) : n + 2])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
