"""How well reports of one deal are brought together: figures on annotated deals, and what each feature is worth.

    python -m benchmarks.linking [--corpus DIR] [--ablation]

Gold claims are linked over all annotated texts, and held against the deals of corpus/linking/: `tune`, which the
weights were tuned on, and `held`, which they were not. With `--ablation` the figures without each feature follow.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from benchmarks.corpus import folder
from followthearms.errors import FollowTheArmsError, UnreadableFile
from followthearms.evaluate.linking import Gold, LinkingFigure, LinkingFigures, measure, read_gold
from followthearms.link import link
from followthearms.link.features import FEATURES
from followthearms.model import Document
from followthearms.model.format import load_line

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpus/linking"
HALVES = ("tune", "held")
PARTS = ("train.jsonl", "dev.jsonl", "seeds.jsonl")


def texts(corpus: Path) -> list[Document]:
    """All annotated texts: those of the corpus, and the sample articles. Raises UnreadableFile."""
    return [
        document
        for path in (*(corpus / part for part in PARTS), ROOT / "examples/gold.jsonl")
        for document in _read(path)
    ]


def main(arguments: list[str]) -> int:
    """Print what the arguments ask for; 2 if something that it needs is missing or malformed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.linking", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=folder(), help="the folder of the annotated corpus")
    parser.add_argument("--ablation", action="store_true", help="the figures without each feature, too")
    given = parser.parse_args(arguments)
    try:
        documents = texts(given.corpus)
        gold = {half: read_gold(GOLD, half) for half in HALVES}
        for line in _report(documents, gold, ablation=given.ablation):
            print(line, flush=True)
    except FollowTheArmsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _read(path: Path) -> Iterator[Document]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnreadableFile(str(path), "cannot be read", "name the folder of the annotated corpus") from error
    yield from (load_line(line, f"{path}, line {number}") for number, line in enumerate(lines, 1))


def _report(documents: list[Document], gold: dict[str, Gold], *, ablation: bool) -> Iterator[str]:
    linked = link(documents)
    whole = {half: measure(linked, gold[half]) for half in HALVES}
    yield f"{len(documents)} texts, {len(linked.deals)} deals"
    yield f"{'':<12}" + "".join(f"{half + ': P R F1 [95 %]':<40}" for half in HALVES)
    for name in ("pairs", "hard", "b_cubed"):
        yield f"{name:<12}" + "".join(f"{_words(getattr(whole[half], name)):<40}" for half in HALVES)
    if ablation:
        yield "\nF1 of pairs and of B³, by how much it changes without"
        for name in FEATURES:
            with patch.dict(FEATURES, {name: lambda _: 0.0}):
                without = link(documents)
            yield f"{name:<22}" + "".join(
                f"{half}: {_change(whole[half], measure(without, gold[half])):<22}" for half in HALVES
            )


def _words(figure: LinkingFigure) -> str:
    return f"{figure.precision:.3f} {figure.recall:.3f} {figure.f1:.3f} [{figure.low:.2f}-{figure.high:.2f}]"


def _change(whole: LinkingFigures, without: LinkingFigures) -> str:
    return f"{without.pairs.f1 - whole.pairs.f1:+.3f} {without.b_cubed.f1 - whole.b_cubed.f1:+.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
