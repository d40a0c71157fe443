from __future__ import annotations

import datetime as dt

import pytest

from followthearms.errors import NotInRegister
from followthearms.model import Document
from followthearms.model.decisions import Merge, Reject
from followthearms.model.entities import EntityKind
from followthearms.register import Register
from tests.link.drafts import draft, said
from tests.register.registers import FACTORY, REFUSAL, RUN, filled


def test_an_entity_has_what_is_known_and_how_often_it_is_named(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        firm = register.entities.get("company:HAL")
        assert (firm.entity.state, firm.mentions, firm.spellings) == ("IN", 1, ("HAL",))
        assert register.entities.get("IN").mentions == 5
        assert register.entities.get("EG").mentions == 0, "a known state that no claim names"
        with pytest.raises(NotInRegister, match="company:NOBODY"):
            register.entities.get("company:NOBODY")


def test_names_lead_to_entities(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        found = {name: [one.id for one in register.entities.find(name)] for name in ("russia", "HAL", "northwind", "?")}
        assert found["russia"] == ["RU"]
        assert found["HAL"][0] == "company:HAL"
        assert found["northwind"] == ["equipment:northwind7"]
        assert found["?"] == []
        assert [register.entities.state(name).id for name in ("ru", "Russia", "Hamas", "EU")] == [
            "RU",
            "RU",
            "HAMAS",
            "EU",
        ]
        with pytest.raises(NotInRegister, match="Ruritania"):
            register.entities.state("Ruritania")


def test_all_of_a_kind(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        assert [one.id for one in register.entities.all(EntityKind.STATE)] == ["IN", "PK", "RU"]
        assert [one.id for one in register.entities.all(EntityKind.EQUIPMENT, provisional=True)] == [
            "equipment:northwind7"
        ]
        assert "source:VALLEY COURIER" in {one.id for one in register.entities.all(EntityKind.SOURCE)}


def test_the_provisional_are_reviewed_first_and_the_most_named_on_top(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        listed = register.entities.review()
        flags = [one.entity.provisional for one in listed]
        assert flags == sorted(flags, reverse=True)
        assert (listed[0].entity.id, listed[0].mentions) == ("equipment:northwind7", 2)
        known = [one.mentions for one in listed if not one.entity.provisional]
        assert known == sorted(known, reverse=True)
        assert [one.entity.id for one in register.entities.review(limit=1)] == ["equipment:northwind7"]


def test_claims_of_an_entity_are_those_that_name_it_or_a_kind_of_it(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        rifles = register.entities.claims_of("equipment:rifle")
        assert [(one.event.ref.document, one.words) for one in rifles] == [
            ("copy", "rifles"),
            ("factory", "AK-203 rifles"),
            ("refusal", "rifles"),
        ]
        assert rifles[1].reason == "designation AK-203 in the equipment register"
        assert rifles[1].event.quote == FACTORY.words(FACTORY.claims[0].evidence)
        given = register.entities.claims_of("RU", role="supplier")
        assert {one.slot for one in given} == {"supplier"} and len(given) == 5
        assert register.entities.claims_of("RU", role="recipient") == ()
        assert len(register.entities.claims_of("RU", limit=2)) == 2


def test_an_entity_that_no_claim_names_any_more_is_gone(register_url: str) -> None:
    with filled(register_url, REFUSAL) as register:
        assert register.entities.get("equipment:northwind7").mentions == 1
        register.add(REFUSAL.with_claims(REFUSAL.claims[:1]), RUN)
        with pytest.raises(NotInRegister):
            register.entities.get("equipment:northwind7")
        assert [one.id for one in register.entities.all(EntityKind.STATE)] == ["PK", "RU"]


def test_a_party_that_no_table_knows_is_provisional(register_url: str) -> None:
    text = "Hill Rebels got rifles from Russia."
    with filled(
        register_url, draft("a", text, said("delivery", "got", supplier="Russia/RU", recipient="Hill Rebels/"))
    ) as register:
        assert register.entities.get("HILL REBELS").entity.provisional
        assert register.entities.state("Hill Rebels").kind is EntityKind.PARTY


def test_a_person_has_the_offices_that_texts_name(register_url: str) -> None:
    def told(name: str, office: str, date: str) -> Document:
        text = f"{office} Ada Quill met the sheikh."
        span = {"start": len(office) + 1, "end": len(office) + 10, "text": "Ada Quill"}
        return draft(name, text, said("contact", "met", persons=[span]), date=date)

    articles = (
        told("a", "Foreign Minister", "2018-02-01"),
        told("b", "Defence Minister", "2019-03-01"),
        told("c", "Defence Minister", "2020-04-01"),
    )
    with filled(register_url, *articles) as register:
        newest, oldest = register.entities.get("person:ADA QUILL").offices
    assert (newest.office, newest.first, newest.last) == ("defence minister", dt.date(2019, 3, 1), dt.date(2020, 4, 1))
    assert [ref.document for ref in newest.refs] == ["b", "c"]
    assert (oldest.office, oldest.last) == ("foreign minister", dt.date(2018, 2, 1))


def test_a_merged_entity_answers_to_all_its_ids(register_url: str) -> None:
    articles = [
        draft(name, f"{firm} sent rifles.", said("delivery", "sent", company=[firm]))
        for name, firm in (("a", "Northwind"), ("b", "Northwind Arms"))
    ]
    with filled(register_url, *articles) as register:
        ids = ("company:NORTHWIND ARMS", "company:NORTHWIND")
        assert not register.ledger.decide(register.ledger.merging(ids), "ada").warnings
        firm = register.entities.get(ids[1])
        assert (firm.entity.id, firm.mentions, firm.merged) == (ids[0], 2, (ids[1],))
        assert next(one.reason for one in register.entities.claims_of(ids[0])).endswith("by decision")


def test_rejected_claims_are_not_told(register_url: str) -> None:
    with filled(register_url, FACTORY) as register:
        [claim] = FACTORY.claims
        assert register.entities.claims_of("company:HAL")
        register.ledger.decide(Reject(claim=register.ledger.claim(claim.id)), "ada")
        assert register.entities.claims_of("company:HAL") == ()


def test_a_merge_is_warned_of_if_the_tables_know_two(register_url: str) -> None:
    with filled(register_url, FACTORY) as register:
        made = register.ledger.decide(Merge(entities=("company:HAL", "company:BHARAT FORGE")), "ada")
        assert any("the tables know them as different" in one for one in made.warnings)
