"""How firmly an event is told: modality, negation, dispute. Words come from `cues/modality.yaml`; this is their scope.

The chain of a trigger is the trigger and the words that govern it up to the main verb of its clause, an outer verb
included ("is expected to begin delivering"). What stands on the chain qualifies the event, what stands beside it does
not. Of several signs the one nearest to the trigger holds, but a condition and a doubt weaken whatever they govern.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from followthearms.extract.completing.attribution import attribution_cues
from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event
from followthearms.model import Frozen, Kind, Modality
from followthearms.rules.tree import Sentence, Token

_GOVERNED = frozenset({
    "xcomp", "pcomp", "prep", "pobj", "dobj", "dative", "nsubj", "nsubjpass", "attr", "acomp", "oprd", "acl", "compound"
})  # fmt: skip
"""Edges that lead from a word up to what qualifies it."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INFINITIVES = frozenset({"acl", "relcl", "ROOT"})
_NOUNS = ("NOUN", "PROPN")
_ABLE = frozenset({"can", "ca", "could"})
"""With a denial they tell what is so: "cannot export" is a ban that holds."""
_WEAKENED = (Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL)


class ModalityCues(Frozen):
    """What `cues/modality.yaml` holds."""

    auxiliaries: Mapping[Modality, frozenset[str]]
    above: Mapping[Modality, frozenset[str]]
    commitments: frozenset[str]
    committed: frozenset[Kind]
    reaching: frozenset[str]
    adjectives: Mapping[Modality, frozenset[str]]
    conditions: frozenset[str]
    doubts: frozenset[str]
    standing: frozenset[Kind]
    bringing: frozenset[str]
    occurring: frozenset[str]
    before_it: frozenset[str]
    factive: frozenset[str]
    vouching: frozenset[str]
    effecting: frozenset[str]
    ranking: frozenset[str]
    triggers: Mapping[Modality, frozenset[str]]
    negators: frozenset[str]
    weakening: frozenset[str]
    undoing: Mapping[Kind, frozenset[str]]
    affirming: frozenset[str]
    beliefs: frozenset[str]
    excluding: frozenset[str]
    contrary: frozenset[str]
    disputes: frozenset[str]


@functools.lru_cache(maxsize=1)
def modality_cues() -> ModalityCues:
    """The cues, read once."""
    return read_cues("modality.yaml", ModalityCues)


