"""Where the voices meet: frames, tagger and, if there is one, a language model propose, this place decides.

The frames' events are judged by how likely the tagger holds the same trigger to be, how sure the frame is, and how much
of it stands in the sentence; triggers that the tagger alone hears count if it is sure of them. The sides that a frame
places are weighed against what the tagger thinks of the parties; who stands on those that it leaves open is decided
over the whole article (`inheritance`), where that is one sign among others. A language model adds events and fills open
slots, and overrules nobody. What another voice than the event's own filled is marked so.
Invariant: the result depends on what the voices say and on `WEIGHTS`, never on the order in which they say it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from followthearms.extract.events import Event, Place
from followthearms.extract.frames.modality import qualify
from followthearms.extract.frames.parties import PARTY_TYPES, is_domestic
from followthearms.extract.tagger import Proposal, Role, Thresholds, events, in_order
from followthearms.extract.tagger.proposals import Asked
from followthearms.knowledge.equipment import makers
from followthearms.model import SYMMETRIC, Voice
from followthearms.model.mentions import Mention, MentionType

_SIDES = (Role.SUPPLIER, Role.RECIPIENT)
_FIGURES = (Role.DATE, Role.VALUE)


@dataclass(frozen=True)
class Weights:
    """How much each sign counts.

    `start`, `believed`, `sure` and `full` are a logistic regression over 2,581 events of the frames in 990 texts, each
    judged by a tagger that had not learnt from its source; 445 of them are `train`, in 545 the frames' authors had not
    looked. The rest was chosen by hand on `train`, read so, and with `dev` in sight.
    """

    start: float = 0.55
    """The log-odds of a frame's event before any sign is looked at."""
    believed: float = 0.44
    """For the log-odds that the tagger holds the trigger to be one, of whatever kind; `doubt` keeps them finite."""
    doubt: float = 0.01
    sure: float = 1.2
    """Against the event, for what the frame's own weight lacks to a full 1."""
    full: float = 0.6
    """If two parts of the frame or more stand in the sentence."""
    least: float = 0.35
    """A frame's event less likely than this is dropped."""
    alone: float = 0.6
    """From this probability on, a trigger only the tagger hears makes an event if its sentence names two parties and
    holds no event of the frames of such a kind."""
    surely: float = 0.8
    """From this probability on, it does in any sentence. Of those between the two with one party or none, 16 of 66 on
    `train` and 10 of 31 on the 545 further texts were claims."""
    apart: int = 1
    """Triggers within so many tokens of each other are one."""
    second: float = 0.1
    """From this probability on, the tagger's best kind stands beside the frame's."""
    another: float = 0.2
    """From this probability on, a kind that the tagger holds for likely stands beside a single one."""
    fill: float = 0.3
    """From this probability on, the tagger names the equipment where the frame does not, or adds a party to a list."""
    beside: float = 0.5
    """From this probability on, equipment of the same sentence stands beside the frame's."""
    placed: float = 1.0
    """For a party that the frame puts on a side, and against it on the other side."""
    chance: float = 0.02
    """Added to every probability of a party before its logarithm is taken."""


WEIGHTS = Weights()


def asked(framed: Iterable[Event]) -> frozenset[Asked]:
    """The triggers of the frames' events and of what these took up, as the tagger is asked about them."""
    return frozenset(trigger for event in framed for trigger in (_trigger(event), *_taken(event)))


def merge(
    framed: Sequence[Event],
    passed: Sequence[Event],
    proposed: Sequence[Proposal],
    article: Sequence[Place],
    weights: Weights = WEIGHTS,
) -> list[Event]:
    """The events that frames and tagger together stand for, in text order.

    `passed` holds what the frames found first and took up into another event, or passed over as no matter of arms: the
    tagger does not bring it back. `proposed` holds what the tagger says of the triggers in `asked(framed)`, and what it
    hears beside them.
    """
    heard = {(p.place, p.tokens): p for p in proposed}
    kept = [event for event in (_merged(event, heard, weights) for event in framed) if event]
    known = defaultdict[int, list[Event]](list)
    for event in (*framed, *passed):
        known[event.place.index].append(event)
    rest = [p for p in proposed if not any(_near(e, p.place, p.tokens, weights) for e in known[p.place])]
    alone = (
        qualify(_believing(event, heard[_trigger(event)]))
        for event in events(rest, article, Thresholds(trigger=weights.alone, second_kind=weights.another))
        if _stands_alone(event, kept, weights)
    )
    return sorted((*kept, *alone), key=lambda e: (e.place.index, e.trigger, e.kind))


