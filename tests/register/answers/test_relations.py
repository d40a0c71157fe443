from __future__ import annotations

import datetime as dt

import pytest

from followthearms.errors import NotInRegister
from followthearms.register import Register


def test_what_is_between_two_states_by_sections(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        found = register.relations.between("Russia", "IN")
    assert (found.left.id, found.right.id) == ("RU", "IN")
    [factory], [howitzers] = found.produced, found.given
    assert [ref.document for ref in factory.refs] == ["factory"]
    assert {ref.document for ref in howitzers.refs} == {"copy", "refusal"}
    assert howitzers.deal.sources == 1, "copies count once"
    [met] = found.contacts
    assert (met.ref.document, met.first) == ("contact", dt.date(2020, 5, 6))
    [trade] = found.trade
    assert (trade.amount.amount, trade.amount.currency) == (9_000_000_000, "USD")
    assert not found.taken and not found.refusals and not found.embargoes


def test_people_and_facilities_are_named_with_their_claims(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        found = register.relations.between("RU", "IN")
    assert {(one.name, one.code) for one in found.facilities} == {("Korwa", "place:KORWA"), ("HAL", "company:HAL")}
    assert all(one.refs for one in (*found.facilities, *found.people))


def test_the_order_of_the_two_turns_the_direction(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        there, back = register.relations.between("RU", "IN"), register.relations.between("IN", "RU")
    assert there.given == back.taken and there.taken == back.given
    assert there.contacts == back.contacts and there.trade == back.trade


def test_a_refusal_is_a_row_of_its_own(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        found = register.relations.between("RU", "PK")
    assert {event.ref.document for event in found.refusals} == {"copy", "refusal"}
    assert found.refusals[0].quote


def test_two_states_must_be_known_and_two(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        with pytest.raises(NotInRegister, match="Ruritania"):
            register.relations.between("RU", "Ruritania")
        with pytest.raises(NotInRegister, match="both Russia"):
            register.relations.between("RU", "Russia")
        empty = register.relations.between("EG", "FR")
        assert not (empty.given or empty.contacts or empty.people)


def test_the_parts_that_are_played_in_a_deal(filled_url: str) -> None:
    with Register.open(filled_url) as register:
        [factory] = register.relations.between("RU", "IN").produced
        deal = register.deal(factory.deal.id)
        parts = register.relations.parts(deal, register.documents(deal.documents))
        assert {(part.role.value, part.entity) for part in parts} == {("licensor", "RU"), ("producer", "company:HAL")}
        for part in parts:
            for ref, span in part.told:
                assert register.document(ref.document).words(span) == span.text
