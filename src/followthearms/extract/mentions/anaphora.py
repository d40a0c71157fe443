"""Words that stand for something named elsewhere: "it", "the country", "the two sides", "we"; "them", "two were sent".

Each becomes a mention of its own words with the code, or the designation, of what it stands for; one that finds no
antecedent stands for nothing. A party is looked for among the doers of the sentence, then of the one before, then as
the last one named; equipment is the last named, no further back than two sentences.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from followthearms.extract.cues import read_cues
from followthearms.extract.frames.parties import PARTY_TYPES
from followthearms.model import Equipment, Frozen, Party
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_NAMED = frozenset({Form.NAME, Form.CAPITAL, Form.FORCE, Form.OFFICE, Form.BODY, Form.ADJECTIVE, Form.GROUP})
STATING = frozenset({Form.NAME, Form.BODY})
"""Forms of those who make a statement together: "we" are all of them."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_NAMING = frozenset({"amod", "compound", "nmod"})
"""Edges over which a name belongs to the word above it: the <HAL> delegation."""
_GIVEN = frozenset({"dobj", "nsubjpass", "nsubj", "pobj"})
"""Edges on which equipment stands; a "them" on another edge is people."""
_NO_PARTY = (MentionType.EQUIPMENT, MentionType.MONEY, MentionType.DATE)
"""Mentions whose words, like those of parties, stand for themselves."""
_BACK = 2
"""Sentences back to which equipment is remembered."""


class ReferenceCues(Frozen):
    """What `cues/reference.yaml` holds."""

    pronouns: frozenset[str]
    speakers: frozenset[str]
    states: frozenset[str]
    organs: frozenset[str]
    regions: frozenset[str]
    determiners: frozenset[str]
    sides: frozenset[str]
    pairs: frozenset[str]
    ways: Mapping[str, frozenset[str]]
    things: frozenset[str]
    portions: frozenset[str]


@functools.lru_cache(maxsize=1)
def reference_cues() -> ReferenceCues:
    """The cues, read once."""
    return read_cues("reference.yaml", ReferenceCues)


def anaphora(sentences: Sequence[Sentence], mentions: Sequence[Mention], voices: Sequence[Mention]) -> list[Mention]:
    """New mentions for words that stand for a party or for equipment.

    `voices` are whom the title names as speaking, best first.
    """
    taken = {i for m in mentions if m.type in (*PARTY_TYPES, *_NO_PARTY) for i in range(m.start, m.end)}
    context, found = _Context(sentences, mentions, voices), []
    for n, sentence in enumerate(sentences):
        for t in sentence.tokens:
            if t.start in taken:
                continue
            for code in context.stands_for(n, t):
                party = Party(start=t.start, end=t.end, text=t.text, code=code)
                found.append(Mention(MentionType.ACTOR, party, Form.PRONOUN))
            thing = context.thing(n, t)
            if thing is not None:
                found.append(Mention(MentionType.EQUIPMENT, thing, Form.PRONOUN))
    return found


@dataclass(frozen=True)
class Home:
    """The parties for which "we" may speak, likeliest first; the first `voices` of them the title names as speaking.

    `together`: they make a statement, so that "we" is all of these.
    """

    codes: tuple[str, ...]
    voices: int
    together: bool

    @classmethod
    def of(cls, mentions: Sequence[Mention], voices: Sequence[Mention]) -> Home:
        """From the title's voices in their order, the people, offices and forces of the article, all its parties."""
        people = [m for m in mentions if m.type is MentionType.PERSON or m.form is Form.OFFICE]
        forces = [m for m in mentions if m.form in (Form.FORCE, Form.CAPITAL)]
        speaking = list(dict.fromkeys(m.code for m in voices if m.code))
        ranked = list(speaking)
        for pool in (people, forces, mentions):
            counts = Counter(m.code for m in pool if m.code)
            ranked.extend(c for c in sorted(counts, key=lambda c: (-counts[c], c)) if c not in ranked)
        together = bool(speaking) and all(m.form in STATING for m in voices)
        return cls(tuple(ranked), len(speaking), together)

    def speaks(self, named_here: Iterable[str]) -> list[str]:
        """Who "we" is in a sentence that names some parties: hardly one that it calls by its name as well."""
        if self.together:
            return list(self.codes[: self.voices])
        others = set(named_here)
        pool = self.codes[: self.voices] or self.codes
        free = (code for code in pool if code not in others)
        return list(islice(chain(free, pool[:1] if self.voices else ()), 1))


