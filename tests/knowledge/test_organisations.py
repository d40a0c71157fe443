"""Bodies, groups and companies: how many, and that their codes hold."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from followthearms.errors import KnowledgeError
from followthearms.knowledge.names import Sort
from followthearms.knowledge.organisations import companies, groups, organisation_names
from followthearms.knowledge.states import states
from followthearms.knowledge.tables import read_rows


def test_there_are_enough() -> None:
    assert len(groups().groups) >= 120
    assert len(companies()) >= 400


def test_companies_have_the_code_of_a_state() -> None:
    assert {c.code for c in companies()} <= set(states())


def test_no_company_stands_twice() -> None:
    spellings = Counter(s for c in companies() for s in (c.name, *c.aliases))
    assert [s for s, n in spellings.items() if n > 1] == []


def test_codes_of_groups_are_capitals() -> None:
    for table in (groups().groups, groups().generic, groups().vague):
        assert all(code == code.upper() for code in table)


def test_no_spelling_stands_for_two_parties() -> None:
    codes: dict[str, set[str]] = defaultdict(set)
    for name in organisation_names():
        if name.sort is not Sort.COMPANY:
            codes[name.surface].add(name.code)
    assert {s: c for s, c in codes.items() if len(c) > 1} == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [("MBDA", "FR"), ("Airbus", "FR"), ("Rosoboronexport", "RU"), ("DRDO", "IN"), ("DSCA", "US"), ("Saab", "SE")],
)
def test_a_firm_has_the_state_of_its_seat(name: str, code: str) -> None:
    assert {c.code for c in companies() if c.name == name} == {code}


def test_a_missing_table_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"nothing\.csv"):
        read_rows("nothing.csv")
