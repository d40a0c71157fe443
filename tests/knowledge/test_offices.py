"""Offices, forces and leaders."""

from __future__ import annotations

from followthearms.knowledge.offices import force_names, leaders, offices
from followthearms.knowledge.organisations import bodies, groups
from followthearms.knowledge.states import states


def test_phrases_are_in_lower_case() -> None:
    tables = offices()
    for table in (
        tables.institutions,
        tables.nouns,
        tables.titles,
        tables.posts,
        tables.styles,
        tables.forms_of_address,
    ):
        assert all(phrase == phrase.lower() for phrase in table)


def test_forces_have_the_code_of_a_state() -> None:
    assert set(offices().forces) <= set(states())
    assert {code for codes in offices().ambiguous.values() for code in codes} <= set(states())


def test_an_abbreviation_has_one_owner_or_is_ambiguous() -> None:
    spellings = [n.surface for n in force_names()]
    assert sorted(s for s in set(spellings) if spellings.count(s) > 1) == []


def test_leaders_have_known_codes_and_years_in_order() -> None:
    known = set(states()) | set(bodies().bodies) | set(groups().groups)
    for leader in leaders():
        assert leader.code in known, leader
        assert 1940 <= leader.first <= leader.last, leader


def test_a_unique_surname_names_leaders_of_one_state() -> None:
    unique = {leader.surname for leader in leaders() if leader.unique}
    for surname in unique:
        assert len({leader.code for leader in leaders() if leader.surname == surname}) == 1, surname