def _stands_alone(event: Event, kept: Sequence[Event], weights: Weights) -> bool:
    """True if an event may rest on the tagger alone: it is not domestic, and it is beyond doubt, or its sentence names
    two parties and no frame found an event of such a kind in it: it would be that one in other words, unless it counts
    further things ("bought 36 and will buy 20 more")."""
    named = {m.code for m in event.place.of_type(*PARTY_TYPES) if m.code}
    further = (m for m in event.place.of_type(MentionType.QUANTITY) if m.start > event.token.end)
    counts = event.token.dep == "conj" and any(further)
    again = any(e.place.index == event.place.index and set(e.kinds) & set(event.kinds) for e in kept)
    unlike = len(named) > 1 and (counts or not again)
    return (event.weight >= weights.surely or unlike) and not is_domestic(event, makers)


def join(heard: Sequence[Event], proposed: Sequence[Event], weights: Weights = WEIGHTS) -> list[Event]:
    """What was heard, with what a language model proposes beside it and for its open slots, in text order.

    It gives no probabilities to weigh: so it overrules nobody, and where it only says again it changes nothing.
    """
    found = list(heard)
    for event in proposed:
        same = [n for n, other in enumerate(heard) if _near(event, other.place.index, other.trigger, weights)]
        if not same:
            found.append(event)
        for n in same:
            found[n] = _completed(found[n], event)
    return sorted(found, key=lambda e: (e.place.index, e.trigger, e.kind))


def _completed(event: Event, other: Event) -> Event:
    """The event with its open slots filled from another one of the same trigger and sort; nobody on both sides."""
    if (event.kind in SYMMETRIC) != (other.kind in SYMMETRIC):
        return event
    for role, mentions in other.roles.items():
        against = event.codes(*(side for side in _SIDES if side != role)) if role in _SIDES else set()
        fitting = tuple(m for m in mentions if m.code not in against or m.code is None)
        if fitting and not event.roles.get(role):
            event = _told(event, role, fitting, other.voice)
    return event


def _trigger(event: Event) -> Asked:
    return event.place.index, tuple(sorted(event.trigger))


def _taken(event: Event) -> list[Asked]:
    return [(event.place.index, tuple(sorted(words))) for words in event.within]


def _near(event: Event, place: int, tokens: Sequence[int], weights: Weights) -> bool:
    if event.place.index != place:
        return False
    return min(abs(i - j) for i in event.trigger for j in tokens) <= weights.apart


def _merged(event: Event, heard: Mapping[Asked, Proposal], weights: Weights) -> Event | None:
    """The event as both see it; None if too little speaks for it."""
    proposal = heard.get(_trigger(event))
    likelihood = _likelihood(event, _belief(event, heard), weights)
    if likelihood < weights.least:
        return None
    event = replace(event, weight=round(likelihood, 4))
    if proposal is None:
        return event
    event = _second_kind(event, proposal, weights)
    event = _parties(event, proposal, weights) if event.kind in SYMMETRIC else _sides(event, proposal, weights)
    return _believing(_filled(event, proposal, weights), proposal)


def _belief(event: Event, heard: Mapping[Asked, Proposal]) -> float:
    """How likely the tagger holds the trigger to be one, or the words of what it took up to show the event's kind:
    in "will impose an embargo" it hears the embargo."""
    own = heard.get(_trigger(event))
    taken = (heard[words].probability(event.kinds) for words in _taken(event) if words in heard)
    return max(own.score if own else 0.0, *taken, 0.0)


def _likelihood(event: Event, heard: float, weights: Weights) -> float:
    """How likely a frame's event is a claim, from 0 to 1, by what the tagger believes."""
    total = weights.start + weights.believed * math.log((heard + weights.doubt) / (1 + weights.doubt - heard))
    total += weights.full * (event.found > 1) - weights.sure * (1 - event.weight)
    return 1 / (1 + math.exp(-total))


def _second_kind(event: Event, proposal: Proposal, weights: Weights) -> Event:
    """The event with the tagger's kind beside the frame's, where the tagger prefers another one or hears one more."""
    first, second = proposal.kinds[:1], proposal.kinds[1:2]
    if all(kind not in event.kinds for kind, _ in first):
        found = [kind for kind, likely in first if likely >= weights.second]
    else:
        found = [kind for kind, likely in second if likely >= weights.another and len(event.kinds) == 1]
    fitting = [k for k in found if k not in event.kinds and (k in SYMMETRIC) == (event.kind in SYMMETRIC)]
    return replace(event, kinds=(event.kind, *fitting)) if fitting else event


