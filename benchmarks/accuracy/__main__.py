"""How accurately it reads: the page docs/methods/accuracy.md, made from predictions and an annotated corpus.

    python -m benchmarks.accuracy predict SYSTEM [--predictions DIR] [--corpus DIR] [--unseen FILE] [--models DIR]
    python -m benchmarks.accuracy page [--predictions DIR] [--corpus DIR] [--unseen FILE] [--out FILE]

`predict` lets a system that is at hand read all sets: frames and floor; tagger and both, too, if `--models` holds for
each source a tagger that was trained without it (`python -m benchmarks.reading.tagger held-out`). `page` measures every
system that has prediction files, whoever made them (`benchmarks.accuracy.systems` says how they lie). FILE
annotates texts of `unlabelled.jsonl` in the corpus; unless told, `corpus/unseen.standoff.jsonl` of the project. No text
of the corpus reaches the page.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.accuracy.page import page
from benchmarks.accuracy.predicting import predict
from benchmarks.accuracy.systems import load_predictions
from benchmarks.accuracy.texts import UNSEEN, load
from benchmarks.corpus import folder
from followthearms.errors import FollowTheArmsError

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/methods/accuracy.md"
PREDICTIONS = ROOT / "build/accuracy"
"""Where predictions lie unless told: not in the repository, as they hold the texts."""
MODELS = ROOT / "build/taggers"
"""Where the taggers lie, one a source, unless told."""


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; 2 if something it needs is missing or malformed."""
    given = _parser().parse_args(arguments)
    try:
        gold = load(given.corpus, given.unseen)
        if given.job == "predict":
            for path, claims in predict(given.system, gold, given.predictions, given.models):
                print(f"{path}: {claims} claims", flush=True)
        else:
            given.out.parent.mkdir(parents=True, exist_ok=True)
            given.out.write_text(page(gold, load_predictions(given.predictions, gold)), "utf-8")
            print(given.out)
    except FollowTheArmsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    jobs = parser.add_subparsers(dest="job", required=True)
    for name in ("predict", "page"):
        job = jobs.add_parser(name)
        job.add_argument("--predictions", type=Path, default=PREDICTIONS)
        job.add_argument("--corpus", type=Path, default=folder())
        job.add_argument("--unseen", type=Path, default=UNSEEN)
        if name == "predict":
            job.add_argument("system")
            job.add_argument("--models", type=Path, default=MODELS)
        else:
            job.add_argument("--out", type=Path, default=PAGE)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
