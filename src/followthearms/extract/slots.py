"""What else the sentence says of an event: how many, how much, when, where, which firms and people.

Every figure goes to one event only: the one nearest in the tree of the sentence, so that a date of one happening does
not slip to another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from followthearms.extract.events import Event, Place
from followthearms.model import Equipment, Kind, Quantity
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence

_SINGLE = {MentionType.DATE: "date", MentionType.MONEY: "value", MentionType.PLACE: "place"}
_FAR = {MentionType.DATE: 7, MentionType.MONEY: 6, MentionType.PLACE: 5}
"""How many edges of the tree may lie between a figure and its event; set by looking at train."""
_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "ADP", "ADV", "NUM", "SYM", "DET", "PART", "X", "PUNCT"})
_WIDE = 5
"""How many tokens may stand between a number and the equipment that it counts."""
_PEOPLE = frozenset({Kind.CONTACT, Kind.COOPERATION, Kind.AGREEMENT, Kind.NEGOTIATION})


def attach(events: Sequence[Event]) -> list[Event]:
    """The events with their figures, places, companies and persons; in the order they came in."""
    attached: list[Event] = []
    for _, group in groupby(events, key=lambda e: e.place.index):
        attached.extend(_in_sentence(list(group)))
    return attached


def _in_sentence(events: list[Event]) -> list[Event]:
    place = events[0].place
    given: Mapping[int, dict[str, Mention]] = _given(place, events)
    done = []
    for n, event in enumerate(events):
        single = {role: (mention,) for role, mention in given[n].items()}
        listed = {"company": _companies(event), "persons": _persons(event)}
        done.append(event.with_roles(**single, **listed))
    return done


def _given(place: Place, events: Sequence[Event]) -> Mapping[int, dict[str, Mention]]:
    """Which single figure goes to which event: nearest pairs first."""
    sentence = place.scene.sentence
    pairs = []
    for mention in place.of_type(*_SINGLE):
        at = place.head(mention)
        for n, event in enumerate(events):
            if mention in event.roles.get(_SINGLE[mention.type], ()) or _fits(event, mention):
                pairs.append((_distance(sentence, at, event.head), abs(mention.start - event.token.start), n, mention))
    given: dict[int, dict[str, Mention]] = defaultdict(dict)
    used: set[Mention] = set()
    for distance, _, n, mention in sorted(pairs, key=lambda p: p[:3]):
        role = _SINGLE[mention.type]
        if distance <= _FAR[mention.type] and mention not in used and role not in given[n]:
            given[n][role] = mention
            used.add(mention)
    return given


def _fits(event: Event, mention: Mention) -> bool:
    if mention.type is MentionType.PLACE:
        return all(mention.start >= m.end or m.start >= mention.end for ms in event.roles.values() for m in ms)
    return True


def _distance(sentence: Sentence, a: int, b: int) -> int:
    """Edges between two tokens of the tree."""
    up: dict[int, int] = {}
    i, steps = a, 0
    while True:
        up[i] = steps
        if sentence.tokens[i].head == i:
            break
        i, steps = sentence.tokens[i].head, steps + 1
    i, steps = b, 0
    while i not in up:
        if sentence.tokens[i].head == i:
            return len(sentence.tokens)
        i, steps = sentence.tokens[i].head, steps + 1
    return up[i] + steps


def _companies(event: Event) -> tuple[Mention, ...]:
    clause = set(event.place.scene.relations.of(event.head, "clause"))
    return tuple(m for m in event.place.of_type(MentionType.COMPANY) if event.place.head(m) in clause)


def _persons(event: Event) -> tuple[Mention, ...]:
    if event.kind not in _PEOPLE:
        return ()
    clause = set(event.place.scene.relations.of(event.head, "clause"))
    spoken = {(s.start, s.end) for s in event.speaker}
    people = event.place.of_type(MentionType.PERSON)
    return tuple(m for m in people if event.place.head(m) in clause and (m.start, m.end) not in spoken)


def counted(event: Event) -> tuple[Equipment, ...]:
    """The equipment of an event, each item with the number that counts it. One number counts the first item only."""
    quantities = event.place.of_type(MentionType.QUANTITY)
    items, used = [], set[Mention]()
    for mention in event.roles.get("equipment", ()):
        assert isinstance(mention.span, Equipment)
        inside = event.place.start <= mention.start < event.place.end and "equipment" not in event.inherited
        quantity = _counting(event.place, mention, quantities, used) if inside else None
        if quantity is not None:
            used.add(quantity)
        span = quantity.span if quantity else None
        items.append(mention.span.model_copy(update={"quantity": span if isinstance(span, Quantity) else None}))
    return tuple(items)


def _counting(place: Place, item: Mention, quantities: Iterable[Mention], used: set[Mention]) -> Mention | None:
    before = [q for q in quantities if q.end <= item.start and q not in used]
    if not before:
        return None
    nearest = before[-1]
    sentence = place.scene.sentence
    between = [t for t in sentence.tokens if nearest.end <= t.start and t.end <= item.start]
    plain = all(t.pos in _BETWEEN and t.text not in (",", ";", "and", "(", ")", ".") for t in between)
    other = any(m.start >= nearest.end and m.end <= item.start for m in place.of_type(MentionType.EQUIPMENT))
    return nearest if plain and not other and len(between) <= _WIDE else None
