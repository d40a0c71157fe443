"""What else the sentence says of an event: how much, when, where, which firms and people.

Every figure goes to one event only: the one nearest in the tree of the sentence, so that a date of one happening does
not slip to another.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.model import Frozen, Kind, Voice
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence, Token

_SINGLE = {MentionType.DATE: "date", MentionType.MONEY: "value", MentionType.PLACE: "place"}
_FAR = {MentionType.DATE: 7, MentionType.MONEY: 6, MentionType.PLACE: 7}
"""How many edges of the tree may lie between a figure and its event; set by looking at train."""
_ASIDE = frozenset({"relcl", "advcl", "ccomp", "csubj", "parataxis"})
"""Edges over which a figure does not leave its clause."""
_TOLD = frozenset({"relcl", "ccomp", "parataxis", "advcl"})
"""Edges over which nothing outside reaches an event: a date of the saying is none of what is said."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CONFIRMED, _HEARD = 0.17, 0.6
"""Least probability that the tagger must give a date or sum that stands near in the tree, and one that does not: chosen
on train and 545 more texts, read by taggers that had not seen their sources. Of places it knows too little."""
_SIDES = ("supplier", "recipient", "actor", "parties")
_SOMEWHERE = frozenset({Kind.SEIZURE, Kind.DIVERSION, Kind.CONTACT, Kind.DELIVERY})
"""Kinds that happen at a place, so that a state may be the place; visits and seizures even in a party."""
_NEAR_FIRM = 6
"""How many edges of the tree may lie between a firm and its event; set on train."""
_PEOPLE = frozenset({Kind.CONTACT, Kind.COOPERATION, Kind.AGREEMENT, Kind.NEGOTIATION})
"""Kinds in which everybody named in the clause takes part; of other kinds only the doer does."""


class SlotCues(Frozen):
    """What `cues/slots.yaml` holds."""

    vague: frozenset[str]


@functools.lru_cache(maxsize=1)
def slot_cues() -> SlotCues:
    """The cues, read once."""
    return read_cues("slots.yaml", SlotCues)


def attach(events: Sequence[Event]) -> list[Event]:
    """The events with their figures, places, companies and persons; in the order they came in."""
    attached: list[Event] = []
    for _, group in groupby(events, key=lambda e: e.place.index):
        attached.extend(_in_sentence(list(group)))
    return attached


def _in_sentence(events: list[Event]) -> list[Event]:
    place = events[0].place
    given: Mapping[int, dict[str, _Figure]] = _given(place, events)
    done = []
    for n, event in enumerate(events):
        single = {role: (figure.mention,) for role, figure in given[n].items()}
        heard = {role: Voice.TAGGER for role, figure in given[n].items() if figure.steps is None}
        listed = {"company": _companies(event), "persons": _persons(event)}
        done.append(replace(event.with_roles(**single, **listed), told={**event.told, **heard}))
    return done


@dataclass(frozen=True, slots=True)
class _Figure:
    """A date, sum or place that may be the event's; `steps` lie between the two, None if by the tree it is not."""

    mention: Mention
    steps: int | None
    heard: float
    distance: int

    @property
    def order(self) -> tuple[bool, int, float, int]:
        """What the tree gives first, nearest first; then what the tagger hears, likeliest first."""
        return self.steps is None, self.steps or 0, -self.heard if self.steps is None else 0.0, self.distance


def _given(place: Place, events: Sequence[Event]) -> Mapping[int, dict[str, _Figure]]:
    """Which single figure goes to which event: nearest pairs first."""
    pairs = [
        (n, figure)
        for mention in place.of_type(*_SINGLE)
        for n, event in enumerate(events)
        if (figure := _figure(place, mention, event))
    ]
    given: dict[int, dict[str, _Figure]] = defaultdict(dict)
    used: set[Mention] = set()
    for n, figure in sorted(pairs, key=lambda pair: (pair[1].order, pair[0])):
        mention = figure.mention
        role = _SINGLE[mention.type]
        shared = mention.type is MentionType.DATE
        if (shared or mention not in used) and role not in given[n]:
            given[n][role] = figure
            used.add(mention)
    return given


def _figure(place: Place, mention: Mention, event: Event) -> _Figure | None:
    """The mention as the event's figure, or None if too little speaks for it: the tree, or the tagger's ear."""
    steps = _steps(place, mention, event)
    heard = 0.0 if event.figures is None else event.figures.get(mention, 0.0)
    alone = event.figures is None or mention.type is MentionType.PLACE
    enough = steps is not None if alone else heard >= (_HEARD if steps is None else _CONFIRMED)
    held = mention in event.roles.get(_SINGLE[mention.type], ())
    if not enough or not (held or _fits(event, mention)):
        return None
    return _Figure(mention, steps, heard, abs(mention.start - event.token.start))