def qualify(event: Event) -> Event:
    """The event with its modality, negation and dispute."""
    sentence = event.place.scene.sentence
    chain = list(_chain(event.kind, sentence, event.head))
    found = _modality(event.kind, sentence, chain)
    event = replace(
        event,
        modality=found if found is not Modality.ACTUAL else event.modality,
        negated=event.negated or _negated(event, sentence, chain),
        disputed=event.disputed or _disputed(sentence, chain),
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


def _chain(kind: Kind, sentence: Sentence, head: int) -> Iterator[Token]:
    """The trigger and its governors, nearest first, within the clause."""
    token = sentence.tokens[head]
    yield token
    while token.head != token.i:
        above = sentence.tokens[token.head]
        if not (_is_joined(sentence, token, above) or _is_governed(kind, sentence, token, above)):
            return
        token = above
        yield token


def _is_joined(sentence: Sentence, token: Token, above: Token) -> bool:
    """ "Will sign and deliver": the second of two verbs shares what stands on the first, unless it has its own."""
    if token.dep != "conj":
        return False
    if token.pos in _NOUNS and above.pos in _NOUNS:
        return True
    own = any(t.dep in (*_SUBJECTS, "aux") for t in sentence.below(token.i))
    return token.pos == above.pos == "VERB" and not own


def _is_governed(kind: Kind, sentence: Sentence, token: Token, above: Token) -> bool:
    cues = modality_cues()
    if above.lemma in cues.factive:
        return False
    if token.dep == "ccomp":
        return _is_infinite(sentence, token)
    if token.dep == "relcl":
        return above.pos in _NOUNS and sentence.has_to(token.i)
    if token.dep == "acl":
        return token.tag != "VBN" or any(t.dep == "auxpass" for t in sentence.below(token.i))
    if token.dep == "csubj":
        return above.lemma in cues.occurring
    if token.dep == "advcl":
        return sentence.has_to(token.i)
    if token.dep not in _GOVERNED or (token.dep in ("prep", "pcomp", "pobj") and above.lemma in cues.before_it):
        return False
    if token.dep == "nsubj":
        return above.pos in ("AUX", "VERB") and above.lemma in cues.occurring
    if token.pos in _NOUNS and kind in cues.standing and above.pos == "VERB":
        return above.lemma in cues.bringing
    return True


def _is_infinite(sentence: Sentence, token: Token) -> bool:
    """ "Allows them to sell", "might see officials visiting": a complement without a tense of its own."""
    tensed = any(t.dep == "aux" for t in sentence.below(token.i))
    return sentence.has_to(token.i) or (token.tag == "VBG" and not tensed)


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
    return found or _infinitive(sentence, chain[0])


def _sign(kind: Kind, sentence: Sentence, chain: list[Token], depth: int) -> Modality | None:
    """What one word of the chain says."""
    cues, token = modality_cues(), chain[depth]
    below = list(sentence.below(token.i))
    beside = {w for t in below if t.dep in ("amod", "advmod", "compound") for w in (t.lemma, t.text.lower())}
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


def _infinitive(sentence: Sentence, token: Token) -> Modality:
    """ "A deal to supply", "to be delivered": what is still to come; not "the first state to receive"."""
    beside = {t.lemma for t in sentence.below(token.head, ("amod", "det"))}
    ranked = token.dep in ("acl", "relcl") and bool(beside & modality_cues().ranking)
    to_come = sentence.has_to(token.i) and token.dep in _INFINITIVES and not ranked
    return Modality.PLANNED if to_come else Modality.ACTUAL


def _marked_by(sentence: Sentence, token: Token, words: frozenset[str]) -> bool:
    return any(t.lemma in words for t in sentence.below(token.i, ("mark", "advmod")))


def _opens_condition(sentence: Sentence, token: Token) -> bool:
    return token.dep in ("advcl", "ROOT") and _marked_by(sentence, token, modality_cues().conditions)


def _depends(sentence: Sentence, token: Token) -> bool:
    """ "If the talks succeed, it might buy": a clause that a condition hangs on."""
    return any(_opens_condition(sentence, t) for t in sentence.below(token.i, ("advcl",)))


def _negated(event: Event, sentence: Sentence, chain: list[Token]) -> bool:
    """An odd number of denials on the chain, those that belong to the trigger ("will not sell": a refusal) left out.

    A contrary kind ("cannot refuse") counts like any other trigger.
    """
    cues = modality_cues()
    count = int(chain[0].lemma in cues.undoing.get(event.kind, ()))
    for depth, token in enumerate(chain):
        below = list(sentence.below(token.i))
        described = depth and chain[depth - 1].dep == "nsubj" and any(t.dep in ("attr", "acomp") for t in below)
        beside = [t for t in below if t.i not in event.trigger]
        count += 0 if described else sum(_denies(sentence, t) for t in beside)
        towards = chain[depth - 1].i if depth else -1
        subject = [t for t in below if t.dep in ("nsubj", "nsubjpass", "dobj") and t.i != towards]
        dets = [d for t in subject for d in sentence.below(t.i, ("det",)) if d.i not in event.trigger]
        count += sum(d.lemma == "no" for d in dets)
        count += token.dep in ("pcomp", "pobj") and sentence.tokens[token.head].lemma == "without"
        count += bool(depth) and token.lemma in cues.contrary and event.kind not in (Kind.REFUSAL, Kind.RESTRICTION)
        count += bool(depth) and _is_outstanding(chain[depth - 1], below)
    return (count + _disbelieved(sentence, chain[-1])) % 2 == 1


def _is_outstanding(inner: Token, below: Sequence[Token]) -> bool:
    """ "Has yet to deliver", "the talks are yet to begin"."""
    opened = inner.dep == "xcomp" or (inner.dep in _SUBJECTS and any(t.dep == "xcomp" for t in below))
    return opened and any(t.lemma == "yet" for t in below)


def _denies(sentence: Sentence, token: Token) -> bool:
    """A word of denial; "not only" affirms."""
    cues = modality_cues()
    words = {token.text.lower(), f"{sentence.tokens[token.i - 1].lemma} {token.text.lower()}" if token.i else ""}
    weakened = token.dep in ("amod", "advmod") and bool(words & cues.weakening)
    denial = token.dep == "neg" or (token.dep in ("det", "preconj", "cc") and token.lemma in cues.negators)
    following = sentence.tokens[token.i + 1].lemma if token.i + 1 < len(sentence.tokens) else ""
    return weakened or (denial and following not in cues.affirming)


def _disbelieved(sentence: Sentence, top: Token) -> bool:
    """ "We do not believe that it delivered", "it is unlikely that it will": the denial stands above the clause."""
    governor, cues = sentence.tokens[top.head], modality_cues()
    if top.dep not in ("ccomp", "csubj"):
        return False
    said_of = {governor.lemma, *(t.lemma for t in sentence.below(governor.i, ("acomp",)))}
    disbelieved = governor.lemma in cues.beliefs and any(t.dep == "neg" for t in sentence.below(governor.i))
    return bool(said_of & cues.excluding) or disbelieved


def _disputed(sentence: Sentence, chain: list[Token]) -> bool:
    words = modality_cues().disputes
    top = chain[-1]
    around = {t.lemma for token in chain for t in sentence.below(token.i, ("amod", "advmod"))}
    governor = sentence.tokens[top.head].lemma if top.dep in ("ccomp", "pcomp", "advcl", "acl") else ""
    return bool(words & around) or governor in words or bool(words & {t.lemma for t in chain[1:]})
