"""Is it about arms at all? A deal in airliners or ferries is told in the same words as one in fighters and frigates.

A clause with a civil word and no military one makes no claim. Words come from `cues/relevance.yaml`.
"""

from __future__ import annotations

import functools

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event
from followthearms.model import Frozen


class RelevanceCues(Frozen):
    """What `cues/relevance.yaml` holds."""

    civil: frozenset[str]
    military: frozenset[str]


@functools.lru_cache(maxsize=1)
def relevance_cues() -> RelevanceCues:
    """The cues, read once."""
    return read_cues("relevance.yaml", RelevanceCues)


def is_civil(event: Event) -> bool:
    """True if the clause of the event speaks of civil things only."""
    sentence, cues = event.place.scene.sentence, relevance_cues()
    clause = event.place.scene.relations.of(event.head, "clause")
    words = {w for i in clause for w in (sentence.tokens[i].lemma, sentence.tokens[i].text.lower())}
    return bool(words & cues.civil) and not words & cues.military
