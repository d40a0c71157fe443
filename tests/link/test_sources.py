"""Independent sources: whom a text was taken from, and that nothing counts twice."""

from __future__ import annotations

import pytest

from followthearms.link import deals
from followthearms.link.sources import marks
from followthearms.model import Document
from tests.link.drafts import draft, said


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("NAIROBI, 3 May (Reuters) - Kenya bought guns.", {"source:REUTERS"}),
        ("Kenya bought guns. (With inputs from PTI and ANI)", {"source:PTI", "source:ANI"}),
        ("Kenya bought guns (both kinds) - and shells.", set()),
        ("Officials, with inputs from engineers, chose a gun.", set()),
    ],
)
def test_marks_of_agencies(text: str, outlets: set[str]) -> None:
    assert marks(text) == outlets


def told(name: str, words: str, outlet: str, **slots: object) -> Document:
    text = f"{words} Russia sold India T-90 tanks, it is said."
    parties = {"supplier": "Russia/RU", "recipient": "India/IN", "equipment": "T-90 tanks/T-90/tank"}
    return draft(name, text, said("supply", "sold", **parties, **slots), outlet=outlet)


def sources(*documents: Document) -> int:
    (deal,) = deals(documents)
    return deal.sources


def test_texts_of_one_agency_count_once_whoever_prints_them() -> None:
    first = told("a", "MOSCOW, May 3 (Reuters) - Two ministers met at noon.", "Gazette")
    second = told("b", "After long talks. MOSCOW (Reuters) - A spokesman was pleased.", "Herald")
    own = told("c", "Our correspondent writes.", "Herald")
    assert sources(first, second) == 1
    assert sources(first, own) == 2
    assert sources(first, told("d", "From our bureau.", "Reuters")) == 1


def test_what_names_no_outlet_is_no_common_source() -> None:
    left = told("a", "So local media report.", "Gazette", medium="local media")
    right = told("b", "This is what local media write today.", "Herald", medium="local media")
    assert sources(left, right) == 2


def test_an_outlet_under_two_names_is_one() -> None:
    left = told("a", "He told ITAR-TASS so.", "Gazette", medium="ITAR-TASS")
    right = told("b", "She told TASS as much.", "Herald", medium="TASS")
    assert sources(left, right) == 1
