"""Matching of names: longest first, case and punctuation, word edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.knowledge.names import Index, Name, Sort, words_of


def found(text: str, *surfaces: str) -> list[str]:
    index = Index(Name(s, "XX", Sort.STATE) for s in surfaces)
    return [text[m.start : m.end] for m in index.scan(text, words_of(text))]


@pytest.mark.parametrize(
    ("text", "surfaces", "expected"),
    [
        ("the South China Sea", ["China", "South China Sea"], ["South China Sea"]),
        ("They told us of the US.", ["US"], ["US"]),
        ("the U.S. and U.S.-made", ["U.S."], ["U.S.", "U.S."]),
        ("LeT and let", ["LeT"], ["LeT"]),
        ("SAAB and Saab, no saab", ["Saab"], ["SAAB", "Saab"]),
        ("Rolls Royce, Rolls-Royce", ["Rolls-Royce"], ["Rolls Royce", "Rolls-Royce"]),
        ("Larsen & Toubro", ["Larsen & Toubro"], ["Larsen & Toubro"]),
        ("Indiana", ["India"], []),
        ("New. Zealand", ["New Zealand"], []),
        ("New\n\nZealand", ["New Zealand"], []),
        ("New\nZealand", ["New Zealand"], ["New\nZealand"]),
        ("Türkiye", ["Turkiye"], ["Türkiye"]),
        ("many rebels", ["rebels"], ["rebels"]),
    ],
)
def test_scan(text: str, surfaces: list[str], expected: list[str]) -> None:
    assert found(text, *surfaces) == expected


@given(st.text())
def test_words_stand_at_their_offsets(text: str) -> None:
    for word in words_of(text):
        assert word.start < word.end <= len(text)
        assert text[word.start : word.end].strip() == text[word.start : word.end]
