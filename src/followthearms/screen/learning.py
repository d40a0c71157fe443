"""From passages with and without claims to the model.

Invariant: the same examples in the same order give the same model; nothing is drawn by chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from followthearms.screen.features import Features
from followthearms.screen.model import Linear, fit

UNSEEN = 0.1
"""The share of the passages of general news that look most like claims and are taken for claims that nobody annotated.
Between none and a quarter the recall and what is let through differ within chance."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage to learn from. `is_annotated`: somebody looked for claims in it; general news is taken to hold none."""

    features: Features
    holds_claim: bool
    is_annotated: bool


def learn(examples: Sequence[Example]) -> Linear:
    """A model of the examples, fitted twice: the second time without the news that the first takes for claims."""
    first = fit([one.features for one in examples], [one.holds_claim for one in examples])
    news = [first.logit(one.features) for one in examples if not one.is_annotated]
    limit = np.quantile(news, 1 - UNSEEN) if news else math.inf
    kept = [one for one in examples if one.is_annotated or first.logit(one.features) <= limit]
    return fit([one.features for one in kept], [one.holds_claim for one in kept])
