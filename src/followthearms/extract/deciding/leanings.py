"""What speaks for a party as the giver or the taker of a transfer, or for nobody being named.

A sum of signs, each with its weight in `cues/leanings.yaml`; the weights are those of a conditional logit over the
pairs of giver and taker that an event allows (`benchmarks/reading/leanings.py` fits them).
Invariant: a sign is a share or a yes, so that no sum grows with the length of the article.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Mapping

from followthearms.extract.cues import read_cues
from followthearms.extract.deciding.background import Article
from followthearms.extract.events import Event
from followthearms.extract.frames.parties import PARTY_TYPES, loose
from followthearms.knowledge.equipment import designations
from followthearms.model import Equipment, Frozen, Kind
from followthearms.model.mentions import Mention, MentionType

_ILLICIT = frozenset({Kind.SEIZURE, Kind.DIVERSION})
_NAMING = frozenset({"amod", "compound", "nmod", "npadvmod"})
_STATE_OR_BODY = re.compile("[A-Z]{2}|NATO|AUKUS|IAEA|OPEC")
"""Codes of states and of bodies of states; armed groups go by their name in capitals."""
_TO = frozenset({"to", "for", "into"})
_MANY = 7.0
"""Logarithm of the number of designations from which a state counts as making everything."""


class Side(Frozen):
    """The weight of each sign for one side of a transfer."""

    party: float  # the frame found it, and leaves open on which side it stands
    party_of_two: float  # and another party as well
    partner: float  # the frame found it as the other one's partner ("signed with")
    partner_of_two: float
    party_firm: float  # what the frame found is a firm
    firm: float  # share of its mentions that name a firm
    maker: float  # it makes the equipment
    makes: float  # it makes many types of arms
    illicit: float  # an armed group, where arms are seized or go astray
    share: float  # its share among all mentions of parties
    gives: float  # its share among those who give elsewhere in the article
    takes: float  # its share among those who get
    voice: float  # its share among "we" and "our"
    lead: float  # it stands in the lead of the article
    near: float  # divided by one plus the number of parties named between
    here: float  # it stands in the sentence
    clause: float  # in the clause
    after: float  # after the trigger
    towards: float  # after "to", "for" or "into"
    likely: float  # how likely another voice holds it to stand on this side, less how likely on the other


class Nobody(Frozen):
    """The weight of a side staying open."""

    always: float
    one_named: float  # if the other side is named
    kinds: Mapping[Kind, float]


class Leanings(Frozen):
    """What `cues/leanings.yaml` holds; `pair` for the transfers told between the two, `gift` for the share of the
    giver's transfers that go to the taker."""

    supplier: Side
    recipient: Side
    nobody: Mapping[str, Nobody]
    pair: float
    gift: float

    @functools.cached_property
    def weights(self) -> Mapping[str, Mapping[str, float]]:
        """The weight of each sign, by side."""
        return {"supplier": self.supplier.model_dump(), "recipient": self.recipient.model_dump()}


@functools.lru_cache(maxsize=1)
def leanings() -> Leanings:
    """The weights, read once."""
    return read_cues("leanings.yaml", Leanings)


def lean(signs: Mapping[str, float], role: str) -> float:
    """How much speaks for a party on a side."""
    weights = leanings().weights[role]
    return sum(weights[name] * value for name, value in signs.items())


def lean_to_nobody(event: Event, role: str, other: str) -> float:
    """How much speaks for a side staying open."""
    nobody = leanings().nobody[role]
    return nobody.always + nobody.one_named * bool(event.roles.get(other)) + nobody.kinds.get(event.kind, 0.0)


def lean_together(giver: str, taker: str, article: Article) -> float:
    """How much the article's transfers speak for these two together."""
    told = article.flows[giver, taker]
    if not told:
        return 0.0
    return leanings().pair * min(told, 2) / 2 + leanings().gift * told / article.gifts[giver]


def signs_of(code: str, event: Event, article: Article) -> dict[str, float]:
    """The signs of a party that hold on either side, by the names of `Side`."""
    between = article.between(code, event.token.start)
    signs = {
        "makes": _makes().get(code, 0.0),
        "share": article.shares.get(code, 0.0),
        "gives": article.sides["supplier"].get(code, 0.0),
        "takes": article.sides["recipient"].get(code, 0.0),
        "voice": article.voices.get(code, 0.0),
        "firm": article.firms.get(code, 0.0),
        "lead": float(code in article.lead),
        "near": 0.0 if between is None else 1 / (1 + between),
        "illicit": float(event.kind in _ILLICIT and not _STATE_OR_BODY.fullmatch(code)),
        "maker": float(any(code in article.makers(item) for item in _items(event))),
    }
    return signs | _as_found(code, event) | _in_sentence(code, event)


def _items(event: Event) -> list[Equipment]:
    return [m.span for m in event.roles.get("equipment", ()) if isinstance(m.span, Equipment)]


def _as_found(code: str, event: Event) -> dict[str, float]:
    """What the frame says of a party whose side it leaves open."""
    party = any(m.code == code for m in event.roles.get("party", ()))
    partner = any(m.code == code for m in event.roles.get("partner", ()))
    if not (party or partner):
        return {}
    found = loose(event)
    firm = any(m.code == code and m.type is MentionType.COMPANY for m in found)
    two = len(found) > 1
    return {
        "party": float(party),
        "party_of_two": float(party and two),
        "partner": float(partner),
        "partner_of_two": float(partner and two),
        "party_firm": float(firm),
    }


def _in_sentence(code: str, event: Event) -> dict[str, float]:
    """What the sentence says of a party."""
    here = [m for m in event.place.of_type(*PARTY_TYPES) if m.code == code]
    if not here:
        return {}
    clause = set(event.place.scene.relations.of(event.head, "clause"))
    return {
        "here": 1.0,
        "clause": float(any(event.place.head(m) in clause for m in here)),
        "after": float(any(m.start >= event.token.start for m in here)),
        "towards": float(any(_stands_after_to(event, m) for m in here)),
    }


def _stands_after_to(event: Event, mention: Mention) -> bool:
    sentence = event.place.scene.sentence
    token = sentence.tokens[event.place.head(mention)]
    while token.dep in _NAMING and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.dep == "dative" or (token.dep == "pobj" and sentence.tokens[token.head].lemma in _TO)


@functools.lru_cache(maxsize=1)
def _makes() -> Mapping[str, float]:
    """How many types of arms each state makes, on a scale that ends about 1."""
    counts = Counter(state for item in designations().values() for state in item.states)
    return {state: math.log1p(n) / _MANY for state, n in counts.items()}
