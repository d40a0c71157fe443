"""What claim a sentence makes: composition, direction, reference, inheritance, modality, negation.

Each case is one sentence or two, and the claims as "kind giver>taker flags". Several givers or takers are joined
by a comma, `actor:` and `parties:` stand for themselves, an inherited code carries a star.
"""

from __future__ import annotations

import pytest

from followthearms.model import Claim, Document, Modality, Party
from followthearms.pipeline import read

CASES = [
    # events over events
    ("Norway asked Sweden to supply 12 howitzers.", ["request SE>NO"]),
    ("Sweden refused to sell howitzers to Norway.", ["refusal SE>NO"]),
    ("Norway approved the purchase of 12 howitzers from Sweden.", ["approval SE>NO"]),
    ("Washington approved the sale of F-16 fighter jets to Bahrain.", ["approval US>BH"]),
    ("Norway plans to buy howitzers from Sweden.", ["interest SE>NO"]),
    ("Sweden is to deliver howitzers to Norway.", ["delivery SE>NO planned"]),
    ("Denmark's request to send armoured vehicles to Ukraine was rejected by Switzerland.", ["refusal DK>UA actor:CH"]),
    ("Germany approved Estonia's request to send howitzers to Ukraine.", ["approval EE>UA actor:DE"]),
    # firmness and denial
    ("Norway will buy 12 howitzers from Sweden.", ["agreement SE>NO planned"]),
    ("Sweden may sell howitzers to Norway.", ["supply SE>NO possible"]),
    ("If Sweden sold howitzers to Norway, Denmark would protest.", ["supply SE>NO hypothetical"]),
    ("Sweden did not deliver the howitzers to Norway.", ["delivery SE>NO negated"]),
    # who gives to whom, whatever the voice
    ("The howitzers were delivered to Norway by Sweden.", ["delivery SE>NO"]),
    ("Poland signed a contract with South Korea for 180 K2 tanks.", ["agreement KR>PL"]),
    ("South Korea signed a contract with Poland for 180 K2 tanks.", ["agreement KR>PL"]),
    ("Sweden delivered howitzers to Norway, Denmark and Finland.", ["delivery SE>DK,FI,NO"]),
    ("The European Union imposed an arms embargo on Belarus.", ["restriction >BY actor:EU"]),
    # words that stand for a party; what the article fills in
    (
        "Chile bought Leopard 2 tanks from Germany. It received the tanks in 2007.",
        ["agreement DE>CL", "delivery DE*>CL"],
    ),
    ("The army bought 40 trucks.", []),
    # about arms, or not
    ("Chile bought 12 transport aircraft for its airline from Brazil.", []),
    ("Chile bought 12 transport aircraft for its navy from Brazil.", ["agreement BR>CL"]),
]


def told(claim: Claim) -> str:
    sides = f"{codes(claim.supplier)}>{codes(claim.recipient)}"
    flags = [claim.modality.value] if claim.modality is not Modality.ACTUAL else []
    flags += ["negated"] if claim.negated else []
    flags += [f"actor:{codes(claim.actor)}"] if claim.actor else []
    return " ".join([claim.kind[0].value, sides, *flags])


def codes(parties: tuple[Party, ...]) -> str:
    return ",".join(sorted(f"{p.code}{'*' if p.inherited else ''}" for p in parties))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_what_a_text_claims(text: str, expected: list[str]) -> None:
    assert [told(c) for c in read(Document(text=text)).claims] == expected


def test_a_text_may_state_its_own_date() -> None:
    document = read(Document(text="MADRID, 4 March 2019 (Panorama) -- Police seized 40 rifles on Sunday."))
    assert document.date is not None and document.date.isoformat() == "2019-03-04"
    assert document.date_basis == "dateline"
    (seizure,) = document.claims
    assert seizure.date is not None and str(seizure.date.first) == "2019-03-03"


def test_claims_that_came_with_a_document_are_left_out() -> None:
    once = read(Document(text="Sweden delivered 12 howitzers to Norway."))
    assert once.claims
    assert read(once) == once


def test_a_date_right_before_the_verb_is_the_verbs() -> None:
    text = "Deepening their defence partnership, Spain and Norway on Sunday signed a contract for 12 howitzers."
    signed = next(c for c in read(Document(text=text)).claims if c.trigger.text == "signed")
    assert signed.date is not None and signed.date.text == "Sunday"


def test_a_number_that_counts_something_else_does_not_count_the_equipment() -> None:
    text = "The talks between the two sides on the sale of howitzers from Sweden to Norway go on."
    assert all(e.quantity is None for c in read(Document(text=text)).claims for e in c.equipment)
