"""Events over events: one claim of the kind that the sentence makes."""

from __future__ import annotations

import pytest

from followthearms.model import Claim, Document, Modality, Voice
from followthearms.pipeline.reading import read


def claims(text: str) -> tuple[Claim, ...]:
    return read(Document(text=text), voices={Voice.FRAME}).claims


@pytest.mark.parametrize(
    ("text", "kind", "supplier", "recipient"),
    [
        ("The minister announced that Norway will give howitzers to Ukraine.", "pledge", "NO", "UA"),
        ("Kuwait has asked to buy howitzers from Sweden.", "request", "SE", "KW"),
        ("Denmark demanded that Switzerland export the howitzers.", "request", "CH", "DK"),
        ("Sweden refused to sell howitzers to Ghana.", "refusal", "SE", "GH"),
        ("France offered Peru technology for submarines.", "offer", "FR", "PE"),
        ("Denmark asked Switzerland to re-export howitzers.", "request", "CH", "DK"),
    ],
)
def test_one_claim_of_the_outer_kind(text: str, kind: str, supplier: str, recipient: str) -> None:
    (claim,) = claims(text)
    assert claim.kind[0].value == kind
    assert not claim.negated
    assert [m.code for m in claim.supplier] == [supplier]
    assert [m.code for m in claim.recipient] == [recipient]


@pytest.mark.parametrize(
    "text",
    [
        "Washington did not approve the sale of missiles to Ghana.",
        "Berlin has not authorised the export of tanks.",
        "Bern cannot agree to a German request for howitzers.",
    ],
)
def test_an_approval_that_is_not_given_is_a_refusal(text: str) -> None:
    (claim,) = claims(text)
    assert [k.value for k in claim.kind][:2] == ["refusal", "approval"]
    assert not claim.negated
    assert claim.modality is Modality.ACTUAL


def test_an_approval_that_is_still_awaited_is_none() -> None:
    (claim,) = claims("Washington has not yet approved the sale of missiles to Ghana.")
    assert claim.kind[0].value == "approval"
    assert claim.negated


def test_a_delivery_that_was_announced_stays_one() -> None:
    (claim,) = claims("The minister announced that Norway delivered howitzers to Ukraine.")
    assert claim.kind[0].value == "delivery"


def test_what_a_deal_includes_is_the_deals() -> None:
    (claim,) = claims("The contract with Norway includes the delivery of 12 howitzers.")
    assert (claim.kind[0].value, [e.text for e in claim.equipment]) == ("agreement", ["howitzers"])
    (claim,) = claims("The frozen deals include the sale of 50 howitzers to Ghana.")
    assert (claim.kind[0].value, [m.code for m in claim.recipient]) == ("restriction", ["GH"])
    (claim,) = claims("The visit included the sale of 50 howitzers to Ghana.")
    assert claim.kind[0].value == "supply"


def test_who_plans_to_cooperate_cooperates_if_it_comes_about() -> None:
    (claim,) = claims("Indonesia plans to deepen defence cooperation with Italy.")
    assert (claim.kind[0].value, claim.modality) == ("cooperation", Modality.PLANNED)
    assert {p.code for p in claim.parties} == {"ID", "IT"}


@pytest.mark.parametrize(
    "text", ["Norway published its arms export strategy.", "Peru signed an executive order on missiles."]
)
def test_what_only_sorts_or_rules_is_no_deal(text: str) -> None:
    assert claims(text) == ()


def test_a_purchase_to_come_is_an_interest_as_well() -> None:
    (bought,) = claims("Peru bought howitzers from Sweden.")
    (wished,) = claims("Peru might buy howitzers from Sweden.")
    assert [[k.value for k in c.kind] for c in (bought, wished)] == [["agreement", "supply"], ["agreement", "interest"]]


def test_arms_of_several_makers_come_from_all_of_them() -> None:
    (claim,) = claims("Peru has selected Swedish jets and French helicopters.")
    assert {p.code for p in claim.supplier} == {"SE", "FR"}


def test_countries_without_a_name_are_a_party() -> None:
    (claim,) = claims("Sweden sold howitzers to third countries.")
    assert [p.code for p in claim.recipient] == ["THIRD COUNTRIES"]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norway's deal with Spain for 12 howitzers fell through.", "fell through"),
        ("The sale of 12 Spanish howitzers to Norway has collapsed.", "collapsed"),
        ("Norway pulled out of the deal to buy howitzers from Spain.", "pulled out"),
        ("The howitzer deal between Norway and Spain is dead.", "dead"),
    ],
)
def test_a_deal_that_comes_to_nothing_is_one_restriction(text: str, trigger: str) -> None:
    (claim,) = claims(text)
    assert (claim.kind[0].value, claim.trigger.text, claim.negated) == ("restriction", trigger, False)


def test_what_did_not_come_along_is_no_part_of_what_came() -> None:
    given, missing = claims("Sweden delivered the guns to Norway without supplying missiles.")
    assert (given.negated, missing.negated) == (False, True)
    assert "guns" in {item.text for item in given.equipment}


def test_an_offer_that_is_considered_is_an_interest_as_well() -> None:
    (claim,) = claims("Norway is considering a Swedish offer of Gripen fighters.")
    assert ([kind.value for kind in claim.kind], claim.modality) == (["offer", "interest"], Modality.ACTUAL)
    assert ([m.code for m in claim.supplier], [m.code for m in claim.recipient]) == (["SE"], ["NO"])
