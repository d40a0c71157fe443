"""What the register makes of the sample articles, read for real: the AK-203 plant is one deal of three sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import followthearms
from followthearms.link import Linked, link
from followthearms.model import Consistency, Contradiction, Deal, Nature, Status, Topic

ARTICLES = Path(__file__).resolve().parents[2] / "examples/articles"
PLANT = "AK-203"


@pytest.fixture(scope="module")
def linked() -> Linked:
    return link(followthearms.read(ARTICLES))


@pytest.fixture(scope="module")
def plant(linked: Linked) -> Deal:
    (deal,) = [d for d in linked.deals if any(i.designation == PLANT for i in d.equipment)]
    return deal


def compared(deal: Deal, consistency: Consistency) -> Iterator[tuple[str, str]]:
    found: list[Contradiction] = [c for c in deal.contradictions if c.consistency is consistency]
    return ((c.left.value, c.right.value) for c in found)


def test_the_plant_is_one_deal_of_three_sources(plant: Deal) -> None:
    assert [p.code for p in plant.supplier] == ["RU"] and [p.code for p in plant.recipient] == ["IN"]
    assert (plant.nature, plant.status, plant.sources) == (Nature.PRODUCTION, Status.IN_PRODUCTION, 3)
    assert "Korwa" in {p.name for p in plant.places} <= {"Korwa", "Amethi district"}
    places = [c.consistency for c in plant.contradictions if c.topic is Topic.PLACE]
    assert Consistency.CONFLICTING not in places  # a place, and the district that it lies in
    assert {f.number for f in plant.quantity} == {750_000, 700_000, 670_000, 600_000, 70_000}


def test_its_figures_are_told_apart(plant: Deal) -> None:
    pairs = {c: {frozenset(p) for p in compared(plant, c)} for c in Consistency}
    assert pairs[Consistency.CONFLICTING] == {
        frozenset({"670,000", "750,000"}),
        frozenset({"about 700,000", "750,000"}),
    }
    assert pairs[Consistency.COMPATIBLE] == {frozenset({"670,000", "about 700,000"})}
    assert frozenset({"600,000", "670,000"}) in pairs[Consistency.PARTIAL]
    assert frozenset({"70,000", "670,000"}) in pairs[Consistency.PARTIAL]


def test_a_syndicated_copy_counts_once(linked: Linked) -> None:
    assert Counter(len(story.documents) for story in linked.stories)[2] == 1
    refused = [d for d in linked.deals if d.status is Status.REFUSED and {p.code for p in d.supplier} == {"CH"}]
    assert refused and all(d.sources == 1 for d in refused)


def test_every_cell_leads_to_its_words(linked: Linked) -> None:
    texts = {d.id: d for d in followthearms.read(ARTICLES)}
    for deal in linked.deals:
        for event in deal.events:
            claim = next(c for c in texts[event.ref.document].claims if c.id == event.ref.claim)
            assert texts[event.ref.document].words(claim.evidence) == event.quote
