"""The measures of linking on deals of our own, and their floors on the annotated ones."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.linking.__main__ import GOLD, HALVES, SETS, further, own, texts
from followthearms.errors import FormatError, UnreadableFile
from followthearms.evaluate.linking import Gold, GoldDeal, GoldPair, measure, read_gold
from followthearms.link import Linked, link
from followthearms.model import Document
from tests.link.drafts import draft, said

FLOORS = {"tune": 0.86, "more": 0.83, "own": 0.89, "held": 0.76}
"""Below the figures of each set, by less than their intervals are wide."""


def sold(name: str, item: str) -> Document:
    slots = {"supplier": "Russia/RU", "recipient": "India/IN", "equipment": item}
    return draft(name, f"Russia sold India {item.partition('/')[0]} ({name}).", said("supply", "sold", **slots))


ONE, TWO, THREE = (sold(name, "T-90 tanks/T-90/tank") for name in ("one", "two", "three"))
SHIPS = sold("ships", "frigates//frigate")


def unit(document: Document, item: str = "") -> tuple[str, str]:
    return document.text_hash, f"{document.claims[0].id}{item}"


def deal(name: str, *documents: Document) -> GoldDeal:
    return GoldDeal(part="tune", block="transfer RU>IN", deal=name, claims=tuple(unit(d) for d in documents))


def pair(left: Document, right: Document, *, same: bool, hard: bool = False) -> GoldPair:
    return GoldPair(part="tune", left=unit(left), right=unit(right), same=same, hard=hard, why="other-batch")


LINKED = link([ONE, TWO, THREE, SHIPS])  # {one, two, three}, {ships}
PAIRS = (pair(ONE, TWO, same=True), pair(ONE, THREE, same=False, hard=True), pair(ONE, SHIPS, same=False))


def test_perfect_agreement() -> None:
    figures = measure(LINKED, Gold((deal("tanks", ONE, TWO, THREE), deal("ships", SHIPS)), PAIRS[:1]))
    assert (figures.pairs.f1, figures.b_cubed.precision, figures.b_cubed.recall) == (1.0, 1.0, 1.0)
    assert figures.wrong == ()


def test_pairs_and_units_count_what_was_joined_wrongly() -> None:
    figures = measure(LINKED, Gold((deal("tanks", ONE, TWO), deal("batch", THREE), deal("ships", SHIPS)), PAIRS))
    assert (figures.pairs.precision, figures.pairs.recall) == (0.5, 1.0)
    assert figures.hard.f1 == 0.0 and figures.wrong == PAIRS[1:2]
    assert figures.b_cubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert figures.b_cubed.recall == 1.0


def test_items_of_one_claim_are_units_of_their_own() -> None:
    both = draft(
        "both",
        "Russia sold India T-90 tanks and frigates.",
        said(
            "supply",
            "sold",
            supplier="Russia/RU",
            recipient="India/IN",
            equipment=["T-90 tanks/T-90/tank", "frigates//frigate"],
        ),
    )
    linked = link([both, ONE])
    tanks, ships = unit(both, "#0"), unit(both, "#1")
    same = GoldPair(part="tune", left=tanks, right=unit(ONE), same=True, hard=False, why="same-words")
    other = GoldPair(part="tune", left=ships, right=unit(ONE), same=False, hard=False, why="other-item")
    whole = GoldPair(part="tune", left=unit(both), right=unit(ONE), same=True, hard=True, why="same-words")
    assert measure(linked, Gold((deal("tanks", ONE),), (same, other, whole))).wrong == ()


def test_a_claim_that_is_not_linked_is_named() -> None:
    with pytest.raises(FormatError, match="has no claim"):
        measure(LINKED, Gold((deal("lost", sold("lost", "rifles//rifle")),), PAIRS))


def test_a_part_without_deals_is_named(tmp_path: Path) -> None:
    (tmp_path / "tune.deals.jsonl").touch()
    with pytest.raises(FormatError, match=r"tune\.deals\.jsonl.* holds no deal"):
        read_gold(tmp_path, "tune")


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "tune.deals.jsonl").write_text(json.dumps({"part": "tune"}) + "\n", "utf-8")
    with pytest.raises(FormatError, match=r"tune\.deals\.jsonl, line 1"):
        read_gold(tmp_path, "tune")
    with pytest.raises(UnreadableFile, match=r"held\.deals\.jsonl"):
        read_gold(tmp_path, "held")


@pytest.fixture(scope="module")
def halves(corpus: Path) -> Linked:
    return link(texts(corpus))


@pytest.mark.parametrize("name", SETS)
def test_annotated_deals_are_found(halves: Linked, corpus: Path, name: str) -> None:
    gold = read_gold(GOLD, name)
    linked = halves if name in HALVES else link(further(corpus) if name == "more" else own(gold))
    figures = measure(linked, gold)
    assert min(figures.pairs.f1, figures.b_cubed.f1) > FLOORS[name]
    assert figures.pairs.low <= figures.pairs.f1 <= figures.pairs.high


@pytest.mark.parametrize("name", ["tune", "more"])
def test_what_is_held_out_shares_no_parties(name: str) -> None:
    learnt, held = ({_parties(deal) for deal in read_gold(GOLD, part).deals} for part in (name, "held"))
    assert learnt.isdisjoint(held)


def _parties(deal: GoldDeal) -> frozenset[str]:
    return frozenset(deal.block.partition(" ")[2].replace(">", "+").split("+")) - {""}


def test_pairs_agree_with_deals() -> None:
    """A whole claim is of the deals of its items."""
    for name in SETS:
        gold = read_gold(GOLD, name)
        homes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for found in gold.deals:
            for text, claim in found.claims:
                homes[text, claim].add(found.deal)
                homes[text, claim.partition("#")[0]].add(found.deal)
        assert all(pair.same is not homes[pair.left].isdisjoint(homes[pair.right]) for pair in gold.pairs)