def _parties(event: Event, proposal: Proposal, weights: Weights) -> Event:
    """The event with the parties that the tagger hears beside the frame's."""
    known = event.codes(Role.PARTIES)
    more = [c.mention for p, c in proposal.parties(Role.PARTIES) if p >= weights.fill and c.mention.code not in known]
    return _told(event, Role.PARTIES, (*event.roles.get(Role.PARTIES, ()), *more))


def _sides(event: Event, proposal: Proposal, weights: Weights) -> Event:
    """The event with the sides that the frame places as both see them: the likeliest giver and taker together.

    A side that the frame leaves open stays so: the whole article fills it later.
    """
    pairs = [
        (p + q, giver, taker)
        for p, giver in _options(event, proposal, Role.SUPPLIER, Role.RECIPIENT, weights)
        for q, taker in _options(event, proposal, Role.RECIPIENT, Role.SUPPLIER, weights)
        if giver is None or taker is None or giver.code != taker.code
    ]
    _, *best = max(pairs, key=lambda pair: pair[0])
    taken = {mention.code for mention in best if mention}
    for role, first in zip(_SIDES, best, strict=True):
        if event.roles.get(role):
            further = _further(event, proposal, role, taken, weights) if first else ()
            event = _told(event, role, (first, *further) if first else ())
            taken |= {mention.code for mention in further}
    return event


def _options(
    event: Event, proposal: Proposal, role: Role, other: Role, weights: Weights
) -> list[tuple[float, Mention | None]]:
    """Who may stand on a side, nobody first, each with the log of how much speaks for it."""
    told = {
        c.mention.code or "": (p, c.mention)
        for p, c in proposal.parties(role)
        if c.mention.code not in event.codes(Role.ACTOR)
    }
    own = {m.code or "": m for m in event.roles.get(role, ())}
    nobody = max(0.0, 1 - sum(p for p, _ in proposal.parties(role)))
    options: list[tuple[float, Mention | None]] = [(math.log(nobody + weights.chance), None)]
    for code in sorted({*told, *own}):
        likely, mention = told.get(code) or (0.0, own[code])
        score = math.log(likely + weights.chance) + weights.placed * ((code in own) - (code in event.codes(other)))
        options.append((score, own.get(code, mention)))
    return options


def _further(
    event: Event, proposal: Proposal, role: Role, taken: set[str | None], weights: Weights
) -> tuple[Mention, ...]:
    """Who else stands on a side: as the frame lists them, then those of whom the tagger is sure."""
    found = {m.code: m for m in event.roles.get(role, ()) if m.code not in taken}
    for likely, choice in proposal.parties(role):
        if likely >= weights.fill and choice.mention.code not in taken | event.codes(Role.ACTOR):
            found.setdefault(choice.mention.code, choice.mention)
    return tuple(found.values())


def _filled(event: Event, proposal: Proposal, weights: Weights) -> Event:
    """The event with the equipment that the tagger hears beside the frame's, or in its place if that names none."""
    heard, own = proposal.roles.get(Role.EQUIPMENT, ()), event.roles.get(Role.EQUIPMENT, ())
    if not own:
        return _told(event, Role.EQUIPMENT, in_order(c for c in heard if c.probability >= weights.fill))
    more = in_order(c for c in heard if c.place == event.place.index and c.probability >= weights.beside)
    return event.with_roles(equipment=_beside(own, more))


def _beside(own: tuple[Mention, ...], more: Iterable[Mention]) -> tuple[Mention, ...]:
    """What stands already, and of what is heard besides that which does not overlap it, in text order."""
    new = [m for m in more if not any(m.start < o.end and o.start < m.end for o in own)]
    return tuple(sorted((*own, *new), key=lambda m: m.start))


def _told(event: Event, role: str, mentions: tuple[Mention, ...], voice: Voice = Voice.TAGGER) -> Event:
    """The event with a role as another voice sees it, marked as its word and, if it stands elsewhere, as inherited."""
    if mentions == event.roles.get(role, ()):
        return event
    outside = all(not event.place.start <= m.start < event.place.end for m in mentions)
    inherited = event.inherited | {role} if mentions and outside else event.inherited - {role}
    changed = event.with_roles(**{role: mentions})
    return replace(changed, inherited=inherited, told={**event.told, role: voice})


def _believing(event: Event, proposal: Proposal) -> Event:
    """The event with what the tagger thinks of parties and figures, for the stages that decide on them later."""
    likely = {(role.value, c.mention.code or ""): p for role in _SIDES for p, c in proposal.parties(role)}
    figures = {c.mention: c.probability for role in _FIGURES for c in proposal.roles.get(role, ())}
    return replace(event, likely=likely, figures=figures)
