"""Parties that the sentence does not name: pronouns, "the country", and what is taken over from the article.

`anaphora` finds words that stand for a party and gives them its code. `inherit` fills the side of a transfer that the
sentence leaves open, from the article: the partner it names for the same party elsewhere, the maker of the equipment,
the nearest earlier party. What is inherited is marked so.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event
from followthearms.extract.parties import PARTY_TYPES, Flows, Makers
from followthearms.model import SYMMETRIC, Equipment, Frozen, Kind, Party
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_NAMED = frozenset({Form.NAME, Form.CAPITAL, Form.FORCE, Form.OFFICE, Form.BODY, Form.ADJECTIVE, Form.GROUP})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


class ReferenceCues(Frozen):
    """What `cues/reference.yaml` holds."""

    pronouns: frozenset[str]
    speakers: frozenset[str]
    states: frozenset[str]
    organs: frozenset[str]
    determiners: frozenset[str]


@functools.lru_cache(maxsize=1)
def reference_cues() -> ReferenceCues:
    """The cues, read once."""
    return read_cues("reference.yaml", ReferenceCues)


def anaphora(sentences: Sequence[Sentence], mentions: Sequence[Mention], voices: Sequence[Mention]) -> list[Mention]:
    """New mentions for words that stand for a party; those that find no antecedent stand for nothing.

    `voices` are whom the title names as speaking, best first.
    """
    named = [m for m in mentions if m.type is MentionType.ACTOR and m.form in _NAMED]
    home = _home(mentions, voices)
    taken = {i for m in mentions if m.type in PARTY_TYPES for i in range(m.start, m.end)}
    found: list[Mention] = []
    for sentence in sentences:
        for token in sentence.tokens:
            if token.start in taken:
                continue
            code = _stands_for(sentence, token, named, home)
            if code:
                found.append(_mention(token, code))
    return found


def _mention(token: Token, code: str) -> Mention:
    span = Party(start=token.start, end=token.end, text=token.text, code=code)
    return Mention(MentionType.ACTOR, span, Form.PRONOUN)


def _home(mentions: Iterable[Mention], voices: Sequence[Mention]) -> str | None:
    """The party for which "we" speaks: that of the title's voice, else of most of the people, else of most mentions."""
    for pool in (voices, [m for m in mentions if m.type is MentionType.PERSON or m.form is Form.OFFICE], mentions):
        counts = Counter(m.code for m in pool if m.code)
        if counts:
            return min(counts, key=lambda c: (-counts[c], c))
    return None


def _stands_for(sentence: Sentence, token: Token, named: Sequence[Mention], home: str | None) -> str | None:
    cues = reference_cues()
    lemma = token.text.lower()
    if token.pos in ("PRON", "DET") and lemma in cues.pronouns and token.text != "IT":
        return _last_doer(sentence, token, named)
    if token.pos == "PRON" and lemma in cues.speakers and token.text != "US":
        return home
    if token.pos == "NOUN" and lemma in cues.states | cues.organs:
        below = list(sentence.below(token.i))
        definite = any(t.lemma in cues.determiners and t.dep in ("det", "poss") for t in below)
        named_by_other = any(t.dep in ("amod", "compound", "poss", "nmod") and t.pos == "PROPN" for t in below)
        if definite and not named_by_other:
            return _last_doer(sentence, token, named)
    return None


def _last_doer(sentence: Sentence, token: Token, named: Sequence[Mention]) -> str | None:
    """The last party named before the token, one that is a subject of this or the last sentence first."""
    before = [m for m in named if m.end <= token.start]
    if not before:
        return None
    inside = [m for m in before if m.start >= sentence.start]
    for mention in reversed(inside):
        at = sentence.at(mention.start, mention.end)
        if at and sentence.tokens[sentence.head_of(at)].dep in _SUBJECTS:
            return mention.code
    return before[-1].code


@dataclass(frozen=True)
class Article:
    """What inheritance draws on: all parties and equipment of the text, in order, and which way transfers run."""

    mentions: tuple[Mention, ...]
    flows: Flows
    makers: Makers

    def parties(self) -> list[Mention]:
        """The mentions that name a party by itself."""
        return [m for m in self.mentions if m.type is MentionType.ACTOR and m.code and m.form is not Form.PRONOUN]

    def nearest(self, code: str, at: int) -> Mention | None:
        """The mention of a code nearest before an offset, else the first after it."""
        named = [m for m in self.parties() if m.code == code]
        before = [m for m in named if m.start < at]
        return before[-1] if before else (named[0] if named else None)


def inherit(event: Event, article: Article) -> Event:
    """The event with its open sides filled from the article, marked as inherited."""
    if event.kind in SYMMETRIC:
        return _second_party(event, article)
    event = _equipment(event, article)
    for role, other in (("supplier", "recipient"), ("recipient", "supplier")):
        if not event.roles.get(role):
            mention = _missing(event, role, other, article)
            if mention:
                event = replace(event.with_roles(**{role: (mention,)}), inherited=event.inherited | {role})
    return event


def _missing(event: Event, role: str, other: str, article: Article) -> Mention | None:
    at, taken = event.token.start, event.codes(other, "actor")
    for code in _likely(event, role, other, article):
        if code not in taken and (mention := article.nearest(code, at)):
            return mention
    if event.kind in (Kind.HOLDING, Kind.INTEREST) and role == "supplier":
        return None
    in_sentence = [m for m in event.place.of_type(MentionType.ACTOR) if m.code and m.code not in taken]
    if in_sentence:
        return min(in_sentence, key=lambda m: abs(m.start - at))
    earlier = [m for m in article.parties() if m.start < at and m.code not in taken]
    return earlier[-1] if earlier else None


def _likely(event: Event, role: str, other: str, article: Article) -> list[str]:
    """Codes that the article suggests for a side, best first."""
    codes: list[str] = []
    if role == "supplier":
        for mention in event.roles.get("equipment", ()):
            if isinstance(mention.span, Equipment):
                codes.extend(sorted(article.makers(mention.span)))
    for code in sorted(event.codes(other)):
        codes.extend(article.flows.partners(code, giving=role == "recipient"))
    return codes


def _equipment(event: Event, article: Article) -> Event:
    if event.roles.get("equipment") or event.kind in (Kind.PAYMENT,):
        return event
    here = event.place.of_type(MentionType.EQUIPMENT)
    earlier = [m for m in article.mentions if m.type is MentionType.EQUIPMENT and m.start < event.token.start]
    nearest = min(here, key=lambda m: abs(m.start - event.token.start)) if here else earlier[-1] if earlier else None
    if nearest is None:
        return event
    return replace(event.with_roles(equipment=(nearest,)), inherited=event.inherited | {"equipment"})


def _second_party(event: Event, article: Article) -> Event:
    parties = event.roles.get("parties", ())
    if len({m.code for m in parties}) >= 2:
        return event
    have, at = {m.code for m in parties}, event.token.start
    near = [m for m in event.place.of_type(MentionType.ACTOR) if m.code and m.code not in have]
    earlier = [m for m in article.parties() if m.start < at and m.code not in have]
    pool = sorted(near, key=lambda m: abs(m.start - at)) or earlier[::-1]
    found = []
    for mention in pool:
        if len(have) < 2 and mention.code not in have:
            have.add(mention.code)
            found.append(mention)
    if not found:
        return event
    return replace(event.with_roles(parties=(*parties, *found)), inherited=event.inherited | {"parties"})
