"""The gazetteer: what lies in what."""

from __future__ import annotations

import pytest

from followthearms.knowledge.places import part_of, place_of, places, within
from followthearms.knowledge.states import states


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Korwa", ("Amethi", "Uttar Pradesh", "IN")),
        ("Amethi", ("Uttar Pradesh", "IN")),
        ("Bangalore", ("Karnataka", "IN")),
        ("Kiel", ("DE",)),
        ("Black Sea", ()),
        ("Nowhere", ()),
        ("", ()),
    ],
)
def test_part_of(name: str, expected: tuple[str, ...]) -> None:
    assert part_of(name) == expected


def test_within() -> None:
    assert within("Korwa", "amethi")
    assert within("Korwa", "Korwa")
    assert not within("Amethi", "Korwa")


def test_aliases_lead_to_the_place() -> None:
    place = place_of("bombay")
    assert place is not None
    assert place.name == "Mumbai"


def test_places_have_the_code_of_a_state_or_none() -> None:
    assert {p.code for p in places()} <= set(states()) | {""}


def test_a_name_with_two_owners_keeps_the_first() -> None:
    """London is in Ontario too; the gazetteer's own order decides, and a place is never part of itself."""
    assert all(p.part_of != p.name or p.name == "New York" for p in places())
