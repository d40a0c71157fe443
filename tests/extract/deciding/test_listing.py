"""Lists of parties, read off the words between their names."""

from __future__ import annotations

import pytest

from followthearms.extract.deciding.listing import with_listed
from followthearms.extract.frames.parties import PARTY_TYPES
from followthearms.model import Document
from followthearms.pipeline.reading import scan


def listed(text: str, name: str) -> list[str]:
    """The words of a party of a sentence, then of all that are listed together with it."""
    (place,) = scan(Document(text=text))
    first = tuple(m for m in place.of_type(*PARTY_TYPES) if m.span.text == name)
    return [m.span.text for m in with_listed(first, place)]


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("Saab sold radars to Estonia, Latvia and Lithuania.", "Latvia", ["Estonia", "Lithuania"]),
        ("Saab sold radars to the Netherlands, and the Philippines.", "Netherlands", ["Philippines"]),
        ("Radars came from Sweden or Norway and went to Chile.", "Norway", ["Sweden"]),
        ("A deal between Chile and Peru is near.", "Chile", []),
        ("A deal between the Netherlands and Peru is near.", "Peru", []),
        ("In Chile, Peru bought radars.", "Peru", []),
        ("Chile bought radars and Peru did so too.", "Chile", []),
    ],
)
def test_what_a_list_holds(text: str, name: str, others: list[str]) -> None:
    assert listed(text, name) == [name, *others]
