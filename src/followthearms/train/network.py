"""The tagger as it is trained: the encoder and its heads, and the loss of a batch of examples.

The heads are plain enough for numpy to repeat them (`extract.tagger.heads`); names of their weights are shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from followthearms.extract.tagger.features import SIZES
from followthearms.extract.tagger.labels import KINDS, MODALITIES, ROLES, SINGLE
from followthearms.extract.tagger.windows import Floats, Integers
from followthearms.train.encoder import WIDTH, Encoder
from followthearms.train.examples import Example

HIDDEN = 160
FIRM = len(MODALITIES) + 2
_NEVER = -1e4
_FIRST = torch.tensor(np.concatenate([[0], np.cumsum(SIZES)[:-1]]))


def _gelu(x: Tensor) -> Tensor:
    """The tanh form, which numpy can repeat."""
    return nn.functional.gelu(x, approximate="tanh")


class Heads(nn.Module):
    """What each word shows, how firmly a trigger is told, and what each mention is to it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.kinds = nn.Linear(WIDTH, len(KINDS))
        self.hinted = nn.Linear(len(KINDS), len(KINDS), bias=False)
        self.trust = nn.Parameter(torch.ones(1))
        nn.init.zeros_(self.hinted.weight)
        self.firm_inner, self.firm = nn.Linear(WIDTH + len(KINDS), 128), nn.Linear(128, FIRM)
        self.of_trigger, self.of_mention = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN, bias=False)
        self.of_kind = nn.Linear(len(KINDS), HIDDEN, bias=False)
        self.left, self.right = nn.Linear(WIDTH, HIDDEN, bias=False), nn.Linear(WIDTH, HIDDEN, bias=False)
        self.features = nn.Embedding(sum(SIZES), HIDDEN)
        self.roles = nn.Linear(HIDDEN, len(ROLES))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.features.weight, std=0.05)
        nn.init.constant_(self.kinds.bias, -5.0)

    def shows(self, words: Tensor, hints: Tensor) -> Tensor:
        """Words × width, words × kinds → logits of the kinds. All kinds share one trust in the frames' vocabulary."""
        logits: Tensor = self.kinds(self.drop(words)) + self.trust * hints + self.hinted(hints)
        return logits

    def firmness(self, triggers: Tensor, shown: Tensor) -> Tensor:
        """Triggers × width, triggers × kinds → logits of the modalities, of negation and of dispute."""
        inner = self.drop(_gelu(self.firm_inner(torch.cat([triggers, shown], -1))))
        logits: Tensor = self.firm(inner)
        return logits

    def pairs(self, triggers: Tensor, shown: Tensor, mentions: Tensor, features: Tensor) -> Tensor:
        """Triggers, their kinds, mentions, triggers × mentions × features → triggers × mentions × roles, as logits."""
        x = (self.of_trigger(triggers) + self.of_kind(shown))[:, None] + self.of_mention(mentions)[None]
        x = x + self.left(triggers)[:, None] * self.right(mentions)[None]
        x = x + self.features(features + _FIRST).sum(-2)
        logits: Tensor = self.roles(self.drop(_gelu(x)))
        return logits


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder, self.heads = encoder, Heads(dropout)


@dataclass(frozen=True)
class Losses:
    """The parts of a batch's loss, each an average per trigger of the batch (and of 1 for a batch without any)."""

    kinds: Tensor
    firmness: Tensor
    single: Tensor
    judged: Tensor

    def total(self) -> Tensor:
        """What is minimised."""
        return self.kinds + 0.5 * self.firmness + 0.5 * self.single + 0.3 * self.judged


def encode(encoder: Encoder, batch: Sequence[Example]) -> list[Tensor]:
    """The hidden states of each window, without padding."""
    length = max(len(e.window.ids) for e in batch)
    padded = {
        name: torch.tensor(np.stack([_padded(getattr(e.window, name), length) for e in batch]))
        for name in ("ids", "classes", "ranks", "own", "hints")
    }
    mask = torch.tensor(np.stack([_padded(np.ones_like(e.window.ids), length) for e in batch]))
    hidden = encoder(**padded, mask=mask).float()
    return [h[: len(e.window.ids)] for h, e in zip(hidden, batch, strict=True)]


