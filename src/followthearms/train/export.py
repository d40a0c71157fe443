"""From the trained network to the files that the tagger reads: an eight-bit ONNX encoder and numpy arrays.

Invariant: what is written is checked before it counts. The triggers that the eight-bit model decides must agree with
those of the trained network in `LEAST_AGREEMENT` of all cases.
"""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn

from followthearms.errors import FollowTheArmsError
from followthearms.extract.tagger.heads import Floats, Heads
from followthearms.extract.tagger.labels import SCHEME
from followthearms.extract.tagger.tagger import ABOUT, ENCODER, TOKENIZER, WEIGHTS, Tagger
from followthearms.extract.tagger.windows import Window
from followthearms.train.encoder import WIDTH, Encoder
from followthearms.train.network import Network

LEAST_AGREEMENT = 0.95
DECIDED = 0.4
"""Probability from which a word counts as a trigger in the comparison; the reader's own threshold."""


_LINEAR = ("query", "key", "value", "mixed", "outer")


class _ByRow(nn.Module):
    """A linear layer that brings each row of its input to the same size and its output back.

    In eight bits all rows of a window share a scale. As they come, a few rows of large numbers leave the others with a
    few steps of it: .91 of the triggers agreed with the network, so .95. Behind a normalisation (`norm`) some columns
    are large in every row, as its parameters tell: half of that, by its root, is moved into the weights, which makes
    it .96.
    """

    def __init__(self, linear: nn.Linear, norm: nn.LayerNorm | None = None) -> None:
        super().__init__()
        weight = linear.weight.detach().t().contiguous()
        columns = torch.ones(len(weight))
        if norm is not None:
            large = (2 * norm.weight.detach().abs() + norm.bias.detach().abs()).clamp_min(1e-3)
            heavy = weight.abs().amax(1).clamp_min(1e-4)
            columns = (large / large.mean() * heavy.mean() / heavy).sqrt()
        self.columns, self.bias = nn.Parameter(1 / columns), linear.bias
        self.weight = nn.Parameter(weight * columns[:, None])

    def forward(self, x: Tensor) -> Tensor:
        x = x * self.columns
        size = x.abs().amax(-1, keepdim=True)
        return x / size @ self.weight * size + self.bias


class _Layers(nn.Module):
    """The encoder behind its embeddings, for one window without padding."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.layers = copy.deepcopy(encoder.layers)
        for layer in self.layers:
            for name in _LINEAR:
                setattr(layer, name, _ByRow(getattr(layer, name)))
            layer.inner = _ByRow(getattr(layer, "inner"), getattr(layer, "attended"))  # noqa: B009

    def forward(self, embedded: Tensor) -> Tensor:
        bias = torch.zeros(1, 1, 1, 1)
        x = embedded
        for layer in self.layers:
            x = layer(x, bias)
        return x


def write_model(network: Network, tokenizer: Path, out: Path, name: str) -> None:
    """Write the model's files into a folder. `tokenizer` is the file to copy, `name` goes into the record of a run."""
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            _Layers(network.encoder).eval(),
            (torch.zeros(1, 9, WIDTH),),
            plain,
            input_names=["embedded"],
            output_names=["states"],
            dynamic_shapes={"embedded": {1: torch.export.Dim("pieces", min=2, max=512)}},
            dynamo=True,
            external_data=False,
        )
        quantize_dynamic(plain, out / ENCODER, per_channel=True, weight_type=QuantType.QInt8)
    np.savez(out / WEIGHTS, allow_pickle=False, **_arrays(network))
    shutil.copyfile(tokenizer, out / TOKENIZER)
    digest = hashlib.sha256((out / ENCODER).read_bytes() + (out / WEIGHTS).read_bytes()).hexdigest()
    about = {"scheme": SCHEME, "name": name, "sha256": digest}
    (out / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _arrays(network: Network) -> dict[str, np.ndarray]:
    arrays = {f"heads.{k}": _numpy(v) for k, v in network.heads.named_parameters()}
    encoder = network.encoder
    words = _numpy(encoder.words.weight)
    scale = np.maximum(np.abs(words).max(axis=1), 1e-8) / 127
    arrays["encoder.words"] = np.round(words / scale[:, None]).astype(np.int8)
    arrays["encoder.words.scale"] = scale.astype(np.float32)
    arrays["encoder.hints"] = _numpy(encoder.hints.weight.T).copy()
    for name in ("positions", "sides", "classes", "ranks"):
        arrays[f"encoder.{name}"] = _numpy(getattr(encoder, name).weight)
    arrays["encoder.embedded.weight"] = _numpy(encoder.embedded.weight)
    arrays["encoder.embedded.bias"] = _numpy(encoder.embedded.bias)
    return arrays


def _numpy(parameter: Tensor) -> Floats:
    return parameter.detach().float().numpy()


def agreement(network: Network, tagger: Tagger, material: Iterable[Window]) -> float:
    """Share of the trigger words of either model on which both decide alike, by kind (intersection over union)."""
    heads = Heads({k: _numpy(v) for k, v in network.heads.named_parameters()})
    both = either = 0
    for window in material:
        if not window.words:
            continue
        starts = [w.start for w in window.words]
        ours = tagger.heads.kinds(tagger.states(window)[starts], window.hints[starts]) >= DECIDED
        theirs = heads.kinds(exact_states(network, window)[starts], window.hints[starts]) >= DECIDED
        both += int((ours & theirs).sum())
        either += int((ours | theirs).sum())
    return both / either if either else 1.0


def exact_states(network: Network, window: Window) -> Floats:
    """The hidden states of a window in 32-bit floats, by the network itself."""
    rows = [torch.tensor(getattr(window, name))[None] for name in ("ids", "classes", "ranks", "own", "hints")]
    with torch.no_grad():
        hidden = network.encoder(*rows, mask=torch.ones(1, len(window.ids)))
    states: Floats = hidden[0].numpy()
    return states


def check_agreement(network: Network, folder: Path, material: Sequence[Window]) -> float:
    """The agreement of the written model with the network. Raises `FollowTheArmsError` if it is too low."""
    share = agreement(network, Tagger.at(folder), material)
    if share < LEAST_AGREEMENT:
        raise FollowTheArmsError(
            f"{folder}: only {share:.1%} of the triggers survive eight bits; train with another seed"
        )
    return share
