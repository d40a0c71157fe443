"""Every state has its names; tables of names do not contradict each other."""

from __future__ import annotations

from collections import defaultdict

import pytest
from babel import Locale

from followthearms.knowledge.names import Sort
from followthearms.knowledge.states import name_of, state_names, states

DISSOLVED = {"SU", "YU", "DD", "CS"}
NO_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Codes that CLDR has beside those of ISO 3166-1."""


def test_every_iso_code_is_there() -> None:
    iso = {c for c in Locale("en").territories if len(c) == 2 and c.isalpha()} - NO_ISO - {"XK"}
    assert len(iso) == 249
    assert set(states()) == iso | {"XK"} | DISSOLVED


def test_every_state_has_a_name() -> None:
    named = {n.code for n in state_names() if n.sort is Sort.STATE}
    assert named == set(states())
    assert all(name_of(code) for code in states())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("RU", "Russia"),
        ("SU", "Soviet Union"),
        ("CS", "Czechoslovakia"),
        ("XK", "Kosovo"),
        ("HEZBOLLAH", None),
        ("", None),
    ],
)
def test_name_of(code: str, name: str | None) -> None:
    assert name_of(code) == name


def test_no_spelling_stands_for_two_states() -> None:
    codes: dict[tuple[str, Sort], set[str]] = defaultdict(set)
    for name in state_names():
        codes[name.surface, name.sort].add(name.code)
    assert {surface: c for surface, c in codes.items() if len(c) > 1} == {}


def test_states_that_matter_have_people_and_a_seat() -> None:
    """Every state that was party to a major transfer lately; small territories may have neither."""
    for (
        code
    ) in "AE AF AR AU BR CN DE EG FR GB GR ID IL IN IQ IR IT JP KP KR PK PL RU SA SE SY TR TW UA US VN YE ZA".split():
        assert states()[code].people, code
        assert states()[code].seats, code
