"""The equipment tree: it is whole, and spellings lead to the right place in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.knowledge.equipment import (
    ancestors,
    canonical,
    categories,
    designation_key,
    designation_keys,
    designations,
    distance,
    is_a,
    makers,
    node,
    spelling,
    variant_of,
    words,
)
from followthearms.knowledge.states import states
from followthearms.model import Equipment


@pytest.mark.parametrize(
    ("surface", "designation"),
    [
        ("S400", "S-400"),
        ("S-400s", "S-400"),
        ("SU-30 MKI", "Su-30MKI"),
        ("Su 30MKI", "Su-30MKI"),
        ("Sukhoi-30MKI", "Su-30MKI"),
        ("rafales", "Rafale"),
        ("MIG-29UPG", "MiG-29"),
        ("Scorpene", "Scorpène"),
        ("AK 203", "AK-203"),
        ("S–400", "S-400"),
        ("Strv 122", "Stridsvagn 122"),
        ("Su-30XYZ", "Su-30"),
    ],
)
def test_case_blanks_and_hyphens_do_not_matter(surface: str, designation: str) -> None:
    found = canonical(surface)
    assert found is not None
    assert found.designation == designation


@pytest.mark.parametrize("surface", ["", "-", "S-999999", "a", "gas", "🚀", "\ud800"])
def test_what_is_in_no_list_is_none(surface: str) -> None:
    assert canonical(surface) is None
    assert spelling(surface) is None


@pytest.mark.parametrize(
    ("surface", "spelled"), [("MIG-29UPG", "MiG-29UPG"), ("Apaches", "Apache"), ("s400", "S-400"), ("f 16", "F-16")]
)
def test_a_spelling_keeps_the_variant(surface: str, spelled: str) -> None:
    assert spelling(surface) == spelled


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("AK-203", "AK-200 series"),
        ("AK-203", "Kalashnikov"),
        ("AK-203", "assault rifle"),
        ("AK-203", "small arms"),
        ("S-400", "air defense system"),
        ("Su-30MKI", "fighter jet"),
        ("fighter jets", "combat aircraft"),
        ("howitzers", "artillery"),
        ("ATGM", "missile"),
        ("rifle", "rifles"),
    ],
)
def test_kinds(narrow: str, wide: str) -> None:
    assert is_a(narrow, wide)


@pytest.mark.parametrize(("a", "b"), [("rifle", "AK-203"), ("S-400", "tank"), ("nothing", "rifle"), ("rifle", "")])
def test_not_kinds(a: str, b: str) -> None:
    assert not is_a(a, b)


def test_ancestors_stand_nearest_first() -> None:
    assert ancestors("AK-203")[:4] == ("AK-200 series", "Kalashnikov", "assault rifle", "rifle")
    assert ancestors("AK-203")[-1] == "military equipment"
    assert ancestors("military equipment") == ()
    assert ancestors("no such thing") == ()


def test_distances() -> None:
    assert distance("AK-203", "AK 203") == 0
    assert distance("AK-203", "AK-200 series") == 1
    assert distance("AK-203", "AK-103") == distance("AK-103", "AK-203")
    assert distance("AK-203", "nothing") is None
    near, far = distance("AK-203", "AK-103"), distance("AK-203", "S-400")
    assert near is not None
    assert far is not None
    assert near < far


@pytest.mark.parametrize(
    ("designation", "codes"),
    [("AK-203", {"RU"}), ("BrahMos", {"IN", "RU"}), ("Apache", {"US"}), ("QX-99", set()), (None, set())],
)
def test_makers(designation: str | None, codes: set[str]) -> None:
    item = Equipment(start=0, end=1, text="x", designation=designation)
    assert makers(item) == codes


def test_every_chain_ends_at_the_root() -> None:
    for name in [*categories(), *designations()]:
        assert node(name) in (name, canonical(name) and canonical(name).designation)  # type: ignore[union-attr]
        above = ancestors(name)
        assert (above[-1] if above else name) == "military equipment", name


def test_every_maker_is_a_state() -> None:
    assert {c for d in designations().values() for c in d.states} <= set(states())


def test_the_list_is_long_and_reaches_wide() -> None:
    assert len(designations()) >= 600
    assert len({c for d in designations().values() for c in d.states}) >= 30


def test_every_common_name_is_a_designation() -> None:
    table, _ = designation_keys()
    assert {n for n in words().names if n not in table} == set()


@given(st.text(max_size=20))
def test_a_key_is_its_own_key(surface: str) -> None:
    key = designation_key(surface)
    assert designation_key(key) == key or not key.isascii()


@pytest.mark.parametrize("key", ["b2x", "f35", "35a", "f35abcdefgh", "tank"])
def test_what_is_no_variant(key: str) -> None:
    assert variant_of(key) is None
