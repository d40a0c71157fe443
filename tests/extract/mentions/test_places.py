"""Places in sentences of our own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.extract.mentions.names.actors import find_actors
from followthearms.extract.mentions.names.places import find_places

PIECES = st.sampled_from(
    "in at near Korwa the town of Amethi district Osan Air Base India Moscow May Monday , . \n Shipyard IN KIEL "
    "'s \ud800 🇮🇳 Rio de Janeiro a new plant Male MALE".split(" ")
)


def places(text: str) -> list[str]:
    return [m.span.text for m in find_places(text, find_actors(text), [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plant in Korwa, Amethi, makes rifles.", ["Korwa", "Amethi"]),
        ("They met in India and then in Moscow.", ["India", "Moscow"]),
        ("Pakistan bought rifles from dealers.", []),
        ("Jets landed at Osan Air Base.", ["Osan Air Base"]),
        ("a yard near Blankenhafen", ["Blankenhafen"]),
        ("the town of Lower Wickham", ["Lower Wickham"]),
        ("in May, on Monday, in March 2019", []),
        ("a MALE drone and a GAO report", []),
        ("SUBMARINES WERE SEEN IN KIEL", ["KIEL"]),
        ("ships in the Strait of Hormuz", ["Strait of Hormuz"]),
        ("weapons in Europe, in Hamas hands", ["Europe"]),
    ],
)
def test_places(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_spans_equal_their_text(text: str) -> None:
    for mention in find_places(text, find_actors(text), []):
        assert text[mention.start : mention.end] == mention.span.text


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_places_do_not_overlap(text: str) -> None:
    found = find_places(text, find_actors(text), [])
    assert all(text[m.start : m.end] == m.span.text for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
