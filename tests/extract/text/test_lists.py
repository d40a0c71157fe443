"""Lists join the sentence that leads them in, and only that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.extract.text.blocks import find_blocks
from followthearms.extract.text.lists import LONGEST, join_lists
from followthearms.extract.text.parse import parse
from followthearms.rules.relations import Relations
from followthearms.rules.tree import Sentence


def read(text: str) -> list[Sentence]:
    return parse(text, find_blocks(text, None).prose)


def words(text: str) -> list[list[str]]:
    return [[t.text for t in s.tokens] for s in read(text)]


LISTS = {
    "marked lines": "Oslo gave Kyiv aid, including:\n\n- ten tanks\n- 40 howitzers with shells\n- 3 radars",
    "lines that go on": "Madrid has delivered the following:\nten tanks;\n40 howitzers; and\n3 radars.",
    "numbered, no colon": "The new package for Kyiv includes\n1. ten tanks\n2. 40 howitzers\n3. 3 radars",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS.keys())
def test_a_list_is_part_of_its_sentence(text: str) -> None:
    (sentence,) = read(text + "\n\nThe minister will travel to Rome on Monday.")[:-1]
    relations = Relations(sentence)
    heads = [t.i for t in sentence.tokens if t.text in ("tanks", "howitzers", "radars")]
    assert len(heads) == 3
    assert relations.coordinated(heads[0]) == heads


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the following:\n- We will send tanks.\n- The howitzers are old.",
        "He named two reasons.\n- ten tanks\n- 40 howitzers",
        "The reasons are these: ten tanks came late.\n\nHowitzers and shells",
        "It includes:\nThe radars are from Spain.",
        "- ten tanks\n- 40 howitzers\n- 3 radars",
    ],
)
def test_what_stands_by_itself_is_no_item(text: str) -> None:
    assert max(len(s) for s in words(text)) < 12


def test_a_list_ends_where_it_grows_too_long() -> None:
    text = "The package includes:\n" + "\n".join(f"- {n} tanks and {n} old howitzers" for n in range(10, 150))
    first, *rest = read(text)
    assert LONGEST - 10 < len(first.tokens) <= LONGEST
    assert len(rest) > 10


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=":;-•1.\n ab", max_size=60))
def test_no_word_is_lost_added_or_moved(text: str) -> None:
    sentences = read(text)
    tokens = [t for s in sentences for t in s.tokens]
    assert [t.start for t in tokens] == sorted({t.start for t in tokens})
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(0 <= t.head < len(s.tokens) and s.tokens[t.i] is t for s in sentences for t in s.tokens)
    assert join_lists(text, sentences) == sentences or any(len(s.tokens) > 1 for s in sentences)
