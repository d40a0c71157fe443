"""The training loop: one thread, a fixed seed, the same corpus → the same weights on the same machine."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from followthearms.train.augment import Names
from followthearms.train.encoder import LAYERS, released
from followthearms.train.examples import Example, Scanned, examples
from followthearms.train.network import Losses, Network, losses

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """How to train. Batch and rates were compared on three sources held out of train; the rest was set once."""

    epochs: int = 7
    batch: int = 4
    encoder_rate: float = 1.2e-4
    heads_rate: float = 1e-3
    layer_decay: float = 0.9
    warm_up: float = 0.1
    smoothing: float = 0.0
    renamed: float = 0.75
    """Share of the articles that an epoch reads under other names."""


@dataclass(frozen=True)
class Epoch:
    """What an epoch cost and brought: average losses a batch, seconds of wall clock and of CPU."""

    number: int
    kinds: float
    firmness: float
    single: float
    judged: float
    seconds: float
    cpu_seconds: float


class _Descent:
    """What moves the weights of a network, step by step: the lower a layer, the slower."""

    def __init__(self, network: Network, settings: Settings, steps: int) -> None:
        self.network = network
        self.optimiser = torch.optim.AdamW(_groups(network, settings), weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, lambda n: _share(n, steps, settings.warm_up))

    def step(self, parts: Losses) -> None:
        """One step down from what a batch lost."""
        parts.total().backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.optimiser.zero_grad()


def fit(
    base: Path,
    tokenizer: Tokenizer,
    articles: Sequence[Scanned],
    settings: Settings,
    seed: int,
    after: Callable[[Network, Epoch], None] | None = None,
) -> tuple[Network, list[Epoch]]:
    """Train from the released weights in a folder. `after` is called when an epoch is done."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    dice = random.Random(seed)
    network, names = _begun(base), Names(articles)

    def batches(renamed: float) -> Iterator[list[Example]]:
        return _batches(_examples(articles, tokenizer, names, dice, renamed), settings.batch, dice)

    descent = _Descent(network, settings, settings.epochs * sum(1 for _ in batches(0.0)))
    epochs = []
    for number in range(1, settings.epochs + 1):
        epoch = _epoch(number, descent, lambda: batches(settings.renamed), settings.smoothing)
        _LOG.info("%s", epoch)
        epochs.append(epoch)
        if after:
            after(network, epoch)
    return network, epochs


def _begun(base: Path) -> Network:
    """A network on the released weights, of which words and positions stay as they are."""
    encoder = released(base)
    network = Network(encoder)
    encoder.words.requires_grad_(False)
    encoder.positions.requires_grad_(False)
    return network


def _epoch(number: int, descent: _Descent, batches: Callable[[], Iterator[list[Example]]], smoothing: float) -> Epoch:
    """Once through all examples; the network is fit for reading when it ends. Making them is of its cost."""
    wall, cpu = time.perf_counter(), time.process_time()
    descent.network.train()
    sums, count = torch.zeros(4), 0
    for batch in batches():
        parts = losses(descent.network, batch, smoothing)
        descent.step(parts)
        sums, count = sums + _figures(parts), count + 1
    descent.network.eval()
    kinds, firmness, single, judged = (round(float(x), 4) for x in sums / max(1, count))
    return Epoch(number, kinds, firmness, single, judged, time.perf_counter() - wall, time.process_time() - cpu)


def _figures(parts: Losses) -> torch.Tensor:
    return torch.stack([parts.kinds, parts.firmness, parts.single, parts.judged]).detach()


def _examples(
    articles: Sequence[Scanned], tokenizer: Tokenizer, names: Names, dice: random.Random, renamed: float
) -> list[Example]:
    """Fresh examples, some articles under other names."""
    found = list[Example]()
    for article in articles:
        words = names.others(article, dice) if dice.random() < renamed else None
        found.extend(examples(article, tokenizer, words))
    return found


def _batches(material: list[Example], size: int, dice: random.Random) -> Iterator[list[Example]]:
    """Windows of like length together, batches in random order."""
    keyed = sorted(material, key=lambda e: len(e.window.ids) + dice.random() * 20)
    batches = [keyed[i : i + size] for i in range(0, len(keyed), size)]
    dice.shuffle(batches)
    yield from batches


def _groups(network: Network, settings: Settings) -> list[dict[str, object]]:
    """Lower layers learn more slowly."""
    groups: list[dict[str, object]] = [{"params": list(network.heads.parameters()), "lr": settings.heads_rate}]
    for n, layer in enumerate(network.encoder.layers):
        rate = settings.encoder_rate * settings.layer_decay ** (LAYERS - 1 - n)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    encoder = network.encoder
    low = [p for part in (encoder.sides, encoder.embedded) for p in part.parameters()]
    groups.append({"params": low, "lr": settings.encoder_rate * settings.layer_decay**LAYERS})
    added = [p for part in (encoder.classes, encoder.ranks, encoder.hints) for p in part.parameters()]
    groups.append({"params": added, "lr": settings.heads_rate})
    return groups


def _share(step: int, steps: int, warm_up: float) -> float:
    """Share of the full rate: up over the warm-up, then down to nothing."""
    rise = warm_up * steps
    return min((step + 1) / rise if rise else 1.0, (steps - step) / max(1.0, steps - rise))
