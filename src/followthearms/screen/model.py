"""The linear model that tells passages with claims from general news.

Invariant: the score of a passage depends on its features and on the file `data/screen/weights.npz` alone. How the file
was made, and how well it does, tells `data/screen/MODEL_CARD.md`.
"""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from followthearms.errors import KnowledgeError
from followthearms.screen.features import SIZE, Features
from followthearms.tables import DATA

NAME = "weights.npz"
_STEP = 2.0
"""How far a step goes down the slope, which changes by at most half a unit a unit, as a passage's squares and the
constant's add up to 2."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights of the features."""

    weights: Vector
    bias: float

    def logit(self, found: Features) -> float:
        """How much speaks for a claim in these words: below 0 where it is unlikely."""
        places = np.fromiter(found, np.int64, len(found))
        values = np.fromiter(found.values(), np.float64, len(found))
        return float(self.weights[places] @ values + self.bias)


def likely(logit: float) -> float:
    """How likely a claim is, from 0 to 1, as far as half of the passages had one."""
    return 1 / (1 + math.exp(-logit))


@functools.lru_cache(maxsize=1)
def linear() -> Linear:
    """The package's model, read once. Raises KnowledgeError if its file is missing or damaged."""
    file = DATA / "screen" / NAME
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as held:
            weights, bias = held["weights"].astype(np.float64), float(held["bias"])
    except (OSError, ValueError, KeyError) as error:
        raise KnowledgeError(f"{NAME}: {error}; install the package again") from error
    if weights.shape != (SIZE,):
        raise KnowledgeError(f"{NAME}: {weights.shape} weights where {SIZE} are needed; install the package again")
    return Linear(weights, bias)


def saved(model: Linear) -> bytes:
    """The model as `linear` reads it."""
    held = io.BytesIO()
    np.savez_compressed(held, weights=model.weights.astype(np.float16), bias=np.float64(model.bias))
    return held.getvalue()


def fit(passages: Sequence[Features], holds_claim: Sequence[bool], ridge: float = 1e-4, steps: int = 150) -> Linear:
    """A logistic regression by accelerated gradient descent; the same examples give the same weights, no chance in it.

    `ridge` is the penalty on the squared weights (of 3e-5, 1e-4 and 3e-4 the differences are within chance).
    """
    sizes = [len(found) for found in passages]
    row = np.repeat(np.arange(len(passages)), sizes)
    place = np.fromiter((p for found in passages for p in found), np.int64, sum(sizes))
    value = np.fromiter((v for found in passages for v in found.values()), np.float64, sum(sizes))
    wanted = np.asarray(holds_claim, np.float64)
    at, ahead, momentum = np.zeros(SIZE + 1), np.zeros(SIZE + 1), 1.0
    for _ in range(steps):
        logit = np.bincount(row, value * ahead[place], len(passages)) + ahead[SIZE]
        wrong = (1 / (1 + np.exp(-logit)) - wanted) / len(passages)
        slope = np.append(np.bincount(place, value * wrong[row], SIZE) + ridge * ahead[:SIZE], wrong.sum())
        following = ahead - slope * _STEP
        faster = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead, at, momentum = following + (momentum - 1) / faster * (following - at), following, faster
    return Linear(at[:SIZE], float(at[SIZE]))
