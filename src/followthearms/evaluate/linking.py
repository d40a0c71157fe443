"""Deals against annotated deals: how much of what is one deal was brought together, and how much of it rightly.

Two measures. Pairs: of the listed pairs of claims, which are of one deal. B³ (Bagga and Baldwin 1998): for each claim,
how many of those that share its deal should, and how many of those that should do. A claim with several items of
equipment is as many units.

Invariant: the same deals and the same annotations give the same figures, intervals included.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from followthearms.errors import FormatError, UnreadableFile
from followthearms.evaluate.count import Counts
from followthearms.link import Linked
from followthearms.link.joining.strands import Strand
from followthearms.model.spans import Frozen

RESAMPLES = 400
"""Bootstrap samples, each of as many blocks as there are."""

_LOW, _HIGH = 10, 389
"""Ranks of the ends of the interval among the sorted samples: 95 % lie between them."""

Unit = tuple[str, str]
"""The SHA-256 of a text and the id of a claim; "CLAIM#1" is the claim as far as its second item of equipment goes.

A pair of whole claims is of one deal if some items of theirs are."""

_Line = TypeVar("_Line", bound=Frozen)


class GoldDeal(Frozen):
    """The units that an annotator found to be of one deal. `block` is the family and the parties, as "transfer A>B"."""

    part: str
    block: str
    deal: str
    claims: Annotated[tuple[Unit, ...], Field(min_length=1)]


class GoldPair(Frozen):
    """Two units, whether they are of one deal, and whether that is hard to tell. `why` says what makes it so."""

    part: str
    left: Unit
    right: Unit
    same: bool
    hard: bool
    why: str


@dataclass(frozen=True)
class Gold:
    """The annotated deals and pairs of one part. A pair may name units that are of no deal (general talk)."""

    deals: tuple[GoldDeal, ...]
    pairs: tuple[GoldPair, ...]


@dataclass(frozen=True, slots=True)
class LinkingFigure:
    """Precision, recall and F1, with the ends of the 95 % interval of F1 by a bootstrap over blocks."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True)
class LinkingFigures:
    """The three figures, and the pairs that were judged wrongly."""

    pairs: LinkingFigure
    hard: LinkingFigure
    b_cubed: LinkingFigure
    wrong: tuple[GoldPair, ...]


def read_gold(folder: Path, part: str) -> Gold:
    """The files PART.deals.jsonl and PART.pairs.jsonl of a folder.

    Raises UnreadableFile if one is missing, FormatError if it holds no deal, or that names the line that is malformed.
    """
    path = folder / f"{part}.deals.jsonl"
    deals = _lines(path, GoldDeal)
    if not deals:
        raise FormatError(str(path), "holds no deal", "annotate some, or leave this part out")
    return Gold(deals, _lines(folder / f"{part}.pairs.jsonl", GoldPair))


def measure(linked: Linked, gold: Gold) -> LinkingFigures:
    """How the deals that were made agree with the annotated ones.

    Raises FormatError if a unit names a claim that is not among those that were linked.
    """
    homes = _Homes(linked)
    blocks: dict[Unit, set[str]] = defaultdict(set)
    for deal in gold.deals:
        for unit in deal.claims:
            blocks[unit].add(deal.block)
    pairs: dict[str, list[tuple[GoldPair, bool]]] = defaultdict(list)
    for pair in gold.pairs:
        left, right = blocks[pair.left], blocks[pair.right]
        block = min(left & right or left or right, default="")
        pairs[block].append((pair, not homes.of(pair.left, block).isdisjoint(homes.of(pair.right, block))))
    hard = {block: [(pair, found) for pair, found in told if pair.hard] for block, told in pairs.items()}
    return LinkingFigures(
        pairs=_figure(list(pairs.values()), _pair_scores),
        hard=_figure([told for told in hard.values() if told], _pair_scores),
        b_cubed=_figure(list(_units(gold.deals, homes).values()), _means),
        wrong=tuple(pair for told in pairs.values() for pair, found in told if found != pair.same),
    )


class _Homes:
    """The deal that each unit was put into; a unit of no deal is alone."""

    def __init__(self, linked: Linked) -> None:
        self._homes = linked.homes
        self._strands: dict[Unit, list[Strand]] = defaultdict(list)
        hashes: dict[str, str] = {}
        for strand in (*(s for row in linked.rows for s in row.strands), *linked.lost):
            document = strand.document
            digest = hashes.setdefault(document.id, document.text_hash)
            self._strands[digest, strand.claim.id].append(strand)

    def of(self, unit: Unit, block: str) -> set[str]:
        """Names that units share which were put into one deal, as far as they are about the parties of a block.

        One name for an item of a claim; for a claim as a whole, one for each of its items.
        """
        claim, _, item = unit[1].partition("#")
        told = self._strands.get((unit[0], claim))
        if not told:
            raise FormatError(f"text {unit[0][:16]}", f"has no claim {claim}", "annotate the claims that are linked")
        recipient = block.partition(">")[2] or None
        own = [strand for strand in told if strand.signature.recipient == recipient] or told
        if item:
            wanted = told[0].claim.equipment[int(item) :][:1]
            own = [strand for strand in own if (strand.item,) == wanted] or own[:1]
        return {self._homes.get(strand.anchor, strand.anchor) for strand in own}


def _units(deals: Iterable[GoldDeal], homes: _Homes) -> dict[str, list[tuple[float, float]]]:
    """Precision and recall of each unit, by block."""
    units = [(deal, unit if "#" in unit[1] else (unit[0], f"{unit[1]}#0")) for deal in deals for unit in deal.claims]
    placed = [(deal, min(homes.of(unit, deal.block))) for deal, unit in units]
    made = Counter(home for _, home in placed)
    right = Counter((deal.deal, home) for deal, home in placed)
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for deal, home in placed:
        both = right[deal.deal, home]
        found[deal.block].append((both / made[home], both / len(deal.claims)))
    return found


_Row = TypeVar("_Row")


def _figure(
    blocks: Sequence[Sequence[_Row]], scored: Callable[[Sequence[_Row]], tuple[float, float, float]]
) -> LinkingFigure:
    dice = random.Random(0)
    every = scored([row for block in blocks for row in block])
    samples = ([row for _ in blocks for row in dice.choice(blocks)] for _ in range(RESAMPLES))
    ends = sorted(scored(sample)[2] for sample in samples)
    return LinkingFigure(*every, ends[_LOW], ends[_HIGH])


def _pair_scores(told: Sequence[tuple[GoldPair, bool]]) -> tuple[float, float, float]:
    kinds = Counter((pair.same, found) for pair, found in told)
    counts = Counts(kinds[True, True], kinds[False, True], kinds[True, False])
    return counts.precision, counts.recall, counts.f1


def _means(told: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    precision, recall = (sum(row[place] for row in told) / len(told) for place in (0, 1))
    return precision, recall, 2 * precision * recall / (precision + recall)


def _lines(path: Path, shape: type[_Line]) -> tuple[_Line, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnreadableFile(str(path), "cannot be read", "name the folder that holds the annotated deals") from error
    adapter = TypeAdapter(shape)
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(adapter.validate_json(line))
        except ValidationError as error:
            raise FormatError(f"{path}, line {number}", str(error), "mend the line") from error
    return tuple(found)
