"""How firm an event is told, and whether it is denied: each class of cue where it holds and where it does not."""

from __future__ import annotations

import pytest

from followthearms.model import Claim, Document, Kind, Voice
from followthearms.pipeline import read

FIRMNESS = [
    # auxiliaries
    ("Sweden will deliver 12 howitzers to Norway.", "delivery", "planned"),
    ("Sweden delivered 12 howitzers to Norway.", "delivery", "actual"),
    ("Sweden could deliver 12 howitzers to Norway.", "delivery", "possible"),
    ("Sweden cannot deliver 12 howitzers to Norway.", "delivery", "actual"),
    # verbs and adjectives above; what has begun is no plan
    ("Sweden plans to deliver 12 howitzers to Norway.", "delivery", "planned"),
    ("Sweden has begun delivering howitzers to Norway.", "delivery", "actual"),
    ("Norway is expected to sign a contract for Swedish howitzers.", "agreement", "possible"),
    ("Norway is close to signing a contract for Swedish howitzers.", "agreement", "possible"),
    ("Sweden is expected to offer Gripen fighters to Brazil.", "offer", "possible"),
    # an infinitive tells what is to come, except after a rank
    ("Norway was the first state to receive the howitzers.", "delivery", "actual"),
    # commitments are the happening itself for kinds that commit
    ("Sweden agreed to deliver 12 howitzers to Norway.", "agreement", "actual"),
    # an event as the subject of the verb that tells of it
    ("The delivery of 12 howitzers to Norway is expected to be completed in May.", "delivery", "possible"),
    # nouns for what stands already
    ("The new jets will replace the ageing F-16 fleet of Norway.", "holding", "actual"),
    # adverbs
    ("Sweden will likely deliver 12 howitzers to Norway.", "delivery", "possible"),
    # what is thanked for is so, what is vouched for is to come; what was allowed came about
    ("We want to thank Sweden for delivering howitzers to Norway.", "delivery", "actual"),
    ("We want Sweden to deliver howitzers to Norway.", "delivery", "possible"),
    ("We will make sure that Norway receives the howitzers.", "delivery", "planned"),
    ("The law allowed Saab to sell radars to Pakistan.", "supply", "actual"),
    ("The law allows Saab to sell radars to Pakistan.", "supply", "possible"),
    ("The leaders want to discuss the ongoing delivery of howitzers to Norway.", "delivery", "actual"),
    # would: what was said of the future, and what hangs on a condition
    ("The minister said Sweden would deliver 12 howitzers to Norway.", "delivery", "planned"),
    ("If the talks succeed, Sweden might deliver 12 howitzers to Norway.", "delivery", "hypothetical"),
    # a purpose is no plan of its own; an infinitive after a noun is
    ("The minister hopes that Sweden will deliver 12 howitzers to Norway.", "delivery", "possible"),
    # what is said of the happening itself
    ("The delivery of howitzers to Norway is likely.", "delivery", "possible"),
    ("Deliveries of howitzers to Norway are to begin in May.", "delivery", "planned"),
    ("Sweden signed a contract with Norway, with deliveries of howitzers to start in 2026.", "delivery", "planned"),
    ("Norway is on the verge of signing a contract for Swedish howitzers.", "agreement", "possible"),
    # an offer stands while it is considered
    ("Norway is considering a Swedish offer of Gripen fighters.", "offer", "actual"),
]

DENIALS = [
    ("Neither Sweden nor Spain has delivered howitzers to Norway.", "delivery", True),
    ("Both Sweden and Spain have delivered howitzers to Norway.", "delivery", False),
    ("Sweden is neither delivering howitzers to Norway nor training crews.", "delivery", True),
    ("None of the howitzers has been delivered to Norway.", "delivery", True),
    ("Some of the howitzers have been delivered to Norway.", "delivery", False),
    ("Norway trained its crews instead of ordering howitzers from Sweden.", "agreement", True),
    ("Norway is far from signing a contract for Swedish howitzers.", "agreement", True),
    ("Sweden stopped short of pledging howitzers to Norway.", "pledge", True),
    ("Sweden's failure to deliver the howitzers to Norway was noticed.", "delivery", True),
    ("The sale of Swedish howitzers to Norway is unlikely.", "supply", True),
    ("The howitzers will not be delivered to Norway until 2027.", "delivery", False),
    ("Until May, Sweden was unable to deliver howitzers to Norway.", "delivery", True),
    ("Sweden did not deliver 12 howitzers to Norway.", "delivery", True),
    ("Sweden not only delivered 12 howitzers to Norway, it trained the crews.", "delivery", False),
    ("Sweden has yet to deliver 12 howitzers to Norway.", "delivery", True),
    ("We do not believe that Sweden has delivered howitzers to Norway.", "delivery", True),
    ("We believe that Sweden has delivered howitzers to Norway.", "delivery", False),
    ("It is unlikely that Sweden will deliver howitzers to Norway.", "delivery", True),
    ("It was in May that Sweden delivered howitzers to Norway.", "delivery", False),
    ("Norway is no longer receiving howitzers from Sweden.", "delivery", True),
    ("Sweden has delivered no less than 12 howitzers to Norway.", "delivery", False),
    ("Norway is less interested in Swedish howitzers.", "interest", True),
    ("Norway is most interested in Swedish howitzers.", "interest", False),
    ("The talks between Norway and Sweden on howitzers collapsed.", "negotiation", True),
    ("The failed talks between Norway and Sweden were about howitzers.", "negotiation", True),
    ("Saab withdrew from the Norwegian tender for fighter jets.", "offer", True),
    ("Saab will take part in the Norwegian tender for fighter jets.", "offer", False),
    ("The minister ruled out sending tanks to Ukraine.", "delivery", True),
    ("The talks with Sweden on howitzers are yet to begin.", "negotiation", True),
    ("Sweden refrained from delivering howitzers to Norway.", "delivery", True),
    ("The order for 12 howitzers from Norway is not small.", "agreement", False),
]


def only(text: str, kind: str) -> Claim:
    claims = [c for c in read(Document(id="t", text=text), voices={Voice.FRAME}).claims if Kind(kind) in c.kind]
    assert len(claims) == 1, [(c.kind, c.trigger.text) for c in claims]
    return claims[0]


@pytest.mark.parametrize(("text", "kind", "modality"), FIRMNESS)
def test_modality(text: str, kind: str, modality: str) -> None:
    assert only(text, kind).modality.value == modality


@pytest.mark.parametrize(("text", "kind", "negated"), DENIALS)
def test_negation(text: str, kind: str, negated: bool) -> None:
    assert only(text, kind).negated is negated


@pytest.mark.parametrize(
    ("text", "disputed"),
    [
        ("Iran allegedly delivered drones to Russia.", True),
        ("Iran delivered drones to Russia.", False),
        ("Iran denied that it had delivered drones to Russia.", True),
        ("Iran rejected reports that it was delivering drones to Russia.", True),
        ("Iran confirmed reports that it was delivering drones to Russia.", False),
    ],
)
def test_dispute(text: str, disputed: bool) -> None:
    assert only(text, "delivery").disputed is disputed
