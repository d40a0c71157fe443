"""From proposals to events, by the tagger alone: which triggers count, which kinds they carry, who gives to whom.

Invariant: no party stands on both sides of an event; every role is filled by mentions that the tagger saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from followthearms.extract.events import Event, Place
from followthearms.extract.tagger.labels import Role
from followthearms.extract.tagger.proposals import Choice, Proposal
from followthearms.model import SYMMETRIC, Kind, Voice
from followthearms.model.mentions import Mention

_SIDES = (Role.SUPPLIER, Role.RECIPIENT)
_ALONE = (Role.ACTOR, Role.DATE, Role.VALUE, Role.PLACE)
_LISTED = (Role.EQUIPMENT, Role.COMPANY, Role.PERSONS)


@dataclass(frozen=True)
class Thresholds:
    """Least probabilities. Tuned with an earlier model on three sources of train that it had not seen."""

    trigger: float = 0.4
    second_kind: float = 0.25
    nobody: float = 1.0  # a factor to the probability that nobody stands on a side
    further_side: float = 0.25
    parties: float = 0.4
    alone: float = 0.5
    listed: float = 0.3
    flag: float = 0.5
    near: int = 6
    """Of two triggers that may show the same kind within so many tokens, the likelier one counts."""
    shared: float = 0.2
    """How likely the other trigger must show that kind, for the two to be one."""


def events(proposed: Iterable[Proposal], article: Sequence[Place], limits: Thresholds = Thresholds()) -> list[Event]:
    """The events that the tagger is sure enough of, in text order."""
    places = {place.index: place for place in article}
    sure = [p for p in proposed if p.score >= limits.trigger]
    return [_event(p, places, limits) for p in _apart(sure, limits)]


def _apart(proposed: Sequence[Proposal], limits: Thresholds) -> list[Proposal]:
    """The proposals without those that say again what a likelier one close by says ("signed a contract")."""
    kept: list[Proposal] = []
    for proposal in sorted(proposed, key=lambda p: (-p.score, p.place, p.tokens)):
        if not any(_repeats(proposal, other, limits) for other in kept):
            kept.append(proposal)
    return sorted(kept, key=lambda p: (p.place, p.tokens))


def _repeats(proposal: Proposal, other: Proposal, limits: Thresholds) -> bool:
    if proposal.place != other.place:
        return False
    distance = min(abs(i - j) for i in proposal.tokens for j in other.tokens)
    return distance <= limits.near and dict(other.kinds).get(proposal.kinds[0][0], 0.0) >= limits.shared


def _event(proposal: Proposal, places: Mapping[int, Place], limits: Thresholds) -> Event:
    place = places[proposal.place]
    kinds = [k for n, (k, p) in enumerate(proposal.kinds[:2]) if n == 0 or p >= limits.second_kind]
    event = Event(
        place=place,
        frame=Voice.TAGGER.value,
        pattern=kinds[0].value,
        kinds=tuple(kinds),
        head=place.scene.sentence.head_of(proposal.tokens),
        trigger=proposal.tokens,
        weight=round(proposal.score, 4),
        found=0,
        modality=max(proposal.modality, key=lambda m: proposal.modality[m]),
        negated=proposal.negated >= limits.flag,
        disputed=proposal.disputed >= limits.flag,
        voice=Voice.TAGGER,
    )
    chosen = dict(_parties(proposal, kinds[0], limits))
    for role in _ALONE:
        chosen[role] = [c for c in proposal.roles.get(role, ())[:1] if c.probability >= limits.alone]
    for role in _LISTED:
        chosen[role] = [c for c in proposal.roles.get(role, ()) if c.probability >= limits.listed]
    roles = {role.value: in_order(choices) for role, choices in chosen.items() if choices}
    outside = {
        role.value for role, choices in chosen.items() if choices and all(c.place != place.index for c in choices)
    }
    return replace(event.with_roles(**roles), found=len(roles), inherited=frozenset(outside))


def _parties(proposal: Proposal, kind: Kind, limits: Thresholds) -> Iterator[tuple[Role, list[Choice]]]:
    if kind in SYMMETRIC:
        yield Role.PARTIES, [c for p, c in proposal.parties(Role.PARTIES) if p >= limits.parties]
        return
    supplier, recipient = _both(proposal, limits)
    yield Role.SUPPLIER, supplier
    yield Role.RECIPIENT, recipient


def _both(proposal: Proposal, limits: Thresholds) -> tuple[list[Choice], list[Choice]]:
    """The two sides that are likeliest together, nobody standing on both; then further parties on either."""
    sides = [proposal.parties(role) for role in _SIDES]
    options = [[*side[:4], (limits.nobody * max(0.0, 1 - sum(p for p, _ in side)), None)] for side in sides]
    pairs = [(p * q, a, b) for p, a in options[0] for q, b in options[1] if a is None or b is None or _differ(a, b)]
    _, *best = max(pairs, key=lambda pair: pair[0])
    taken = {c.mention.code for c in best if c}
    found = []
    for side, first in zip(sides, best, strict=True):
        more = [c for p, c in side if p >= limits.further_side and c.mention.code not in taken]
        found.append([first, *more] if first else [])
        taken |= {c.mention.code for c in more} if first else set()
    return found[0], found[1]


def _differ(a: Choice, b: Choice) -> bool:
    return a.mention.code != b.mention.code


def in_order(choices: Iterable[Choice]) -> tuple[Mention, ...]:
    """The mentions of some choices, each once, in text order."""
    return tuple(sorted({c.mention for c in choices}, key=lambda m: (m.start, m.end, m.type, m.code or "")))
