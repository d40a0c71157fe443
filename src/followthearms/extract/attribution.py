"""Who says so: the speaker and the medium of each event.

The speaker is the subject of the verb of saying whose clause holds the event, or what stands after "according to"; a
quotation that runs over sentences keeps the speaker who is named with it. Words come from `cues/attribution.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.model import Frozen, Party, Span
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Token

_INNER = frozenset({"det", "punct", "relcl", "acl", "prep", "appos", "cc", "conj", "case", "predet", "advcl", "parataxis"})
_QUOTES = '"“”„«»'
_PARTY = (MentionType.PERSON, MentionType.ACTOR, MentionType.COMPANY)


class AttributionCues(Frozen):
    """What `cues/attribution.yaml` holds."""

    say: frozenset[str]
    according: frozenset[str]
    outlets: tuple[str, ...]

    @functools.cached_property
    def outlet_names(self) -> re.Pattern[str]:
        """Any outlet's name, the longest first."""
        names = sorted(self.outlets, key=len, reverse=True)
        return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])")


@functools.lru_cache(maxsize=1)
def attribution_cues() -> AttributionCues:
    """The cues, read once."""
    return read_cues("attribution.yaml", AttributionCues)


@dataclass(frozen=True)
class Source:
    """Who is credited in a sentence, by the verb that does it."""

    verb: int
    speaker: Party | None
    medium: Span | None


def attribute(events: Sequence[Event], article: Sequence[Place], text: str) -> list[Event]:
    """The events with speaker and medium."""
    sources = {p.index: _sources(p, text) for p in article}
    quoted = _quoted(article, text)
    return [_credit(e, sources, quoted) for e in events]


def _credit(event: Event, sources: dict[int, list[Source]], quoted: dict[int, int]) -> Event:
    own = _governing(event, sources[event.place.index])
    if own is None and event.place.index in quoted:
        others = sources[quoted[event.place.index]]
        own = others[0] if others else None
    if own is None:
        return event
    speaker = () if own.speaker is None else (own.speaker,)
    return replace(event, speaker=speaker, medium=own.medium)


def _governing(event: Event, sources: Sequence[Source]) -> Source | None:
    """The source whose verb stands above the event, or that is named for the whole sentence."""
    tokens = event.place.scene.sentence.tokens
    above, i = set(), event.head
    while tokens[i].head != i:
        i = tokens[i].head
        above.add(i)
    for source in sources:
        if source.verb in above and source.verb != event.head:
            return source
    whole = [s for s in sources if tokens[s.verb].lemma in attribution_cues().according]
    return whole[0] if whole else None


def _sources(place: Place, text: str) -> list[Source]:
    found = []
    for token in place.scene.sentence.tokens:
        cues = attribution_cues()
        if token.lemma in cues.say and token.pos == "VERB":
            subjects = place.scene.relations.of(token.i, "subject")
            found.append(_source(place, token, subjects[:1], text))
        elif token.lemma in cues.according:
            below = [t for t in place.scene.sentence.below(token.i)]
            ends = [t.i for t in below if t.dep in ("pobj", "dobj")]
            ends += [t.i for p in below if p.dep == "prep" for t in place.scene.sentence.below(p.i, ("pobj",))]
            found.append(_source(place, token, ends[:1], text))
    return [s for s in found if s.speaker or s.medium]


def _source(place: Place, verb: Token, subjects: Sequence[int], text: str) -> Source:
    medium = _medium(place, text)
    speaker = _speaker(place, subjects[0], text) if subjects else None
    if medium and speaker and medium.start <= speaker.start < medium.end:
        speaker = None
    return Source(verb.i, speaker, medium)


def _medium(place: Place, text: str) -> Span | None:
    found = attribution_cues().outlet_names.search(text, place.start, place.end)
    return Span(start=found.start(), end=found.end(), text=found[0]) if found else None


def _speaker(place: Place, i: int, text: str) -> Party | None:
    """The phrase that a subject heads, as a party with the code of what names it."""
    sentence = place.scene.sentence
    person = _mention_at(place, i, (MentionType.PERSON,))
    if person is not None:
        return Party(start=person.start, end=person.end, text=person.span.text, code=person.code)
    if sentence.tokens[i].pos == "PRON" and sentence.tokens[i].lemma in ("it", "they", "that", "this", "which", "who", "i", "we", "you"):
        return None
    kept = [i] + [j for t in sentence.below(i) if t.dep not in _INNER for j in sentence.subtree(t.i)]
    start, end = sentence.tokens[min(kept)].start, sentence.tokens[max(kept)].end
    party = next((m for m in place.of_type(*_PARTY) if start <= m.start and m.end <= end), None)
    return Party(start=start, end=end, text=text[start:end], code=party.code if party else None)


def _mention_at(place: Place, i: int, types: tuple[MentionType, ...]) -> Mention | None:
    token = place.scene.sentence.tokens[i]
    return next((m for m in place.of_type(*types) if m.start < token.end and token.start < m.end), None)


def _quoted(article: Sequence[Place], text: str) -> dict[int, int]:
    """For each sentence inside a quotation without a verb of saying: the sentence that names who is quoted."""
    named: dict[int, int] = {}
    speaking: int | None = None
    inside = False
    for place in article:
        words = text[place.start : place.end]
        marks = sum(words.count(q) for q in _QUOTES)
        says = bool(_sources(place, text))
        if says:
            speaking = place.index
        elif (inside or words[:1] in _QUOTES) and speaking is not None:
            named[place.index] = speaking
        inside = inside != (marks % 2 == 1)
    return named