def losses(network: Network, batch: Sequence[Example], smoothing: float = 0.0) -> Losses:
    """The loss of a batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = encode(network.encoder, batch)
    parts = [_losses(network.heads, hidden, example, smoothing) for hidden, example in zip(states, batch, strict=True)]
    count = max(1, sum(len(e.triggers) for e in batch))
    return Losses(*(torch.stack(part).sum() / count for part in zip(*parts, strict=True)))


def _losses(heads: Heads, hidden: Tensor, e: Example, smoothing: float) -> tuple[Tensor, ...]:
    nothing = hidden.sum() * 0
    starts = torch.tensor([w.start for w in e.window.words], dtype=torch.long)
    logits = heads.shows(hidden[starts], torch.tensor(e.window.hints)[starts])
    target = torch.tensor(e.kinds) * (1 - smoothing) + smoothing * 0.01
    each = nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    kinds = (each * torch.tensor(e.weights)).sum()
    if not e.triggers:
        return kinds, nothing, nothing, nothing
    triggers = means(hidden, [(t.start, t.end) for t in e.triggers])
    shown = torch.tensor(e.shown)
    firm = heads.firmness(triggers, shown)
    answers = torch.tensor(e.firmness)
    firmness = nn.functional.cross_entropy(firm[:, : len(MODALITIES)], answers[:, 0], reduction="sum")
    flags = firm[:, len(MODALITIES) :]
    firmness = firmness + nn.functional.binary_cross_entropy_with_logits(flags, answers[:, 1:].float(), reduction="sum")
    if not e.window.mentions:
        return kinds, firmness, nothing, nothing
    scores = role_scores(heads, hidden, e, triggers, shown)
    return kinds, firmness, _single(scores, e), _judged(scores, e)


def role_scores(heads: Heads, hidden: Tensor, e: Example, triggers: Tensor, shown: Tensor) -> Tensor:
    """Triggers × mentions × roles."""
    mentions = means(hidden, [(s.start, s.end) for s in e.window.mentions])
    return heads.pairs(triggers, shown, mentions, torch.tensor(e.features))


def means(hidden: Tensor, extents: Sequence[tuple[int, int]]) -> Tensor:
    """The average of the states of each extent."""
    sums = torch.cat([torch.zeros_like(hidden[:1]), hidden.cumsum(0)])
    starts, ends = torch.tensor([s for s, _ in extents]), torch.tensor([e for _, e in extents])
    return (sums[ends] - sums[starts]) / (ends - starts)[:, None]


def _single(scores: Tensor, e: Example) -> Tensor:
    if not e.answers:
        return scores.sum() * 0
    rows = torch.tensor([a.trigger for a in e.answers])
    roles = torch.tensor([a.role for a in e.answers])
    chosen = scores[rows, :, roles]
    closed = ~torch.tensor(e.open)[:, roles].T
    none = torch.zeros(len(rows), 1)
    everything = torch.logsumexp(torch.cat([chosen.masked_fill(closed, _NEVER), none], 1), 1)
    flags = torch.tensor(np.stack([a.mentions for a in e.answers]))
    right = torch.cat([chosen.masked_fill(~flags, _NEVER), none.masked_fill(flags.any(1, keepdim=True), _NEVER)], 1)
    weights = torch.tensor([a.weight for a in e.answers])
    return ((everything - torch.logsumexp(right, 1)) * weights).sum()


def _judged(scores: Tensor, e: Example) -> Tensor:
    each = nn.functional.binary_cross_entropy_with_logits(
        scores[:, :, len(SINGLE) :], torch.tensor(e.fills).float(), reduction="none"
    )
    return (each * torch.tensor(e.judged)).sum()


def _padded(rows: Integers | Floats, length: int) -> Integers | Floats:
    return np.concatenate([rows, np.zeros((length - len(rows), *rows.shape[1:]), rows.dtype)])
