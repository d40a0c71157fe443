"""What belongs to which event, where one sentence tells of several.

"Denmark delivered shells, and Estonia gave howitzers": what stands in a joined clause belongs to its event. What is
given for something else ("in return for tanks sent to Kyiv") is told apart from it, and who gets what is given in
return has given the other thing, if nobody else is named. Words from `cues/parting.yaml`.
Invariant: every event that goes in comes out, in order, and none loses all that it has in a role to a joined clause.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import groupby

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.model import SYMMETRIC, Extent, Frozen
from followthearms.model.mentions import Mention
from followthearms.rules.tree import Sentence

_SIDES = ("supplier", "recipient")


class PartingCues(Frozen):
    """What `cues/parting.yaml` holds."""

    exchange: tuple[str, ...]


@functools.lru_cache(maxsize=1)
def parting_cues() -> PartingCues:
    """The cues, read once."""
    return read_cues("parting.yaml", PartingCues)


def parted(events: Sequence[Event]) -> list[Event]:
    """The events, each with its own part of what its sentence tells; in text order."""
    found: list[Event] = []
    for _, group in groupby(events, key=lambda e: e.place.index):
        here = list(group)
        found.extend(_sentence(here) if len(here) > 1 else here)
    return found


def _sentence(events: Sequence[Event]) -> list[Event]:
    events = [_own_clause(e, events) for e in events]
    swap = _exchange(events[0].place)
    return [_apart(e, swap, events) for e in events] if swap else list(events)


def _own_clause(event: Event, events: Sequence[Event]) -> Event:
    """The event without what stands in a clause joined to its own, where its own has somebody or something else."""
    sentence, changed = event.place.scene.sentence, event
    for other in events:
        edge = _edge(sentence, event.head, other.head)
        if edge is not None and event.kind not in SYMMETRIC:
            after = event.token.start >= edge
            for role in (*_SIDES, "equipment"):
                mentions = changed.roles.get(role, ())
                kept = tuple(m for m in mentions if (m.start >= edge) == after)
                changed = changed.with_roles(**{role: kept or mentions})
    return changed


def _edge(sentence: Sentence, one: int, other: int) -> int | None:
    """Where the second of two joined clauses begins, each with a doer of its own: "A sent …, and B gave …"."""
    for low, high in ((one, other), (other, one)):
        doers = list(sentence.below(low, ("nsubj",)))
        if sentence.tokens[low].dep == "conj" and sentence.tokens[low].head == high and doers:
            return sentence.tokens[sentence.subtree(doers[0].i)[0]].start
    return None


def _exchange(place: Place) -> Extent | None:
    """The phrase of the sentence that tells what something is given for: to its end, or to the comma behind a phrase
    that opens it."""
    tokens = place.scene.sentence.tokens
    for words in (phrase.split() for phrase in parting_cues().exchange):
        for i in range(len(tokens) - len(words)):
            if [t.text.lower() for t in tokens[i : i + len(words)]] == words:
                comma = next((t.start for t in tokens[i:] if t.text == ","), None) if i == 0 else None
                return Extent(start=tokens[i].start, end=comma or place.end)
    return None


def _apart(event: Event, swap: Extent, events: Sequence[Event]) -> Event:
    """The event without what stands on the other side of the phrase's edge."""
    inside = swap.covers(event.trigger_extent())
    changed = event
    for role in (*_SIDES, "equipment"):
        kept = tuple(m for m in event.roles.get(role, ()) if swap.covers(m.span) == inside or not _here(event, m))
        changed = changed.with_roles(**{role: kept})
    if inside and not changed.roles.get("supplier"):
        return changed.with_roles(supplier=_takers(changed, swap, events))
    return changed


def _here(event: Event, mention: Mention) -> bool:
    return event.place.start <= mention.start < event.place.end


def _takers(event: Event, swap: Extent, events: Sequence[Event]) -> tuple[Mention, ...]:
    """Who gets what is given in return, by the events that tell of it."""
    others = (e for e in events if not swap.covers(e.trigger_extent()))
    takers = (m for e in others for m in e.roles.get("recipient", ()) if not swap.covers(m.span))
    return tuple({m.code: m for m in takers if m.code not in event.codes("recipient")}.values())
