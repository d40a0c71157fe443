"""The gazetteer: what lies in what."""

from __future__ import annotations

from collections import Counter

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
        ("Melbourne", ("Victoria", "AU")),
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


def test_a_place_lies_in_its_own_state() -> None:
    for place in places():
        if place.code and place_of(place.name) == place:
            assert part_of(place.name)[-1] == place.code


def test_no_spelling_names_two_places() -> None:
    spellings = Counter(s for p in places() for s in (p.name, *p.aliases))
    assert [s for s, n in spellings.items() if n > 1] == []
