"""Counting one document: its predicted claims are matched with the annotated ones, one to one, best fit first.

An annotated claim that is marked optional neither rewards nor punishes, matched or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from followthearms.evaluate.fit import Level, closeness, reached, same_parties
from followthearms.evaluate.slots import SlotCheck, check_slots
from followthearms.model import Claim, Document, Kind, Span

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives, and the shares that follow from them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right; 0 if nothing was."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found; 0 if nothing is."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


class MistakeClass(StrEnum):
    """What went wrong: not found, found where nothing is, or found with a wrong party, polarity or item."""

    MISS = "MISS"
    SPURIOUS = "SPURIOUS"
    SLOT = "SLOT"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `trigger` is the annotated one of a MISS, the predicted one of the others; `slots` what is wrong."""

    document: str
    cls: MistakeClass
    kind: Kind
    trigger: str
    slots: tuple[str, ...] = ()


@dataclass
class DocumentScore:
    """What one document adds to the figures. `verbatim` counts the quotes that stand in the text, of `spans` in all."""

    levels: dict[Level, Counts] = field(default_factory=dict)
    slots: dict[str, Counts] = field(default_factory=dict)
    kinds: dict[Kind, Counts] = field(default_factory=dict)
    verbatim: int = 0
    spans: int = 0
    mistakes: list[Mistake] = field(default_factory=list)


Pair = tuple[int, int]
"""Indices of an annotated claim and of the predicted claim that is matched with it."""


def score_document(gold: Document, predicted: Document | None) -> DocumentScore:
    """Score the claims that were predicted for a document; None stands for no prediction."""
    claims = predicted.claims if predicted else ()
    score = DocumentScore()
    if predicted:
        for span in (span for claim in claims for span in _quotes(claim)):
            score.spans += 1
            score.verbatim += predicted.words(span) == span.text
    candidates = _candidates(gold.claims, claims)
    for level in Level:
        pairs = _align(candidates, level)
        tp = sum(not gold.claims[i].optional for i, _ in pairs)
        score.levels[level] = Counts(
            tp, len(claims) - len(pairs), sum(not claim.optional for claim in gold.claims) - tp
        )
    _count_details(score, gold, claims, _align(candidates, Level.L1))
    return score


def _candidates(gold: Collection[Claim], predicted: Collection[Claim]) -> list[tuple[int, Pair, Level]]:
    """The pairs that could be matched, best first; of equals, the later annotated and the later predicted claim."""
    found = []
    for i, annotated in enumerate(gold):
        for j, claim in enumerate(predicted):
            if level := reached(annotated, claim):
                found.append((closeness(annotated, claim), (i, j), level))
    return sorted(found, reverse=True)


def align(gold: Collection[Claim], predicted: Collection[Claim], level: Level) -> list[Pair]:
    """The claims that are held to be the same at a level, one to one, best fit first."""
    return _align(_candidates(gold, predicted), level)


def _align(candidates: Iterable[tuple[int, Pair, Level]], level: Level) -> list[Pair]:
    """One to one, greedily: a pair that agrees at the level is taken if neither claim is taken yet."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, (i, j), agreed in candidates:
        if agreed >= level and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _count_details(score: DocumentScore, gold: Document, predicted: tuple[Claim, ...], pairs: list[Pair]) -> None:
    """Slots, kinds and mistakes, on the claims that are aligned by kind and place."""
    for i, j in pairs:
        if not gold.claims[i].optional:
            _count_match(score, gold.id, gold.claims[i], predicted[j])
    matched = dict(pairs)
    for i, claim in enumerate(gold.claims):
        if i not in matched and not claim.optional:
            _add(score.kinds, claim.kind[0], Counts(fn=1))
            score.mistakes.append(Mistake(gold.id, MistakeClass.MISS, claim.kind[0], claim.trigger.text))
    for j, claim in enumerate(predicted):
        if j not in matched.values():
            _add(score.kinds, claim.kind[0], Counts(fp=1))
            score.mistakes.append(Mistake(gold.id, MistakeClass.SPURIOUS, claim.kind[0], claim.trigger.text))


def _count_match(score: DocumentScore, document: str, gold: Claim, predicted: Claim) -> None:
    _add(score.kinds, gold.kind[0], Counts(tp=1))
    checks = list(check_slots(gold, predicted))
    for check in checks:
        wrong = not check.right
        _add(score.slots, check.slot, Counts(int(check.right), int(check.given and wrong), int(check.wanted and wrong)))
    if reached(gold, predicted) != Level.L3:
        wrong_slots = tuple(_wrong(gold, predicted, checks))
        score.mistakes.append(Mistake(document, MistakeClass.SLOT, gold.kind[0], predicted.trigger.text, wrong_slots))


def _wrong(gold: Claim, predicted: Claim, checks: Iterable[SlotCheck]) -> Iterator[str]:
    """What keeps two claims from agreeing fully: sides, polarity, and every other slot that is wrong."""
    slots = [check.slot for check in checks if not check.right]
    if not same_parties(gold, predicted) and not {"supplier", "recipient", "parties"}.intersection(slots):
        yield "parties"  # each side passes by itself, but not all together
    if gold.negated != predicted.negated:
        yield "negated"
    yield from slots


def _quotes(claim: Claim) -> Iterator[Span]:
    yield claim.trigger
    for slot in (claim.supplier, claim.recipient, claim.parties, claim.actor, claim.speaker):
        yield from slot
    for spans in (claim.company, claim.persons, claim.equipment):
        yield from spans


def _add(table: dict[_Key, Counts], key: _Key, counts: Counts) -> None:
    table[key] = table.get(key, Counts()) + counts