class _Context:
    """The parties that the article names, by sentence."""

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Mention], voices: Sequence[Mention]) -> None:
        named = [m for m in mentions if m.code and (m.type is MentionType.COMPANY or _is_named(m))]
        self.sentences, self.home = sentences, Home.of(mentions, voices)
        self.things = [m for m in mentions if m.type is MentionType.EQUIPMENT]
        self._thing_starts = [m.start for m in self.things]
        starts = [m.start for m in named]
        self.here = [named[bisect_left(starts, s.start) : bisect_left(starts, s.end)] for s in sentences]
        self.doers = [[m for m in here if _does(s, m)] for s, here in zip(sentences, self.here, strict=True)]

    def stands_for(self, n: int, token: Token) -> list[str]:
        """The codes of what a token of sentence `n` stands for."""
        cues, word = reference_cues(), token.text.lower()
        # in capitals "US" is the state and "IT" the trade
        if token.pos == "PRON" and word in cues.speakers and token.text != "US":
            return self.home.speaks(m.code or "" for m in self.here[n])
        if token.pos in ("PRON", "DET") and word in cues.pronouns and token.text != "IT":
            return self._one(n, token)
        if token.pos == "NOUN" and word in cues.states | cues.organs and self._is_definite(n, token):
            return self._one(n, token)
        if token.pos == "NOUN" and token.lemma in cues.sides and self._is_pair(n, token):
            return self._two(n, token)
        return []

    def thing(self, n: int, token: Token) -> Equipment | None:
        """The equipment that a token of sentence `n` stands for, quoted by the token's own words."""
        if token.dep not in _GIVEN or not self._is_thing(n, token):
            return None
        low, high = (
            bisect_left(self._thing_starts, at) for at in (self.sentences[max(0, n - _BACK)].start, token.start)
        )
        last = next((m.span for m in reversed(self.things[low:high]) if m.end <= token.start), None)
        if not isinstance(last, Equipment):
            return None
        span = {"start": token.start, "end": token.end, "text": token.text}
        return Equipment(**span, designation=last.designation, category=last.category)

    def _is_thing(self, n: int, token: Token) -> bool:
        cues, below = reference_cues(), list(self.sentences[n].below(token.i))
        if any(t.dep == "prep" and t.lemma == "of" for t in below):
            return False
        if token.pos == "PRON":
            return token.text.lower() in cues.things
        if token.pos == "NUM":
            verb = self.sentences[n].tokens[token.head]
            return verb.pos in ("VERB", "AUX") and not any(t.pos in ("NOUN", "PROPN", "SYM") for t in below)
        return token.lemma in cues.portions

    def _is_definite(self, n: int, token: Token) -> bool:
        below = list(self.sentences[n].below(token.i))
        definite = any(t.lemma in reference_cues().determiners and t.dep in ("det", "poss") for t in below)
        named = (t for t in below if t.dep in ("amod", "compound", "poss", "nmod") and t.pos == "PROPN")
        return definite and all(t.lemma.lower() in reference_cues().regions for t in named)

    def _is_pair(self, n: int, token: Token) -> bool:
        return any(t.lemma in reference_cues().pairs for t in self.sentences[n].below(token.i))

    def _one(self, n: int, token: Token) -> list[str]:
        later = {m.code for m in self.here[n] if m.start > token.start}
        pronoun = token.lemma in reference_cues().pronouns  # "it" may be a firm, "the country" is none
        fronted = [m.code for m in self.doers[n] if m.start > token.end and m.code]
        if pronoun and fronted and not any(m.end <= token.start for m in self.doers[n]):
            return fronted[:1]
        antecedents = (m for m in self._antecedents(n, token) if pronoun or m.type is not MentionType.COMPANY)
        codes = (m.code for m in antecedents if m.code)
        first = next(codes, None)
        code = next((c for c in chain([first], codes) if c not in later), first)
        return [code] if code else []

    def _two(self, n: int, token: Token) -> list[str]:
        codes = (m.code for m in self._antecedents(n, token) if m.code)
        first = next(codes, None)
        second = next((c for c in codes if c != first), None)
        return [first, second] if first and second else []

    def _antecedents(self, n: int, token: Token) -> Iterator[Mention]:
        """Parties named before a token, likeliest first."""
        yield from (m for m in reversed(self.doers[n]) if m.end <= token.start)
        if n:
            yield from self.doers[n - 1]
        for k in range(n, -1, -1):
            yield from (m for m in reversed(self.here[k]) if m.end <= token.start)


def _is_named(mention: Mention) -> bool:
    return mention.type is MentionType.ACTOR and mention.form in _NAMED


def _does(sentence: Sentence, mention: Mention) -> bool:
    """True if a mention is, or names, the subject of a clause."""
    at = sentence.at(mention.start, mention.end)
    if not at:
        return False
    token = sentence.tokens[sentence.head_of(at)]
    while token.dep in _NAMING and token.head != token.i:
        token = sentence.tokens[token.head]
    return token.dep in _SUBJECTS
