"""How well reports of one deal are brought together: figures on annotated deals, and what each feature is worth.

    python -m benchmarks.linking [--corpus DIR] [--ablation]

Gold claims are linked and held against the deals of corpus/linking/: `tune` and `more`, which errors were read and
numbers tuned on, and `held`, of which only figures were seen. `tune` and `held` are halves of the annotated corpus and
the sample articles, linked together; `more` is of further windows, linked on their own. `own` is of pairs within one
text, of our own wording: does it tell of one order, or of two? With `--ablation` the figures without each feature
follow.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

from benchmarks.corpus import folder
from followthearms.errors import FollowTheArmsError, UnreadableFile
from followthearms.evaluate.linking import Gold, LinkingFigure, LinkingFigures, measure, read_gold
from followthearms.link import Linked, link
from followthearms.link.joining.features import FEATURES
from followthearms.model import Document
from followthearms.model.format import load_line
from followthearms.sources.standoff import by_digest, join

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpus/linking"
HALVES = ("tune", "held")
SETS = ("tune", "more", "own", "held")
PARTS = ("train.jsonl", "dev.jsonl", "seeds.jsonl")


def texts(corpus: Path) -> list[Document]:
    """All annotated texts: those of the corpus, and the sample articles. Raises UnreadableFile."""
    return [
        document
        for path in (*(corpus / part for part in PARTS), ROOT / "examples/gold.jsonl")
        for document in _read(path)
    ]


def further(corpus: Path) -> list[Document]:
    """The further annotated windows, each text once. Their ids are digests, as two windows may share a name.

    Raises UnreadableFile, FormatError if a text is not there.
    """
    read = join(ROOT / "corpus/unlabelled.standoff.jsonl", by_digest(_read(corpus / "unlabelled.jsonl")))
    once: dict[str, Document] = {}
    for document in read:
        once.setdefault(document.text_hash, document.model_copy(update={"id": document.text_hash}))
    return list(once.values())


def own(gold: Gold) -> list[Document]:
    """The texts of our own wording that pairs are annotated in. Raises UnreadableFile, FormatError."""
    named = {digest for pair in gold.pairs for digest, _ in (pair.left, pair.right)}
    return [document for document in _read(ROOT / "corpus/written.jsonl") if document.text_hash in named]


def main(arguments: list[str]) -> int:
    """Print what the arguments ask for; 2 if something that it needs is missing or malformed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.linking", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=folder(), help="the folder of the annotated corpus")
    parser.add_argument("--ablation", action="store_true", help="the figures without each feature, too")
    given = parser.parse_args(arguments)
    try:
        gold = {name: read_gold(GOLD, name) for name in SETS}
        groups = {HALVES: texts(given.corpus), ("more",): further(given.corpus), ("own",): own(gold["own"])}
        for line in _report(groups, gold, ablation=given.ablation):
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


Groups = Mapping[tuple[str, ...], list[Document]]
"""Texts that are linked together, by the sets that are annotated on them."""


def _report(groups: Groups, gold: Mapping[str, Gold], *, ablation: bool) -> Iterator[str]:
    linked = {names: link(documents) for names, documents in groups.items()}
    whole = _measured(linked, gold)
    for names, documents in groups.items():
        yield f"{' and '.join(names)}: {len(documents)} texts, {len(linked[names].deals)} deals"
    yield f"{'':<12}" + "".join(f"{name + ': P R F1 [95 %]':<40}" for name in SETS)
    for figure in ("pairs", "hard", "b_cubed"):
        yield f"{figure:<12}" + "".join(f"{_words(getattr(whole[name], figure)):<40}" for name in SETS)
    if ablation:
        yield "\nF1 of pairs and of B³, by how much it changes without"
        for feature in FEATURES:
            with patch.dict(FEATURES, {feature: lambda _: 0.0}):
                without = _measured({names: link(documents) for names, documents in groups.items()}, gold)
            yield f"{feature:<22}" + "".join(f"{name}: {_change(whole[name], without[name]):<22}" for name in SETS)


def _measured(linked: Mapping[tuple[str, ...], Linked], gold: Mapping[str, Gold]) -> dict[str, LinkingFigures]:
    return {name: measure(found, gold[name]) for names, found in linked.items() for name in names}


def _words(figure: LinkingFigure) -> str:
    return f"{figure.precision:.3f} {figure.recall:.3f} {figure.f1:.3f} [{figure.low:.2f}-{figure.high:.2f}]"


def _change(whole: LinkingFigures, without: LinkingFigures) -> str:
    return f"{without.pairs.f1 - whole.pairs.f1:+.3f} {without.b_cubed.f1 - whole.b_cubed.f1:+.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
