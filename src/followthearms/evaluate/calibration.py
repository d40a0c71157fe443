"""Does a claim's score tell how likely the claim is right? Claims are sorted into bins by score and compared.

Invariant: a claim that is aligned with an annotation marked optional is neither right nor wrong, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from followthearms.evaluate.count import align
from followthearms.evaluate.fit import Level
from followthearms.model import Document

BINS = 10
"""Bins of equal width between 0 and 1; a score of 1 falls into the last."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose scores lie from `low` up to `high`: how many, their mean score, how many of them are right."""

    low: float
    high: float
    claims: int
    score: float
    right: int

    @property
    def share(self) -> float:
        """Share of the claims that are right."""
        return self.right / self.claims


def calibrate(pairs: Iterable[tuple[Document, Document]], level: Level) -> tuple[Bin, ...]:
    """The bins that hold any claim, lowest first. `pairs`: annotated documents with what was predicted for each.

    A claim is right if it is aligned at the level. Claims that carry no score are left out.
    """
    held: dict[int, list[tuple[float, bool]]] = {}
    for score, right in _judged(pairs, level):
        held.setdefault(min(int(score * BINS), BINS - 1), []).append((score, right))
    return tuple(_bin(n, held[n]) for n in sorted(held))


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far score and share of right claims lie apart, averaged over claims."""
    claims = sum(b.claims for b in bins)
    return sum(b.claims * abs(b.score - b.share) for b in bins) / claims if claims else 0.0


def _judged(pairs: Iterable[tuple[Document, Document]], level: Level) -> Iterator[tuple[float, bool]]:
    for gold, predicted in pairs:
        optional = {j: gold.claims[i].optional for i, j in align(gold.claims, predicted.claims, level)}
        for j, claim in enumerate(predicted.claims):
            if claim.method and not optional.get(j):
                yield claim.method.score, j in optional


def _bin(n: int, claims: Sequence[tuple[float, bool]]) -> Bin:
    mean = sum(score for score, _ in claims) / len(claims)
    return Bin(n / BINS, (n + 1) / BINS, len(claims), mean, sum(right for _, right in claims))
