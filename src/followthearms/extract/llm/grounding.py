"""From a proposed claim to an event of ours: words are looked up in the text, mentions of ours fill the slots.

Invariant: an event made here holds nothing but tokens of its sentence and mentions that our finders found; no party
stands on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from followthearms.extract.events import Event, Place
from followthearms.extract.frames.modality import qualify
from followthearms.extract.llm.answers import Proposed
from followthearms.extract.llm.heard import Drop
from followthearms.extract.llm.prompt import Group, Limits, SlotLine, prompt, shown
from followthearms.model import SYMMETRIC, Document, Extent, Kind, Voice
from followthearms.model.mentions import Mention

SCORE = 0.5
"""A model says nothing that is a probability: all its events weigh the same."""
_CODED = frozenset({"supplier", "recipient", "actor", "parties"})
_SINGLE = frozenset({"value", "date", "place"})
_SIDES = ("supplier", "recipient")


@dataclass(frozen=True, slots=True)
class Grounded:
    """An event and what became of the quotes of its claim: how many there were, and why some were dropped."""

    event: Event
    quoted: int
    dropped: Counter[Drop]


class Grounds:
    """The sentences of a group, in which what the model quotes must stand. `name` signs its events."""

    def __init__(self, document: Document, group: Group, limits: Limits, name: str) -> None:
        self.text, self.group, self.limits, self.name = document.text, group, limits, name

    def event(self, claim: Proposed) -> Grounded | Drop:
        """The event that a claim stands for, or why it is dropped."""
        if claim.kind not in set(Kind):
            return Drop.UNKNOWN_KIND
        if not 1 <= claim.sentence <= len(self.group.asked):
            return Drop.NO_SUCH_SENTENCE
        kind, place = Kind(claim.kind), self.group.asked[claim.sentence - 1]
        trigger = self._trigger(claim.trigger, place)
        if isinstance(trigger, Drop):
            return trigger
        dropped: Counter[Drop] = Counter()
        roles = self._roles(claim, kind, place, trigger, dropped)
        if not roles:
            return Drop.BARE
        outside = {role for role, ms in roles.items() if not any(place.start <= m.start < place.end for m in ms)}
        event = Event(
            place=place,
            frame=self.name,
            pattern=kind.value,
            kinds=(kind,),
            head=place.scene.sentence.head_of(trigger),
            trigger=trigger,
            weight=SCORE,
            found=len(roles),
            roles=roles,
            inherited=frozenset(outside),
            voice=Voice.LLM,
        )
        return Grounded(qualify(event), len(claim.slots), dropped)

    def _trigger(self, quote: str, place: Place) -> tuple[int, ...] | Drop:
        """The tokens of the first place where a trigger stands and names nothing.

        Inside a mention a word tells of no happening: of 2,223 triggers of train 30 stand there.
        """
        sentence = place.scene.sentence
        found = [tuple(sentence.at(start, end)) for start, end in _places_of(quote, self.text, place)]
        if not found or not any(c.isalnum() for c in quote):
            return Drop.TRIGGER_NOT_QUOTED
        if len(found[0]) > self.limits.trigger_tokens:
            return Drop.TRIGGER_TOO_LONG
        named = [frozenset(sentence.at(m.start, m.end)) for m in place.mentions]
        return next((t for t in found if not any(name.issuperset(t) for name in named)), Drop.TRIGGER_IN_NAME)

    def _roles(
        self, claim: Proposed, kind: Kind, place: Place, trigger: tuple[int, ...], dropped: Counter[Drop]
    ) -> Mapping[str, tuple[Mention, ...]]:
        """The mentions of each slot, in text order."""
        at = place.scene.sentence.tokens[trigger[0]].start
        chosen: dict[str, list[Mention]] = {}
        for quoted in claim.slots:
            line = prompt().slots.get(quoted.slot)
            if line is None:
                dropped[Drop.UNKNOWN_SLOT] += 1
                continue
            role = "parties" if kind in SYMMETRIC and quoted.slot in _SIDES else quoted.slot
            mention = self._mention(quoted.quote, line, place, at, coded=role in _CODED)
            reason = mention if isinstance(mention, Drop) else _unfit(mention, role, kind, chosen.get(role, ()))
            if reason is not None:
                dropped[reason] += 1
            elif isinstance(mention, Mention):
                chosen.setdefault(role, []).append(mention)
        _clear_both_sides(chosen, dropped)
        return {role: tuple(sorted(ms, key=lambda m: (m.start, m.end))) for role, ms in chosen.items() if ms}

    def _mention(self, quote: str, line: SlotLine, place: Place, at: int, *, coded: bool) -> Mention | Drop:
        """The mention that a quote stands for: in the sentence, else in the nearest one before, else after it."""
        for other in self._nearest_first(place):
            found = _places_of(quote, self.text, other)
            if found:
                nearest = sorted(found, key=lambda f: (abs(f[0] - at), f[0]))
                fitting = [m for m in other.of_type(*line.accepts) if m.code or not coded]
                named = [_named(Extent(start=s, end=e), fitting) for s, e in nearest]
                return next((m for m in named if isinstance(m, Mention)), named[0])
        return Drop.NOT_VERBATIM

    def _nearest_first(self, place: Place) -> Iterator[Place]:
        yield place
        every = (*self.group.before, *self.group.asked)
        yield from reversed([p for p in every if p.start < place.start])
        yield from (p for p in every if p.start > place.start)


def _places_of(quote: str, text: str, place: Place) -> list[tuple[int, int]]:
    """Where a quote stands in a sentence letter by letter, no word cut, as offsets into the text."""
    words, sentence = quote.strip(), shown(text[place.start : place.end])
    found, at = [], sentence.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not _cuts(sentence, at) and not _cuts(sentence, end):
            found.append((place.start + at, place.start + end))
        at = sentence.find(words, at + 1)
    return found


def _cuts(sentence: str, at: int) -> bool:
    return 0 < at < len(sentence) and sentence[at - 1].isalnum() and sentence[at].isalnum()


def _named(quote: Extent, fitting: Sequence[Mention]) -> Mention | Drop:
    """The shortest mention that covers the quote, else the only one inside it."""
    covering = [m for m in fitting if m.span.covers(quote)]
    if covering:
        return min(covering, key=lambda m: (m.end - m.start, m.start))
    inside = [m for m in fitting if quote.covers(m.span)]
    if not inside:
        return Drop.NO_MENTION
    is_one = len({m.code or (m.start, m.end) for m in inside}) == 1
    return inside[0] if is_one else Drop.AMBIGUOUS


def _unfit(mention: Mention, role: str, kind: Kind, have: Sequence[Mention]) -> Drop | None:
    """Why a mention cannot stand in a slot beside what the slot has."""
    if role == "parties" and kind not in SYMMETRIC:
        return Drop.MISPLACED
    if role in _SINGLE and have:
        return Drop.SECOND_VALUE
    again = any(m == mention or (role in _CODED and m.code == mention.code) for m in have)
    return Drop.AGAIN if again else None


def _clear_both_sides(chosen: dict[str, list[Mention]], dropped: Counter[Drop]) -> None:
    """Of a party on both sides nothing is known: it leaves both."""
    sides = [{m.code for m in chosen.get(role, ())} for role in _SIDES]
    both = sides[0] & sides[1]
    if not both:
        return
    for role in _SIDES:
        kept = [m for m in chosen[role] if m.code not in both]
        dropped[Drop.BOTH_SIDES] += len(chosen[role]) - len(kept)
        chosen[role] = kept
