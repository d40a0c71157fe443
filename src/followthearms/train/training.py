"""From annotated files to a model in a folder: read, scan, fit, export, check.

Invariant: the same files, seed and settings give the same model on the same machine; a model whose eight-bit form does
not decide as the trained network does is never left to be loaded without an error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from followthearms.errors import InputError, UsageError
from followthearms.extract.events import Place
from followthearms.extract.tagger.windows import tokenizer_at, windows
from followthearms.model import Document
from followthearms.sources import ReadOptions, read_sources
from followthearms.sources.standoff import SUFFIX, by_digest, join
from followthearms.train.encoder import base_folder
from followthearms.train.examples import Scanned
from followthearms.train.export import check_agreement, write_model
from followthearms.train.loop import Epoch, Settings, fit

Scan = Callable[[Document], Sequence[Place]]
SEED = 7
COMPARED = 60
"""Documents on which the eight-bit model is compared with the network, spread over the corpus."""


@dataclass(frozen=True)
class TrainingReport:
    """What a training took and gave. `skipped` holds what could not be read, `agreement` is that of the eight-bit
    model with the network on trigger words, `size` the bytes of the model's folder."""

    documents: int
    claims: int
    skipped: tuple[InputError, ...]
    epochs: tuple[Epoch, ...]
    agreement: float
    size: int
    seconds: float


def train(
    corpus: Sequence[Path],
    out: Path,
    *,
    scan: Scan,
    texts: Sequence[Path] = (),
    seed: int = SEED,
    settings: Settings | None = None,
    after: Callable[[Epoch], None] | None = None,
) -> TrainingReport:
    """Train a tagger on files in the claim format and write it into a folder.

    Of a corpus that is annotated apart from its texts (`*.standoff.jsonl`), `texts` are the files that hold them.
    `scan` finds the sentences and mentions of a document (the pipeline's), `after` hears of every epoch.
    Raises `UsageError` if the files hold no claim or the released weights are not installed, `FollowTheArmsError` if
    the eight-bit model differs too much from the network.
    """
    begun = time.perf_counter()
    base = base_folder()
    skipped: list[InputError] = []
    articles = [Scanned(document, scan(document)) for document in _documents(corpus, texts, skipped)]
    claims = sum(len(a.document.claims) for a in articles)
    if not claims:
        raise UsageError("the corpus holds no claim to learn from; give files in the claim format that have some")
    tokenizer = tokenizer_at(str(base / "tokenizer.json"))
    network, epochs = fit(
        base,
        tokenizer,
        articles,
        settings or Settings(),
        seed,
        lambda _, epoch: after(epoch) if after else None,
    )
    write_model(network, base / "tokenizer.json", out, f"tagger of {len(articles)} documents, seed {seed}")
    sample = articles[:: max(1, len(articles) // COMPARED)]
    share = check_agreement(network, out, [w for a in sample for w in windows(a.article, tokenizer)])
    size = sum(file.stat().st_size for file in out.iterdir())
    return TrainingReport(
        len(articles), claims, tuple(skipped), tuple(epochs), share, size, time.perf_counter() - begun
    )


def _documents(corpus: Sequence[Path], texts: Sequence[Path], skipped: list[InputError]) -> Iterator[Document]:
    """The annotated documents in the order of the files, which the weights depend on."""
    known = by_digest(_read(texts, skipped)) if texts else {}
    for path in corpus:
        yield from join(path, known) if path.name.endswith(SUFFIX) else _read([path], skipped)


def _read(paths: Sequence[Path], skipped: list[InputError]) -> Iterator[Document]:
    for document in read_sources(paths, ReadOptions(keep_claims=True)):
        if isinstance(document, InputError):
            skipped.append(document)
        else:
            yield document
