"""The page of figures: the prose of `page.md` with the tables in its places.

Invariant: the same corpus, predictions and program give the same page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from benchmarks.accuracy import mistakes, tables
from benchmarks.accuracy.systems import SYSTEMS, Predicted
from benchmarks.accuracy.texts import LARGE, Sets, large_sources, source, sources
from followthearms.evaluate import Cause
from followthearms.evaluate.report import RESAMPLES
from followthearms.model import Document

HERE = Path(__file__).parent
USED = {
    "train-loso": "frames were written, and models are trained, on these",
    "dev": "mistakes looked at by class, choices made by its figures; nothing trained",
    "unseen": "annotated last, before any was shown to the program; nothing trained, nothing chosen by their figures",
    "seeds": "the three articles that the work began with; frames were tuned on them",
    "examples": "our own sample articles, annotated by ourselves",
}


def page(gold: Sets, systems: Sequence[Predicted]) -> str:
    """The page, in Markdown."""
    ours = [p for p in systems if p.system.voices]
    train = [d for d in gold["train-loso"] if source(d) in large_sources(gold["train-loso"])]
    known = {source(d) for d in gold["train-loso"]}
    seen = [d for d in gold["dev"] if source(d) in known]
    unseen = [d for d in gold["dev"] if source(d) not in known]
    parts = {"train": ("train-loso", train), "dev": ("dev", gold["dev"])}
    fields = {
        "resamples": str(RESAMPLES),
        "large": str(LARGE),
        "texts": tables.texts(gold, USED),
        "rulesets": _rulesets(systems),
        "absent": _absent(systems),
        "train": tables.levels(systems, "train-loso", train, held_out=True),
        "train_texts": str(len(train)),
        "train_sources": str(len(sources(train))),
        "train_by_source": tables.per_source(ours, "train-loso", train, _groups(train, known)),
        "dev": tables.levels(systems, "dev", gold["dev"]),
        "dev_seen": tables.levels(systems, "dev", seen),
        "seen_texts": str(len(seen)),
        "dev_unseen": tables.levels(systems, "dev", unseen),
        "unseen_texts": str(len(unseen)),
        "dev_by_source": tables.per_source(ours, "dev", gold["dev"], _groups(gold["dev"], known)),
        "unseen": tables.levels(systems, "unseen", gold["unseen"]),
        "seeds": tables.levels(systems, "seeds", gold["seeds"]),
        "examples": tables.levels(systems, "examples", gold["examples"]),
        "gains": tables.gains(systems, parts),
        "kinds": tables.details(systems, parts, "kinds"),
        "slots": tables.details(systems, parts, "slots"),
        "petrarch2": (HERE / "peers/petrarch2.md").read_text("utf-8").strip(),
        "calibration_train": tables.calibration(ours, "train-loso", train),
        "calibration_dev": tables.calibration(ours, "dev", gold["dev"]),
        "mistakes": tables.mistakes(ours, parts),
        "sentences": "\n".join(_class(cause) for cause in Cause),
    }
    return Template((HERE / "page.md").read_text("utf-8")).substitute(fields)


def _groups(documents: Sequence[Document], known: set[str]) -> Mapping[str, str]:
    return {name: "in train" if name in known else "not in train" for name, _ in sources(documents)}


def _rulesets(systems: Sequence[Predicted]) -> str:
    """What made the claims, as they say themselves."""
    lines = []
    for predicted in systems:
        methods = (claim.method for documents in predicted.sets.values() for d in documents for claim in d.claims)
        names = sorted({method.ruleset for method in methods if method and method.ruleset})
        lines += [f"{predicted.system.title}: ruleset {', '.join(names)}"] if names else []
    return "; ".join(lines) or "not named by the claims"


def _absent(systems: Sequence[Predicted]) -> str:
    """The systems that were not measured."""
    there = {p.system.name for p in systems}
    titles = [system.title for system in SYSTEMS if system.name not in there]
    return f"Not measured this time, for want of predictions: {', '.join(titles)}." if titles else "All were measured."


def _class(cause: Cause) -> str:
    heading = f"### {cause[0].upper()}{cause[1:]}\n\n{mistakes.classes()[cause].meaning}\n"
    return "\n".join([heading, *mistakes.shown(cause)])
