"""Overlapping mentions are settled once: what wins, what is cut back, what may share its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.extract.mentions.find import find_mentions
from followthearms.extract.text.parse import parse
from followthearms.model import Document, Extent
from followthearms.model.mentions import MentionType


def found(text: str, *types: MentionType) -> list[str]:
    sentences = parse(text, [Extent(start=0, end=len(text))])
    return [m.span.text for m in find_mentions(Document(text=text), sentences) if m.type in types]


@pytest.mark.parametrize("text", ["Norway's military aid to Ukraine grew.", "NORWAY'S MILITARY AID TO UKRAINE GREW."])
def test_a_force_does_not_take_the_first_word_of_the_equipment(text: str) -> None:
    assert [t.lower() for t in found(text, MentionType.ACTOR)] == ["norway", "ukraine"]
    assert [t.lower() for t in found(text, MentionType.EQUIPMENT)] == ["military aid"]


def test_a_force_that_meets_no_equipment_stays_whole() -> None:
    assert found("Norway's military trained.", MentionType.ACTOR) == ["Norway's military"]


def test_a_number_inside_a_designation_counts_nothing() -> None:
    assert found("Chile operates Leopard 2 tanks.", MentionType.QUANTITY) == []
    assert found("Chile operates 2 tanks.", MentionType.QUANTITY) == ["2"]


@given(st.text(max_size=80))
def test_mentions_quote_any_text_and_stand_in_order(text: str) -> None:
    mentions = find_mentions(Document(text=text or "x"), ())
    assert all((text or "x")[m.start : m.end] == m.span.text for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
