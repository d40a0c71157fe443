"""How far a word reaches: the chain of a trigger, and the words of `cues/modality.yaml` that are sought on it.

The chain of a trigger is the trigger and the words that govern it up to the main verb of its clause, an outer verb
included ("is expected to begin delivering"). What stands on the chain qualifies the event, what stands beside it does
not.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from followthearms.extract.cues import read_cues
from followthearms.model import Frozen, Kind, Modality
from followthearms.rules.tree import Sentence, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GOVERNED = frozenset({
    "xcomp", "pcomp", "prep", "pobj", "dobj", "dative", "nsubj", "nsubjpass", "attr", "acomp", "oprd", "acl", "compound"
})  # fmt: skip
"""Edges that lead from a word up to what qualifies it."""
_NOUNS = ("NOUN", "PROPN")


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
    none: frozenset[str]
    contrary: frozenset[str]
    disputes: frozenset[str]
    hearsay: frozenset[str]
    rebutting: frozenset[str]


@functools.lru_cache(maxsize=1)
def modality_cues() -> ModalityCues:
    """The cues, read once."""
    return read_cues("modality.yaml", ModalityCues)


def chain_of(kind: Kind, sentence: Sentence, head: int) -> Iterator[Token]:
    """The trigger and its governors, nearest first, within the clause."""
    token = sentence.tokens[head]
    yield token
    while token.head != token.i:
        above = sentence.tokens[token.head]
        if not (is_joined(sentence, token, above) or _is_governed(kind, sentence, token, above)):
            return
        token = above
        yield token


def is_joined(sentence: Sentence, token: Token, above: Token) -> bool:
    """ "Will sign and deliver": the second of two verbs shares what stands on the first, unless it has its own."""
    if token.dep != "conj":
        return False
    if token.pos in _NOUNS and above.pos in _NOUNS:
        return True
    own = any(t.dep in (*SUBJECTS, "aux") for t in sentence.below(token.i))
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
        below = [t.dep for t in sentence.below(token.i)]
        told = above.lemma in cues.hearsay and "mark" in below  # "reports that it is selling"
        return not told and (token.tag != "VBN" or "auxpass" in below)
    if token.dep == "csubj":
        return above.lemma in cues.occurring
    if token.dep == "advcl":
        return sentence.has_to(token.i)
    if token.dep not in _GOVERNED or (token.dep in ("prep", "pcomp", "pobj") and above.lemma in cues.before_it):
        return False
    if token.dep == "prep" and above.pos == "ADJ":
        return above.lemma in cues.contrary or any(above.lemma in words for words in cues.above.values())
    if token.dep == "nsubj":
        return above.pos in ("AUX", "VERB") and above.lemma in cues.occurring
    if token.pos in _NOUNS and kind in cues.standing and above.pos == "VERB":
        return above.lemma in cues.bringing
    return True


def _is_infinite(sentence: Sentence, token: Token) -> bool:
    """ "Allows them to sell", "might see officials visiting": a complement without a tense of its own."""
    tensed = any(t.dep == "aux" for t in sentence.below(token.i))
    return sentence.has_to(token.i) or (token.tag == "VBG" and not tensed)
