"""How well the tagger reads alone: its proposals decoded by thresholds, then the rest of the reading chain.

    python -m benchmarks.reading.tagger score MODEL GOLD.jsonl            levels by source, at several thresholds
    python -m benchmarks.reading.tagger held-out TRAIN.jsonl SOURCE OUT   train without a source, score on it
    python -m benchmarks.reading.tagger speed MODEL GOLD.jsonl            sentences a second, one thread

Figures go to the standard output. Texts of the corpus are read and never written.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from followthearms.evaluate import Report, evaluate
from followthearms.extract.events import Place
from followthearms.extract.tagger import Proposal, Tagger, Thresholds, events
from followthearms.model import Document
from followthearms.model.format import load_line
from followthearms.pipeline.reading import completed, scan
from followthearms.train import Settings, train

STEPS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
Read = tuple[Document, list[Place], list[Proposal]]


def documents(path: Path) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        yield from (load_line(line, f"{path.name}, line {n}") for n, line in enumerate(lines, 1) if line.strip())


def read_all(tagger: Tagger, gold: Sequence[Document]) -> list[Read]:
    return [(d, article, tagger.propose(article)) for d in gold for article in [scan(d)]]


def report(read: Sequence[Read], limits: Thresholds) -> Report:
    return evaluate(
        [d for d, _, _ in read],
        [completed(d, article, events(proposed, article, limits)) for d, article, proposed in read],
    )


def show(read: Sequence[Read]) -> None:
    for step in STEPS:
        figures = report(read, replace(Thresholds(), trigger=step)).levels
        shares = [f"{f.name} {f.counts.precision:.3f} {f.counts.recall:.3f} {f.counts.f1:.3f}" for f in figures]
        print(f"{step:4}", *shares, sep="  ")
    print(report(read, Thresholds()))


def score(model: Path, gold: Path) -> None:
    show(read_all(Tagger.at(model), list(documents(gold))))


def held_out(corpus: Path, source: str, out: Path, settings: Settings) -> None:
    """Train on what is not from the source, and score on what is."""
    lines = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line).get("source_repo") != source]
    with tempfile.TemporaryDirectory() as folder:
        rest = Path(folder) / "rest.jsonl"
        rest.write_text("".join(kept), encoding="utf-8")
        print(train([rest], out, scan=scan, settings=settings, after=lambda epoch: print(epoch, flush=True)))
    unseen = [d for d in documents(corpus) if getattr(d, "source_repo", None) == source]
    show(read_all(Tagger.at(out), unseen))


def speed(model: Path, gold: Path) -> None:
    tagger = Tagger.at(model)
    articles = [scan(d) for d in documents(gold)]
    tagger.propose(articles[0])
    begun = time.process_time()
    for article in articles:
        tagger.propose(article)
    spent = time.process_time() - begun
    sentences = sum(len(article) for article in articles)
    print(f"{sentences / spent:.0f} sentences/s, {len(articles) / spent:.1f} texts/s, CPU seconds of one thread")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(dest="job", required=True)
    for name in ("score", "speed"):
        job = jobs.add_parser(name)
        job.add_argument("model", type=Path)
        job.add_argument("gold", type=Path)
    job = jobs.add_parser("held-out")
    job.add_argument("corpus", type=Path)
    job.add_argument("source")
    job.add_argument("out", type=Path)
    job.add_argument("--epochs", type=int, default=Settings().epochs)
    asked = parser.parse_args()
    if asked.job == "held-out":
        held_out(asked.corpus, asked.source, asked.out, Settings(epochs=asked.epochs))
    else:
        {"score": score, "speed": speed}[asked.job](asked.model, asked.gold)


if __name__ == "__main__":
    main()
