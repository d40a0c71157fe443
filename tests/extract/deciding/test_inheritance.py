"""Giver and taker chosen together, from the sentence and the article behind it."""

from __future__ import annotations

import pytest

from followthearms.extract.deciding.leanings import leanings
from followthearms.model import Claim, Document, Kind, Voice
from followthearms.pipeline.reading import read


def claims(text: str, kind: Kind) -> list[Claim]:
    """The claims of a kind that the frames alone read out of a text."""
    return [c for c in read(Document(text=text), voices={Voice.FRAME}).claims if c.kind[0] is kind]


def codes(claim: Claim) -> tuple[set[str | None], set[str | None]]:
    return {m.code for m in claim.supplier}, {m.code for m in claim.recipient}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya signed a contract with Rafael for Spike missiles.",
        "Rafael signed a contract with Kenya for Spike missiles.",
        "Israel and Kenya signed a contract for Spike missiles.",
    ],
)
def test_the_maker_gives_whoever_is_named_first(text: str) -> None:
    (claim,) = claims(text, Kind.AGREEMENT)
    assert codes(claim) == ({"IL"}, {"KE"})


def test_what_the_article_tells_of_two_decides_where_the_sentence_does_not() -> None:
    text = "Sweden delivered howitzers to Ghana. Sweden sold Ghana mortars. A contract with Ghana was signed in May."
    (claim,) = claims(text, Kind.AGREEMENT)
    assert codes(claim) == ({"SE"}, {"GH"})
    assert [m.inherited for m in claim.supplier] == [True]


def test_who_was_chosen_for_one_transfer_speaks_in_the_next() -> None:
    text = "Norway looked on as Kenya and Sweden signed a contract for howitzers. Kenya received 12 howitzers in May."
    (claim,) = claims(text, Kind.DELIVERY)
    assert codes(claim) == ({"SE"}, {"KE"})


def test_two_that_sign_with_each_other_stand_on_two_sides() -> None:
    text = "Sweden sold Togo Gripen jets. Togo received 12 jets. Ghana signed a contract with Kenya for Gripen jets."
    (claim,) = claims(text, Kind.AGREEMENT)
    assert codes(claim) == ({"GH"}, {"KE"})


def test_who_is_listed_together_gives_together() -> None:
    text = "We are grateful to Chad and Togo for committing to provide howitzers to Ghana."
    (claim,) = claims(text, Kind.SUPPLY)
    assert codes(claim) == ({"TD", "TG"}, {"GH"})


def test_a_side_that_nothing_speaks_for_stays_open() -> None:
    (claim,) = claims("Customs officers in Kenya seized 40 rifles.", Kind.SEIZURE)
    assert not claim.supplier


def test_seized_arms_were_meant_for_the_group_rather_than_for_the_state() -> None:
    text = "Hezbollah hid arms near the border. The army of Lebanon seized 40 rockets in May."
    (claim,) = claims(text, Kind.SEIZURE)
    assert codes(claim)[1] == {"HEZBOLLAH"}


def test_words_for_two_parties_name_both_sides() -> None:
    text = "Ghana wants howitzers from Sweden. A deal between the two countries for 12 howitzers is near."
    (claim,) = claims(text, Kind.AGREEMENT)
    assert codes(claim) == ({"SE"}, {"GH"})


def test_a_state_of_a_region_is_the_one_named_before() -> None:
    text = "Vietnam got rifles from Israel. Japan will deliver howitzers to the Southeast Asian nation."
    given = [codes(claim) for claim in claims(text, Kind.DELIVERY)]
    assert given[-1] == ({"JP"}, {"VN"})


def test_no_party_stands_on_both_sides() -> None:
    text = "Norway and Norway's Kongsberg signed a contract for missiles with Norway."
    for claim in claims(text, Kind.AGREEMENT):
        giver, taker = codes(claim)
        assert not giver & taker


def test_every_sign_weighs_on_both_sides() -> None:
    weights = leanings().weights
    assert weights["supplier"].keys() == weights["recipient"].keys()
    assert weights["supplier"]["maker"] > 1 > weights["recipient"]["maker"]
