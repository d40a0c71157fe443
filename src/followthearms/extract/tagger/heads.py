"""The tagger's small heads in numpy, on hidden states that the encoder made.

Invariant: they compute what `train.network.Heads` computes, from the same weights by name, in 32-bit floats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from followthearms.extract.tagger.features import SIZES
from followthearms.extract.tagger.labels import MODALITIES
from followthearms.extract.tagger.windows import Integers

Floats = npt.NDArray[np.float32]
_FIRST = np.concatenate([[0], np.cumsum(SIZES)[:-1]])


class Heads:
    """`weights` maps the names of the trained parameters ("kinds.weight", …) to arrays."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights

    def kinds(self, states: Floats, hints: Floats) -> Floats:
        """Words × width, words × kinds → probability of each kind, each for itself."""
        told = hints * self.weights["trust"] + self._linear("hinted", hints)
        return sigmoid(self._linear("kinds", states) + told)

    def firmness(self, triggers: Floats, shown: Floats) -> tuple[Floats, Floats]:
        """Triggers × width and their kinds → probabilities of the modalities; of negation and of dispute."""
        inner = _gelu(self._linear("firm_inner", np.concatenate([triggers, shown], axis=1)))
        logits = self._linear("firm", inner)
        return softmax(logits[:, : len(MODALITIES)]), sigmoid(logits[:, len(MODALITIES) :])

    def roles(self, triggers: Floats, shown: Floats, mentions: Floats, features: Integers) -> Floats:
        """Triggers, their kinds, mentions, triggers × mentions × features → triggers × mentions × roles, as logits."""
        own = self._linear("of_trigger", triggers) + self._linear("of_kind", shown)
        x = own[:, None] + self._linear("of_mention", mentions)
        x += self._linear("left", triggers)[:, None] * self._linear("right", mentions)
        table, rows = self.weights["features.weight"], features + _FIRST
        for n in range(len(SIZES)):
            x += table.take(rows[:, :, n], axis=0)
        return self._linear("roles", _gelu(x))

    def _linear(self, name: str, x: Floats) -> Floats:
        y: Floats = x @ self.weights[f"{name}.weight"].T
        bias = self.weights.get(f"{name}.bias")
        return y if bias is None else y + bias


def means(states: Floats, extents: Sequence[tuple[int, int]]) -> Floats:
    """The average of the states of each extent."""
    found = states[[start for start, _ in extents]]
    for n, (start, end) in enumerate(extents):
        if end - start > 1:
            found[n] = states[start:end].mean(axis=0, dtype=np.float32)
    return found


def sigmoid(x: Floats) -> Floats:
    """Logits → probabilities, each for itself."""
    likely: Floats = (1 / (1 + np.exp(-np.clip(x, -60, 60)))).astype(np.float32)
    return likely


def softmax(x: Floats) -> Floats:
    """Logits → probabilities that add up to one along the last axis."""
    raised = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def _gelu(x: Floats) -> Floats:
    y = np.float32(0.044715) * x
    for step in (np.multiply, np.multiply, np.add):  # in place: large arrays are dear to make
        step(y, x, out=y)
    y *= np.float32(0.7978845608)
    np.tanh(y, out=y)
    y += 1
    y *= np.float32(0.5) * x
    return y
