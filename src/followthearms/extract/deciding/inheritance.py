"""What the sentence leaves open and the article fills in: the sides of a transfer, the equipment, the other party.

Giver and taker are chosen together: the pair for which most speaks, parties that the frame found without a side placed
first. They are chosen twice: what was chosen for the whole article tells who gives to whom in it, and speaks with the
second time. What is taken over from elsewhere is marked as inherited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from followthearms.extract.deciding.background import Article
from followthearms.extract.deciding.leanings import lean, lean_to_nobody, lean_together, signs_of
from followthearms.extract.deciding.listing import with_listed
from followthearms.extract.events import Event
from followthearms.extract.frames.parties import loose
from followthearms.model import SYMMETRIC, Kind
from followthearms.model.mentions import Mention, MentionType

_SIDES = ("supplier", "recipient")


def inherit(events: Sequence[Event], article: Article) -> list[Event]:
    """The events of an article with their open sides filled, from the sentence and the article; in their order."""
    retold = article.retold([_filled_in(event, article) for event in events])
    return [_filled_in(event, retold) for event in events]


def _filled_in(event: Event, article: Article) -> Event:
    if event.kind in SYMMETRIC:
        return _second_party(event, article)
    return _sides(_equipment(event, article), article)


@dataclass(frozen=True, slots=True)
class _Option:
    """Who may stand on a side: the codes, none for nobody, and how much speaks for them."""

    codes: frozenset[str]
    score: float


def _sides(event: Event, article: Article) -> Event:
    """The event with giver and taker: those that stand, and for what is open the pair for which most speaks."""
    placed = event.codes(*_SIDES, "actor")
    found = {m.code: m for m in loose(event) if m.code and m.code not in placed}
    open_sides = [role for role in _SIDES if not event.roles.get(role)]
    if open_sides:
        codes = sorted((article.shares.keys() | found.keys()) - placed)
        signs = {code: signs_of(code, event, article) for code in codes}
        options = {role: _options(role, event, signs) for role in _SIDES}
        chosen = max(_pairs(options, found.keys(), article), key=lambda pair: pair[:2])[2]
        for role in open_sides:
            event = _filled(event, role, chosen[role], found, article)
        event = _further(event, found, signs)
    return _listed(event).with_roles(party=(), partner=())


def _listed(event: Event) -> Event:
    """The event with all that the sentence lists together with one that gives or takes, unless it takes or gives."""
    for role in _SIDES:
        parties = event.roles.get(role, ())
        against = event.codes("actor", *_SIDES) - event.codes(role)
        every = with_listed(parties, event.place) if parties else ()
        if not against & {m.code for m in every}:
            event = event.with_roles(**{role: every})
    return event


def _options(role: str, event: Event, signs: Mapping[str, Mapping[str, float]]) -> list[_Option]:
    if event.roles.get(role):
        return [_Option(frozenset(event.codes(role)), 0.0)]
    other = _SIDES[1 - _SIDES.index(role)]
    options = [_Option(frozenset(), lean_to_nobody(event, role, other))]
    for code, its in signs.items():
        likely = event.likely.get((role, code), 0.0) - event.likely.get((other, code), 0.0)
        options.append(_Option(frozenset({code}), lean({**its, "likely": likely}, role)))
    return options


def _pairs(
    options: Mapping[str, list[_Option]], found: Set[str], article: Article
) -> Iterator[tuple[int, float, Mapping[str, frozenset[str]]]]:
    """Every giver with every taker: how many of those that the frame found they are, and how much speaks for them."""
    for giver in options["supplier"]:
        for taker in options["recipient"]:
            both = giver.codes | taker.codes
            if giver.codes & taker.codes:
                continue
            score = giver.score + taker.score
            score += sum(lean_together(g, t, article) for g in sorted(giver.codes) for t in sorted(taker.codes))
            yield len(both & found), score, {"supplier": giver.codes, "recipient": taker.codes}


def _filled(event: Event, role: str, codes: frozenset[str], found: Mapping[str, Mention], article: Article) -> Event:
    """The event with a side filled; one that stands in none of the frame's parts is inherited."""
    code = next(iter(codes), None)
    if code is None:
        return event
    if code in found:
        return event.with_roles(**{role: (found[code],)})
    mention = article.nearest(code, event.token.start)
    if mention is None:
        return event
    return replace(event.with_roles(**{role: (mention,)}), inherited=event.inherited | {role})


def _further(event: Event, found: Mapping[str, Mention], signs: Mapping[str, Mapping[str, float]]) -> Event:
    """Parties that the frame found besides join those on the side that they lean to, if the frame found those too."""
    sides = [role for role in _SIDES if event.codes(role) & found.keys()]
    for code in sorted(found.keys() - event.codes(*_SIDES)):
        if sides and code in signs:
            side = max(sides, key=lambda role: lean(signs[code], role))
            event = event.with_roles(**{side: (*event.roles[side], found[code])})
    return event


def _equipment(event: Event, article: Article) -> Event:
    if event.roles.get("equipment") or event.kind is Kind.PAYMENT:
        return event
    here = event.place.of_type(MentionType.EQUIPMENT)
    at = event.token.start
    nearest = min(here, key=lambda m: abs(m.start - at)) if here else article.last_equipment(at)
    if nearest is None:
        return event
    return replace(event.with_roles(equipment=(nearest,)), inherited=event.inherited | {"equipment"})


def _second_party(event: Event, article: Article) -> Event:
    parties = event.roles.get("parties", ())
    if len({m.code for m in parties}) >= 2:
        return event
    have, at = {m.code for m in parties}, event.token.start
    near = [m for m in event.place.of_type(MentionType.ACTOR) if m.code and m.code not in have]
    found = []
    for mention in sorted(near, key=lambda m: abs(m.start - at)) or article.earlier(at):
        if len(have) >= 2:
            break
        if mention.code not in have:
            have.add(mention.code)
            found.append(mention)
    if not found:
        return event
    return replace(event.with_roles(parties=(*parties, *found)), inherited=event.inherited | {"parties"})
