"""How firmly an event is told. The words come from `cues/modality.yaml`; where they reach, `scope` says.

Of several signs the one nearest to the trigger holds, but a condition and a doubt weaken whatever they govern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from followthearms.extract.completing.attribution import attribution_cues
from followthearms.extract.events import Event
from followthearms.extract.frames.polarity import disputed, negated
from followthearms.extract.frames.scope import SUBJECTS, chain_of, modality_cues
from followthearms.model import Kind, Modality
from followthearms.rules.tree import Sentence, Token

_INFINITIVES = frozenset({"acl", "relcl", "ROOT"})
_ABLE = frozenset({"can", "ca", "could"})
"""With a denial they tell what is so: "cannot export" is a ban that holds."""
_WEAKENED = (Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL)


def qualify(event: Event) -> Event:
    """The event with its modality, negation and dispute."""
    sentence = event.place.scene.sentence
    chain = list(chain_of(event.kind, sentence, event.head))
    found = _modality(event.kind, sentence, chain)
    event = replace(
        event,
        modality=found if found is not Modality.ACTUAL else event.modality,
        negated=event.negated or negated(event, sentence, chain),
        disputed=event.disputed or disputed(sentence, chain),
    )
    if event.negated and event.kind is Kind.APPROVAL:
        return _withheld(event)
    return _wished(event) if event.kind is Kind.AGREEMENT and event.agent == "recipient" else event


def _wished(event: Event) -> Event:
    """ "Will buy", "might procure": a purchase to come is an interest as well."""
    if event.modality is Modality.ACTUAL or Kind.INTEREST in event.kinds:
        return event
    return replace(event, kinds=(Kind.AGREEMENT, Kind.INTEREST))


def _withheld(event: Event) -> Event:
    """ "Did not approve the sale": an approval that is not given is a refusal, one that is "not yet" given is none."""
    sentence = event.place.scene.sentence
    beside = {t.lemma for i in sentence.up(event.head) for t in sentence.below(i)}
    if event.modality is not Modality.ACTUAL or "yet" in beside:
        return event
    return replace(event, kinds=(Kind.REFUSAL, *event.kinds), negated=False)


def _modality(kind: Kind, sentence: Sentence, chain: list[Token]) -> Modality:
    found = next((m for depth in range(len(chain)) if (m := _sign(kind, sentence, chain, depth))), None)
    if any(_opens_condition(sentence, t) for t in chain):
        return Modality.HYPOTHETICAL
    top = chain[-1]
    if any(_marked_by(sentence, t, modality_cues().doubts) and t.dep in ("ccomp", "pcomp") for t in chain):
        return Modality.POSSIBLE
    if found in _WEAKENED and _depends(sentence, top):
        return Modality.HYPOTHETICAL
    if found in (Modality.PLANNED, Modality.HYPOTHETICAL) and top.dep == "ccomp":
        return _reported(sentence, chain, found)
    if found is None and top.dep == "ccomp" and top.tag in ("VBP", "VBZ", "VB"):
        found = Modality.PLANNED if sentence.tokens[top.head].lemma in modality_cues().vouching else None
    return found or _infinitive(sentence, chain)


def _sign(kind: Kind, sentence: Sentence, chain: list[Token], depth: int) -> Modality | None:
    """What one word of the chain says."""
    cues, token = modality_cues(), chain[depth]
    below = list(sentence.below(token.i))
    beside = {w for t in below if t.dep in ("amod", "advmod", "compound") for w in (t.lemma, t.text.lower())}
    said = _said_of(sentence, chain, depth)
    if said:
        return said
    aux = {t.lemma for t in below if t.dep in ("aux", "auxpass")}
    for modality, words in cues.adjectives.items():
        if beside & words and (token.pos != "VERB" or (aux and modality is Modality.POSSIBLE)):
            return modality
    if aux & _ABLE and any(t.dep == "neg" for t in below):
        return Modality.ACTUAL
    for modality, words in cues.auxiliaries.items():
        if aux & words:
            return modality
    if {"be", "to"} <= aux and token.dep == "ROOT":
        return Modality.PLANNED
    return _governor(kind, sentence, token, chain[depth - 1]) if depth else _itself(token)


def _said_of(sentence: Sentence, chain: Sequence[Token], depth: int) -> Modality | None:
    """What a verb says of the happening that is its subject: "the sale is unlikely", "deliveries are to begin"."""
    cues, token = modality_cues(), chain[depth]
    if not depth or chain[depth - 1].dep not in (*SUBJECTS, "csubj"):
        return None
    told = list(sentence.below(token.i, ("acomp", "xcomp")))
    if token.lemma == "be" and any(t.lemma in cues.occurring and sentence.has_to(t.i) for t in told):
        return Modality.PLANNED
    words = {t.lemma for t in told if t.dep == "acomp"}
    return next((m for m, those in cues.adjectives.items() if words & those), None)


def _itself(token: Token) -> Modality | None:
    """What a trigger says by itself: what is "due" or "expected" has not come."""
    return next((m for m, words in modality_cues().triggers.items() if token.lemma in words), None)


def _governor(kind: Kind, sentence: Sentence, token: Token, below: Token) -> Modality | None:
    """What a word above the trigger says of what stands below it."""
    cues = modality_cues()
    infinitive = below.dep == "xcomp" and sentence.has_to(below.i)
    if infinitive and ((token.lemma == "go" and token.tag == "VBG") or token.lemma == "be"):
        return Modality.PLANNED
    if token.lemma in cues.effecting and token.tag == "VBD":
        return Modality.ACTUAL
    if kind in cues.committed and token.lemma in cues.commitments:
        return Modality.ACTUAL
    if token.pos == "VERB" and ((below.dep == "prep" and below.lemma not in cues.reaching) or token.dep == "prep"):
        return None
    return next((m for m, words in cues.above.items() if token.lemma in words), None)


def _reported(sentence: Sentence, chain: list[Token], found: Modality) -> Modality:
    """ "Said it would sell" tells of a plan, "hopes that it will sell" of a hope."""
    governor = sentence.tokens[chain[-1].head]
    if governor.lemma in modality_cues().above[Modality.POSSIBLE]:
        return Modality.POSSIBLE
    perfect = any(t.dep == "aux" and t.lemma == "have" for token in chain for t in sentence.below(token.i))
    said = governor.lemma in attribution_cues().say and governor.tag in ("VBD", "VBN") and not perfect
    return Modality.PLANNED if said else found


def _infinitive(sentence: Sentence, chain: Sequence[Token]) -> Modality:
    """ "A deal to supply", "with deliveries to begin": what is still to come; not "the first state to receive", nor
    "the failure to deliver"."""
    cues, token = modality_cues(), chain[0]
    above = sentence.tokens[token.head]
    if above in chain and token.dep in SUBJECTS and above.dep == "pcomp" and sentence.has_to(above.i):
        return Modality.PLANNED
    beside = {t.lemma for t in sentence.below(above.i, ("amod", "det"))}
    told = token.dep in ("acl", "relcl") and (bool(beside & cues.ranking) or above.lemma in cues.contrary)
    to_come = sentence.has_to(token.i) and token.dep in _INFINITIVES and not told
    return Modality.PLANNED if to_come else Modality.ACTUAL


def _marked_by(sentence: Sentence, token: Token, words: frozenset[str]) -> bool:
    return any(t.lemma in words for t in sentence.below(token.i, ("mark", "advmod")))


def _opens_condition(sentence: Sentence, token: Token) -> bool:
    return token.dep in ("advcl", "ROOT") and _marked_by(sentence, token, modality_cues().conditions)


def _depends(sentence: Sentence, token: Token) -> bool:
    """ "If the talks succeed, it might buy": a clause that a condition hangs on."""
    return any(_opens_condition(sentence, t) for t in sentence.below(token.i, ("advcl",)))
