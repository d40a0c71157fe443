from __future__ import annotations

from collections import Counter

import pytest

from followthearms.knowledge.entities import by_name, entity, known_entities, source_id
from followthearms.knowledge.normal_form import normal, normal_company, normal_source
from followthearms.knowledge.outlets import outlets
from followthearms.model.entities import CODED, EntityKind, entity_id, kind_of


def test_an_id_shows_its_kind_unless_it_is_a_code() -> None:
    assert kind_of("company:ROSOBORONEXPORT") is EntityKind.COMPANY
    assert kind_of("equipment:AK-203") is EntityKind.EQUIPMENT
    assert [kind_of(code) for code in ("IN", "NATO", "company:", "state:IN")] == [None] * 4


@pytest.mark.parametrize("kind", [kind for kind in EntityKind if kind not in CODED])
def test_ids_round_trip(kind: EntityKind) -> None:
    assert kind_of(entity_id(kind, "NAME")) is kind


def test_every_known_entity_answers_to_its_id_and_stands_below_what_exists() -> None:
    for name, one in known_entities().items():
        assert one.id == name and entity(name) == one and not one.provisional
        assert (kind_of(name) or one.kind) is one.kind
        assert (kind_of(name) is None) == (one.kind in CODED)
        assert name not in one.above


def test_states_that_were_dissolved_have_years() -> None:
    years = {code: (entity(code).first, entity(code).last) for code in ("SU", "YU", "DD", "RU")}
    assert years == {"SU": (1922, 1991), "YU": (1918, 2003), "DD": (1949, 1990), "RU": (None, None)}


def test_equipment_hangs_in_the_tree_and_has_the_codes_of_the_nearest_category() -> None:
    rifle = entity("equipment:AK-203")
    assert rifle.above[:3] == ("equipment:AK-200 series", "equipment:Kalashnikov", "equipment:assault rifle")
    assert rifle.codes is not None and rifle.codes.ml == "ML1" and rifle.codes.hs == "9301"
    assert rifle.makers == ("RU",)


def test_a_place_lies_in_larger_ones_and_in_its_state() -> None:
    assert entity("place:KORWA").above == ("place:AMETHI", "place:UTTAR PRADESH", "IN")
    assert entity("place:MOSCOW").above == ("RU",)


def test_spellings_of_one_leader_are_one_person() -> None:
    zelensky = entity("person:VOLODYMYR ZELENSKYY")
    assert (zelensky.state, zelensky.first) == ("UA", 2019)
    assert "Volodymyr Zelensky" in zelensky.aliases
    assert entity("person:VOLODYMYR ZELENSKY").provisional  # the other spelling is no entity of its own
    assert entity("person:GEORGE BUSH") != entity("person:GEORGE W BUSH")


def test_an_unknown_id_is_a_provisional_entity_made_of_the_id_alone() -> None:
    firm = entity("company:NORTHWIND ARMS")
    assert firm.provisional and firm.kind is EntityKind.COMPANY and firm.label == "Northwind Arms"
    party = entity("HILL REBELS")
    assert party.provisional and party.kind is EntityKind.PARTY


def test_names_are_compared_without_case_marks_and_legal_forms() -> None:
    assert normal("Larsen & Toubro’s") == normal("LARSEN and TOUBRO")
    assert normal("Türkiye") == "TURKIYE"
    assert normal_company("Northwind Arms Pvt. Ltd.") == "NORTHWIND ARMS"
    assert normal_company("Co") == "CO"
    assert by_name(EntityKind.COMPANY, "Rosoboronexport State Corporation") == "company:ROSOBORONEXPORT"
    assert by_name(EntityKind.COMPANY, "Northwind Arms") is None


def test_an_outlet_has_one_id_by_all_its_names() -> None:
    assert {source_id(n) for n in ("TASS", "ITAR-TASS", "tass.com", "www.tass.ru")} == {"source:TASS"}
    assert source_id("The Hindu") == "source:HINDU"
    assert source_id("Valley Courier") == source_id("the Valley COURIER") == "source:VALLEY COURIER"
    assert source_id("…") is None


def test_no_two_outlets_share_a_name() -> None:
    names = [name for one in outlets() for name in {normal_source(n) for n in (one.name, *one.aliases)}]
    assert {name: n for name, n in Counter(names).items() if n > 1} == {}
    assert all(not outlet.code or entity(outlet.code).kind is EntityKind.STATE for outlet in outlets())
