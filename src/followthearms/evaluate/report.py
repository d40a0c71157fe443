"""The figures of a whole evaluation, with intervals, as numbers, as JSON and as plain text."""

from __future__ import annotations

import functools
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from followthearms.errors import FormatError
from followthearms.evaluate.count import Counts, DocumentScore, Mistake, MistakeClass, score_document
from followthearms.evaluate.fit import Level
from followthearms.model import Document, Kind

RESAMPLES = 400
"""Bootstrap samples, each of as many documents as there are."""

_LOW, _HIGH = 10, 389
"""Ranks of the ends of the interval among the sorted samples: 95 % lie between them."""

_Key = TypeVar("_Key", bound=str)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `interval` holds the ends of the 95 % interval of F1, for levels only."""

    name: str
    counts: Counts
    interval: tuple[float, float] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The figure for JSON: p, r, f1 rounded to four places; tp, fp, fn; low and high if there is an interval."""
        c = self.counts
        shares = {"p": c.precision, "r": c.recall, "f1": c.f1}
        if self.interval:
            shares |= {"low": self.interval[0], "high": self.interval[1]}
        return {name: round(share, 4) for name, share in shares.items()} | {"tp": c.tp, "fp": c.fp, "fn": c.fn}

    def __str__(self) -> str:
        c = self.counts
        ends = f"  [{self.interval[0]:.2f}-{self.interval[1]:.2f}]" if self.interval else ""
        return f"{self.name:<12} {c.precision:5.3f} {c.recall:5.3f} {c.f1:5.3f} {c.tp:5} {c.fp:5} {c.fn:5}{ends}"


@dataclass(frozen=True)
class Report:
    """The scores of some documents, and the figures that follow from them. `predicted` counts those with a prediction.

    Slots and kinds are counted on claims that are aligned by kind and place.
    """

    scores: tuple[DocumentScore, ...]
    predicted: int

    @functools.cached_property
    def levels(self) -> tuple[Figure, ...]:
        """L1, L2 and L3 with bootstrap intervals by document."""
        dice = random.Random(0)
        figures = []
        for level in Level:
            rows = [score.levels[level] for score in self.scores]
            figures.append(Figure(level.name, _total(rows), _interval(rows, dice)))
        return tuple(figures)

    @property
    def slots(self) -> tuple[Figure, ...]:
        """The slots, by name."""
        totals = _merge(score.slots for score in self.scores)
        return tuple(Figure(slot, totals[slot]) for slot in sorted(totals))

    @property
    def kinds(self) -> tuple[Figure, ...]:
        """The kinds of claim, those with the most annotated claims first."""
        totals = _merge(score.kinds for score in self.scores)
        order = sorted(totals, key=lambda kind: (-totals[kind].tp - totals[kind].fn, kind))
        return tuple(Figure(kind, totals[kind]) for kind in order)

    @property
    def verbatim(self) -> tuple[int, int]:
        """Predicted quotes that stand in the text, and all of them."""
        return sum(score.verbatim for score in self.scores), sum(score.spans for score in self.scores)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every mistake, document by document."""
        return tuple(chain.from_iterable(score.mistakes for score in self.scores))

    def mistakes_by_class(self) -> Counter[tuple[MistakeClass, Kind, tuple[str, ...]]]:
        """How often each class of mistake was made with each kind, and in which slots."""
        return Counter((mistake.cls, mistake.kind, mistake.slots) for mistake in self.mistakes)

    def as_dict(self) -> dict[str, Any]:
        """The report for JSON."""
        parts: dict[str, Sequence[Figure]] = {"levels": self.levels, "slots": self.slots, "kinds": self.kinds}
        figures = {part: {str(f.name): f.as_dict() for f in lines} for part, lines in parts.items()}
        verbatim, spans = self.verbatim
        counts = {"documents": len(self.scores), "predicted": self.predicted}
        return {**figures, "verbatim": {"verbatim": verbatim, "spans": spans}, **counts}

    def __str__(self) -> str:
        verbatim, spans = self.verbatim
        head = f"{'':12} {'P':>5} {'R':>5} {'F1':>5} {'tp':>5} {'fp':>5} {'fn':>5}"
        blocks = ["\n".join(map(str, figures)) for figures in (self.levels, self.slots, self.kinds)]
        tail = f"verbatim spans {verbatim}/{spans}; documents {len(self.scores)}, predicted {self.predicted}"
        return "\n\n".join([f"{head}\n{blocks[0]}", *blocks[1:], tail])


def evaluate(gold: Iterable[Document], predicted: Iterable[Document]) -> Report:
    """Compare predicted with annotated documents, matched by id. A document without a prediction is all misses.

    Raises `FormatError` if a prediction was made on another text than the one that is annotated.
    """
    annotated = {document.id: document for document in gold}
    answers = {document.id: document for document in predicted if document.id in annotated}
    for name, document in answers.items():
        if document.text != annotated[name].text:
            raise FormatError(
                f"document {name}", "the prediction was made on another text", "read the gold file itself"
            )
    scores = tuple(score_document(document, answers.get(name)) for name, document in annotated.items())
    return Report(scores, len(answers))


def gain(report: Report, other: Report, level: Level) -> tuple[float, float, float]:
    """By how much the F1 of a report surpasses the other's on the same documents, and the ends of the 95 % interval.

    Documents are drawn in pairs: what is hard for both does not widen the interval.
    Raises `ValueError` if the reports are not on the same number of documents.
    """
    rows = [(a.levels[level], b.levels[level]) for a, b in zip(report.scores, other.scores, strict=True)]
    dice = random.Random(0)
    sampled = sorted(_difference([dice.choice(rows) for _ in rows]) for _ in range(RESAMPLES))
    return _difference(rows), sampled[_LOW], sampled[_HIGH]


def _difference(rows: Sequence[tuple[Counts, Counts]]) -> float:
    return _total([ours for ours, _ in rows]).f1 - _total([theirs for _, theirs in rows]).f1


def _interval(rows: Sequence[Counts], dice: random.Random) -> tuple[float, float]:
    sampled = sorted(_total([dice.choice(rows) for _ in rows]).f1 for _ in range(RESAMPLES))
    return sampled[_LOW], sampled[_HIGH]


def _total(rows: Sequence[Counts]) -> Counts:
    return Counts(sum(row.tp for row in rows), sum(row.fp for row in rows), sum(row.fn for row in rows))


def _merge(tables: Iterable[Mapping[_Key, Counts]]) -> dict[_Key, Counts]:
    merged: dict[_Key, Counts] = {}
    for table in tables:
        for key, counts in table.items():
            merged[key] = merged.get(key, Counts()) + counts
    return merged
