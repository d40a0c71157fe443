from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.model.query import Words
from followthearms.register.search.terms import (
    BAR,
    MOST_BYTES,
    MOST_TERMS,
    asked,
    folded,
    hits,
    indexed,
    snippet,
    terms,
)


@given(st.text())
def test_folding_keeps_the_length_and_terms_are_letters_and_digits(text: str) -> None:
    assert len(folded(text)) == len(text)
    for term in terms(text):
        assert term.said and all(c.isalnum() for c in term.said)
        assert text[term.start : term.end].strip()


@given(st.text())
def test_a_text_holds_each_of_its_words(text: str) -> None:
    found = indexed(text)
    for word in text.split():
        if any(c.isalnum() for c in word) and len(word) < 100:
            assert all(term in found for term in asked(Words(word)))


@pytest.mark.parametrize("same", [("São", "sao", "SAO", "Sa\u0303o"), ("Łódź", "łodz"), ("ΣΟΦΟΣ", "σοφος", "σοφοσ")])
def test_case_and_accents_are_no_difference(same: tuple[str, ...]) -> None:
    assert len({tuple(indexed(word)) for word in same}) == 1


def test_parts_are_apart_and_long_texts_are_cut() -> None:
    assert indexed("One two", "three") == ["one", "two", BAR, "three"]
    assert len(indexed("a " * (MOST_TERMS + 5))) == MOST_TERMS
    assert sum(map(len, indexed("".join(f"{n:0100} " for n in range(5_000))))) <= MOST_BYTES


TEXT = "Korwa makes rifles. The joint venture at Korwa, a joint-venture with Rosoboronexport, makes AK-203 rifles."


def marked(*words: Words) -> list[str]:
    return [TEXT[start:end] for start, end in hits(TEXT, words)]


def test_hits_are_the_words_that_were_looked_for() -> None:
    assert marked(Words("KORWA")) == ["Korwa", "Korwa"]
    assert marked(Words("joint venture")) == ["joint venture", "joint-venture"]
    assert marked(Words("rosob", beginning=True)) == ["Rosoboronexport"]
    assert marked(Words("makes ak", beginning=True)) == ["makes AK"]
    assert marked(Words("venture joint")) == marked(Words("rifles", negated=True)) == []


def test_a_snippet_stands_around_the_first_hit() -> None:
    text = "x" * 30 + " " + "word " * 40 + "target " + "after " * 60
    found = snippet(text, [Words("target")])
    assert text[found.start : found.start + len(found.text)] == found.text
    assert len(found.text) < 220 and found.text.startswith("word ")
    assert [text[mark.start : mark.end] for mark in found.marks] == ["target"]
    assert snippet(text, []).start == 0 and not snippet(text, [Words("absent")]).marks
