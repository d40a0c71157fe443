"""How firmly an event is told: modality, negation, dispute. Words come from `cues/modality.yaml`; this is their scope.

The chain of a trigger is the trigger and the words that govern it up to the main verb of its clause, an outer verb
included ("is expected to begin delivering"). What stands on the chain qualifies the event; what stands beside it does not.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event
from followthearms.model import Frozen, Kind, Modality
from followthearms.rules.tree import Sentence, Token

_GOVERNED = frozenset({"xcomp", "pcomp", "prep", "pobj", "dobj", "nsubjpass", "acl", "attr", "acomp", "oprd", "dative", "nsubj", "compound"})
_OWN_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_CONTROLLED = frozenset({"xcomp", "pcomp", "acl", "ccomp"})


class ModalityCues(Frozen):
    """What `cues/modality.yaml` holds."""

    auxiliaries: Mapping[Modality, frozenset[str]]
    above: Mapping[Modality, frozenset[str]]
    adjectives: Mapping[Modality, frozenset[str]]
    conditions: frozenset[str]
    settled: frozenset[Kind]
    negators: frozenset[str]
    contrary: frozenset[str]
    disputes: frozenset[str]


@functools.lru_cache(maxsize=1)
def modality_cues() -> ModalityCues:
    """The cues, read once."""
    return read_cues("modality.yaml", ModalityCues)


def qualify(event: Event) -> Event:
    """The event with its modality, negation and dispute."""
    sentence = event.place.scene.sentence
    chain = list(_chain(sentence, event.head))
    found = _modality(event, sentence, chain)
    return replace(
        event,
        modality=found if found is not Modality.ACTUAL else event.modality,
        negated=event.negated or _negated(event, sentence, chain),
        disputed=event.disputed or _disputed(sentence, chain),
    )


def _chain(sentence: Sentence, head: int) -> Iterator[Token]:
    """The trigger and its governors, nearest first, within the clause."""
    token = sentence.tokens[head]
    yield token
    while token.head != token.i:
        above = sentence.tokens[token.head]
        joined = token.dep == "conj" and token.pos == above.pos == "VERB" and not any(sentence.below(token.i, _OWN_SUBJECT))
        if not joined and token.dep not in _GOVERNED:
            return
        if token.dep == "nsubj" and above.pos not in ("AUX", "VERB"):
            return
        token = above
        yield token


def _modality(event: Event, sentence: Sentence, chain: list[Token]) -> Modality:
    cues = modality_cues()
    settled = event.kind in cues.settled
    if any(_opens_condition(sentence, t) for t in chain):
        return Modality.HYPOTHETICAL
    for depth, token in enumerate(chain):
        below = list(sentence.below(token.i))
        lemmas = {t.lemma for t in below if t.dep in ("aux", "auxpass")}
        for modality, words in cues.auxiliaries.items():
            if lemmas & words:
                return modality
        if "be" in lemmas and any(t.dep == "aux" and t.lemma == "to" for t in below) and token.dep != "xcomp":
            return Modality.PLANNED
        adjectives = {t.lemma for t in below if t.dep in ("amod", "advmod", "compound")}
        for modality, words in cues.adjectives.items():
            if adjectives & words and token.pos != "VERB":
                return modality
        if settled and depth == 0 and token.pos == "VERB":
            continue
        if depth and not settled:
            for modality, words in cues.above.items():
                if token.lemma in words and chain[depth - 1].dep in (*_CONTROLLED, "dobj", "pobj", "prep"):
                    return modality
    return Modality.ACTUAL if settled else _infinitive(sentence, chain[0])


def _infinitive(sentence: Sentence, token: Token) -> Modality:
    """ "A deal to supply", "to be delivered": what is still to come."""
    to = any(t.dep == "aux" and t.lemma == "to" for t in sentence.below(token.i))
    return Modality.PLANNED if to and token.dep in ("acl", "relcl", "advcl", "ROOT", "xcomp") else Modality.ACTUAL


def _opens_condition(sentence: Sentence, token: Token) -> bool:
    marks = {t.lemma for t in sentence.below(token.i, ("mark", "advmod"))}
    return bool(marks & modality_cues().conditions) and token.dep in ("advcl", "ccomp", "ROOT", "pcomp")


def _negated(event: Event, sentence: Sentence, chain: list[Token]) -> bool:
    """An odd number of denials on the chain; a contrary kind ("cannot refuse") counts like any other trigger."""
    cues = modality_cues()
    count = 0
    for depth, token in enumerate(chain):
        below = list(sentence.below(token.i))
        count += sum(t.dep == "neg" or (t.dep in ("det", "preconj", "cc") and t.lemma in cues.negators) for t in below)
        subject = [t for t in below if t.dep in ("nsubj", "nsubjpass", "dobj") and t.i != (chain[depth - 1].i if depth else -1)]
        count += sum(any(d.dep == "det" and d.lemma == "no" for d in sentence.below(t.i)) for t in subject)
        count += token.dep in ("pcomp", "pobj") and sentence.tokens[token.head].lemma == "without"
        count += bool(depth) and token.lemma in cues.contrary and event.kind not in (Kind.REFUSAL, Kind.RESTRICTION)
    return count % 2 == 1


def _disputed(sentence: Sentence, chain: list[Token]) -> bool:
    words = modality_cues().disputes
    top = chain[-1]
    around = {t.lemma for token in chain for t in sentence.below(token.i, ("amod", "advmod"))}
    governor = sentence.tokens[top.head].lemma if top.dep in ("ccomp", "pcomp", "advcl", "acl") else ""
    return bool(words & around) or governor in words or bool(words & {t.lemma for t in chain[1:]})
