"""From sentences and mentions to events: the frames propose, nothing is decided yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followthearms.extract.events import Event, Place, tags
from followthearms.model import Kind
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.matcher import Match, Matcher, Scene
from followthearms.rules.tree import Sentence

LISTED = 5
"""Things in a row that count as one more part of the frame: who lists so much tells of it."""


def places(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Place]:
    """Each sentence with the mentions that stand in it. Both come in text order."""
    found, n = [], 0
    for index, sentence in enumerate(sentences):
        while n < len(mentions) and mentions[n].end <= sentence.start:
            n += 1
        last = n
        while last < len(mentions) and mentions[last].start < sentence.end:
            last += 1
        here = tuple(m for m in mentions[n:last] if m.start >= sentence.start and m.end <= sentence.end)
        at = {i: tuple(sentence.at(m.start, m.end)) for i, m in enumerate(here)}
        heads = {i: sentence.head_of(tokens) for i, tokens in at.items() if tokens}
        found.append(Place(index, Scene(sentence, tags(here, at, heads)), here))
    return found


def candidates(article: Sequence[Place], matcher: Matcher) -> Iterator[Event]:
    """What the frames find, sentence by sentence."""
    for place in article:
        if place.mentions:
            named = _inside_names(place)
            for match in matcher.matches(place.scene):
                if match.head not in named:
                    yield _event(place, match)


def _inside_names(place: Place) -> set[int]:
    """Tokens inside the name of a firm or a person: the "cooperation" of an agency's name tells nothing."""
    names = place.of_type(MentionType.COMPANY, MentionType.PERSON)
    return {i for m in names for i in place.scene.sentence.at(m.start, m.end)}


def _event(place: Place, match: Match) -> Event:
    return Event(
        place=place,
        frame=match.frame.frame,
        pattern=match.pattern,
        kinds=tuple(Kind(k) for k in match.frame.kind),
        head=match.head,
        trigger=match.trigger,
        weight=match.frame.weight,
        found=len(match.roles) + (len(match.roles.get("equipment", ())) >= LISTED),
        agent=match.frame.agent,
        roles={role: tuple(place.mentions[t.ref] for t in tags_) for role, tags_ in match.roles.items() if tags_},
    )
