"""The trained tagger: loads its model once and reads articles.

Invariant: windows are run one by one and without padding, so that what an article gets depends on nothing that is read
beside it; the same model gives the same proposals on whatever processor, but for the last digits of its floats.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from followthearms.errors import KnowledgeError
from followthearms.extract.events import Place
from followthearms.extract.tagger.heads import Floats, Heads
from followthearms.extract.tagger.labels import SCHEME
from followthearms.extract.tagger.proposals import FLOOR, Asked, Proposal, proposals
from followthearms.extract.tagger.windows import Window, tokenizer_at, windows

ENCODER, WEIGHTS, TOKENIZER, ABOUT = "encoder.onnx", "heads.npz", "tokenizer.json", "model.json"
_EPSILON = np.float32(1e-12)

_EXACT_PRODUCTS = ("session.x64quantprecision", "1")
"""Where a processor has no instruction for sums of products of eight bits (VNNI), onnxruntime's fastest way lets them
overflow at sixteen, and scores are others than elsewhere. Set, products are exact there too; nothing else changes."""
_SLOW_FUSIONS = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""Of onnxruntime's fusions, those that cost more than what they join: 129 microseconds a piece with, 90 without."""


@dataclass(frozen=True)
class About:
    """What `model.json` says: the scheme of labels and windows it was trained for, and a name for the record."""

    scheme: str
    name: str


class Embeddings:
    """Pieces → what the encoder takes. The table of words is kept in eight bits with a scale a row."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.weights = weights

    def __call__(self, window: Window) -> Floats:
        """One window: 1 × pieces × width."""
        w = self.weights
        x = w["words"][window.ids].astype(np.float32) * w["words.scale"][window.ids][:, None]
        x += window.hints @ w["hints"]
        x += w["positions"][: len(x)] + w["sides"][window.own] + w["classes"][window.classes] + w["ranks"][window.ranks]
        x -= x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + _EPSILON)
        x *= w["embedded.weight"]
        x += w["embedded.bias"]
        return x[None]


class Tagger:
    """Reads scanned articles. Build it with `load` (the package's own model) or `at` (any folder)."""

    def __init__(self, folder: Path, about: About) -> None:
        with np.load(folder / WEIGHTS) as stored:
            arrays = {name: stored[name] for name in stored.files}
        self.about = about
        self.tokenizer = tokenizer_at(str(folder / TOKENIZER))
        self.embeddings = Embeddings(
            {k.removeprefix("encoder."): v for k, v in arrays.items() if k.startswith("encoder.")}
        )
        self.heads = Heads({k.removeprefix("heads."): v for k, v in arrays.items() if k.startswith("heads.")})
        self.threads = ThreadpoolController()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry(*_EXACT_PRODUCTS)
        self.session = onnxruntime.InferenceSession(
            folder / ENCODER, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW_FUSIONS
        )

    @classmethod
    def load(cls) -> Tagger:
        """The model that the package carries, read once. Raises `KnowledgeError` if it is incomplete."""
        return _packaged()

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The model in a folder. Raises `KnowledgeError` if it is incomplete or of another scheme."""
        missing = [name for name in (ENCODER, WEIGHTS, TOKENIZER, ABOUT) if not (folder / name).is_file()]
        if missing:
            raise KnowledgeError(
                f"{folder}: the tagger's model lacks {', '.join(missing)}; train it again with fta train"
            )
        fields = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        about = About(scheme=fields["scheme"], name=fields["name"])
        if about.scheme != SCHEME:
            raise KnowledgeError(
                f"{folder / ABOUT}: scheme {about.scheme!r}, not {SCHEME!r}; train it with this version"
            )
        return cls(folder, about)

    def propose(
        self, article: Sequence[Place], asked: Collection[Asked] | None = None, least: float = FLOOR
    ) -> list[Proposal]:
        """What is at least so likely to be claimed, in text order, with what is thought of the triggers asked about.

        If triggers are asked about, be it none, what is far from them is passed over: see `windows`.
        """
        with self.threads.limit(limits=1):  # products this small only wait for further threads
            return list(self._propose(article, asked, least))

    def _propose(self, article: Sequence[Place], asked: Collection[Asked] | None, least: float) -> Iterator[Proposal]:
        places = {place.index: place for place in article}
        at = defaultdict[int, list[Asked]](list)
        for trigger in asked or ():
            at[trigger[0]].append(trigger)
        for window in windows(article, self.tokenizer, asked=None if asked is None else at.keys()):
            own = [places[n] for n in sorted({word.place for word in window.words})]
            here = [trigger for place in own for trigger in at.get(place.index, ())]
            if any(place.mentions for place in own):
                yield from proposals(places, window, self.states(window), self.heads, here, least)

    def states(self, window: Window) -> Floats:
        """The hidden states of a window: pieces × width."""
        (states,) = self.session.run(None, {"embedded": self.embeddings(window)})
        hidden: Floats = states[0]
        return hidden


@functools.lru_cache(maxsize=1)
def _packaged() -> Tagger:
    return Tagger.at(Path(str(resources.files("followthearms").joinpath("data/model"))))