def _steps(place: Place, mention: Mention, event: Event) -> int | None:
    """Edges of the tree between the two; None if they are too many, or a clause stands between."""
    if mention in event.roles.get(_SINGLE[mention.type], ()) or _stands_before(place, mention, event):
        return 0
    cost = _cost(place, place.head(mention), event, bound=mention.type is not MentionType.MONEY)
    return cost if cost is not None and cost <= _FAR[mention.type] else None


def _stands_before(place: Place, mention: Mention, event: Event) -> bool:
    """ "Norway on Sunday signed": a date right before the verb is the verb's, whatever the parser hangs it on."""
    if mention.type is not MentionType.DATE or event.token.tag not in _FINITE:
        return False
    return place.scene.sentence.at(mention.start, mention.end)[-1:] == [event.head - 1]


def _fits(event: Event, mention: Mention) -> bool:
    if mention.type is MentionType.PLACE:
        return _may_be_where(event, mention)
    return mention.type is not MentionType.DATE or mention.span.text.lower() not in slot_cues().vague


def _may_be_where(event: Event, mention: Mention) -> bool:
    """A place that is no party; a state only where the kind of event happens at a place, and if it takes no part."""
    if event.kind is Kind.HOLDING:  # having a thing happens nowhere
        return False
    if event.kind in (Kind.SEIZURE, Kind.CONTACT):
        return True
    if any(mention.start < m.end and m.start < mention.end for ms in event.roles.values() for m in ms):
        return False
    states = {a.code for a in event.place.of_type(MentionType.ACTOR) if a.start < mention.end and mention.start < a.end}
    return not states or (event.kind in _SOMEWHERE and not states & event.codes(*_SIDES))


def _cost(place: Place, at: int, event: Event, *, bound: bool) -> int | None:
    """Edges of the tree between a figure and an event.

    None if they have no common word or, for what is `bound` to its clause, one of them stands in a clause of its own.
    """
    sentence = place.scene.sentence
    climb, path = list(sentence.up(event.head)), list(sentence.up(at))
    above = {i: steps for steps, i in enumerate(climb)}
    meeting = next((i for i in path if i in above), None)
    if meeting is None:
        return None
    side, own = path[: path.index(meeting)], climb[: above[meeting]]
    if bound and any(_is_apart(sentence, sentence.tokens[i], _ASIDE) for i in side if not _belongs(sentence, i, event)):
        return None
    if bound and any(_is_apart(sentence, sentence.tokens[i], _TOLD) for i in own):
        return None
    return len(side) + len(own)


def _belongs(sentence: Sentence, i: int, event: Event) -> bool:
    """The trigger's own words, what is said of it in a relative clause, and what it is for ("to …")."""
    token = sentence.tokens[i]
    told_of = token.dep == "relcl" and token.head in (event.head, *event.trigger)
    return i in event.trigger or told_of or (token.dep == "advcl" and sentence.has_to(i))


def _is_apart(sentence: Sentence, token: Token, edges: frozenset[str]) -> bool:
    """True for the head of a clause of its own."""
    if token.dep == "ccomp" and edges is _TOLD:  # "it was in May that they signed" is no saying
        return sentence.tokens[token.head].lemma != "be"
    if token.dep == "advcl" and edges is _TOLD:
        return token.tag != "VBG" and not sentence.has_to(token.i)
    if token.dep == "conj":
        return token.pos in ("VERB", "AUX") and any(sentence.below(token.i, _SUBJECTS))
    return token.dep in edges


def _companies(event: Event) -> tuple[Mention, ...]:
    """The firms among the parties, and those near in the clause."""
    parties = {m for role in (*_SIDES, "party", "partner") for m in event.roles.get(role, ())}
    found = []
    for mention in event.place.of_type(MentionType.COMPANY):
        at = event.place.head(mention)
        cost = _cost(event.place, at, event, bound=True)
        near = cost is not None and cost <= _NEAR_FIRM
        if mention in parties or near:
            found.append(mention)
    return tuple(found)


def _persons(event: Event) -> tuple[Mention, ...]:
    """Those who meet, talk and sign; of other events only who does them."""
    clause = set(event.place.scene.relations.of(event.head, "clause"))
    doers = set(event.place.scene.relations.of(event.head, "subject"))
    spoken = {(s.start, s.end) for s in event.speaker}
    found = []
    for mention in event.place.of_type(MentionType.PERSON):
        at = event.place.head(mention)
        inside = at in clause if event.kind in _PEOPLE else at in doers
        if inside and (mention.start, mention.end) not in spoken:
            found.append(mention)
    return tuple(found)
