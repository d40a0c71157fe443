"""Is it about arms at all? A deal in airliners or ferries is told in the same words as one in fighters and frigates.

A clause with a civil word and no military one makes no claim; neither do talks and payments where nothing military
is named near, nor what is told of weapons that nobody trades. Words come from `cues/relevance.yaml`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.model import Equipment, Frozen, Kind
from followthearms.model.mentions import MentionType


class RelevanceCues(Frozen):
    """What `cues/relevance.yaml` holds."""

    civil: frozenset[str]
    military: frozenset[str]
    general: frozenset[Kind]
    untraded: frozenset[str]


@functools.lru_cache(maxsize=1)
def relevance_cues() -> RelevanceCues:
    """The cues, read once."""
    return read_cues("relevance.yaml", RelevanceCues)


def is_civil(event: Event, article: Sequence[Place]) -> bool:
    """True if the event is about civil things only, about arms that nobody trades, or not about arms at all.

    `article` holds the sentences of the event's text, each at its own index.
    """
    cues, place = relevance_cues(), event.place
    clause = _words(place, place.scene.relations.of(event.head, "clause"))
    if clause & cues.civil and not clause & cues.military:
        return True
    items = [m.span for m in place.of_type(MentionType.EQUIPMENT) if isinstance(m.span, Equipment)]
    if items:
        return all(item.category in cues.untraded for item in items)
    near = article[max(0, place.index - 1) : place.index + 1]
    return event.kind in cues.general and not any(_is_military(other) for other in near)


def _is_military(place: Place) -> bool:
    words = _words(place, range(len(place.scene.sentence.tokens)))
    return bool(place.of_type(MentionType.EQUIPMENT)) or bool(words & relevance_cues().military)


def _words(place: Place, tokens: Iterable[int]) -> set[str]:
    every = place.scene.sentence.tokens
    return {word for i in tokens for word in (every[i].lemma, every[i].text.lower())}
