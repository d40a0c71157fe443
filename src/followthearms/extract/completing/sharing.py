"""Whose share is whose, where one word tells of several: "sent tanks to Greece and frigates to Egypt" are two claims.

Three shapes are known: things each with its party behind a preposition, parties each with its thing behind "with", and
doers each with a thing of its own where the verb is said once ("Poland sent 60 tanks and Norway eight howitzers").
Words from `cues/sharing.yaml`.
Invariant: a share has at least one party and one thing, all of them named in the event's sentence; an event whose
sentence fits no shape stays as it is.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from followthearms.extract.cues import read_cues
from followthearms.extract.events import Event, Place
from followthearms.model import SYMMETRIC, Frozen
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.rules.tree import Token

_SIDES = ("supplier", "recipient")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BEFORE = 3
"""Words that may stand between a preposition and the name of a party: "to its close neighbour Poland"."""


class SharingCues(Frozen):
    """What `cues/sharing.yaml` holds."""

    to: frozenset[str]
    from_: Annotated[frozenset[str], Field(alias="from")]
    with_: Annotated[frozenset[str], Field(alias="with")]
    joining: frozenset[str]
    counting: frozenset[str]
    ends: frozenset[str]

    def side(self, preposition: str) -> str | None:
        """The side on which a party stands behind a preposition, if it shows one."""
        if preposition in self.to:
            return "recipient"
        return "supplier" if preposition in self.from_ else None


@functools.lru_cache(maxsize=1)
def sharing_cues() -> SharingCues:
    """The cues, read once."""
    return read_cues("sharing.yaml", SharingCues)


@dataclass
class _Share:
    """Some parties and what is theirs; `side` is where they stand."""

    side: str
    parties: list[Mention] = field(default_factory=list)
    things: list[Mention] = field(default_factory=list)


def shared(event: Event) -> Iterator[Event]:
    """The event, or one for each share if its sentence tells of several."""
    shares = _shares(event) if event.kind not in SYMMETRIC else []
    if len(shares) < 2 or not _fits(event, shares):
        yield event
        return
    for share in shares:
        yield event.with_roles(**{share.side: tuple(share.parties), "equipment": tuple(share.things)})


def _fits(event: Event, shares: Sequence[_Share]) -> bool:
    """True if the first share is what the event tells of, and each party has one share and stands on no other side."""
    side = shares[0].side
    codes = [m.code for share in shares for m in share.parties]
    mine, other = event.codes(side), event.codes(_SIDES[1 - _SIDES.index(side)])
    own = {(m.start, m.end) for m in event.roles.get("equipment", ())} & {(m.start, m.end) for m in shares[0].things}
    first = {m.code for m in shares[0].parties}
    return bool(own) and (not mine or bool(first & mine)) and not other & set(codes) and len(codes) == len(set(codes))


def _shares(event: Event) -> list[_Share]:
    atoms = list(_atoms(event))
    return _behind(atoms) or _with(event, atoms) or _gapped(event, atoms)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A party or a thing behind the trigger, its preposition, and whether it goes on the list of the one before."""

    mention: Mention
    preposition: str
    joined: bool

    @property
    def is_thing(self) -> bool:
        return self.mention.type is MentionType.EQUIPMENT


def _atoms(event: Event) -> Iterator[_Atom]:
    """The parties and things behind the trigger, as far as the list of shares may reach."""
    place = event.place
    tokens = place.scene.sentence.tokens
    end = _end(event)
    last = tokens[max(event.trigger)].end
    for mention in place.of_type(MentionType.EQUIPMENT, MentionType.ACTOR, MentionType.COMPANY):
        if mention.start < last or mention.end > end or mention.form is Form.ADJECTIVE:
            continue
        before = [t for t in tokens if last <= t.start and t.end <= mention.start]
        joined = all(t.text.lower() in sharing_cues().joining or t.pos in ("DET", "NUM", "ADJ") for t in before)
        yield _Atom(mention, _preposition(before), joined)
        last = mention.end


def _preposition(before: Sequence[Token]) -> str:
    """The preposition that governs a mention, out of the words before it; empty if there is none."""
    for token in reversed(before[-_BEFORE - 1 :]):
        if token.pos in ("ADP", "SCONJ", "PART"):
            return token.lemma
        if token.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"):
            return ""
    return ""


def _end(event: Event) -> int:
    """Where the list of shares ends: at another finite verb with its subject, or a word that opens another clause."""
    sentence, last = event.place.scene.sentence, max(event.trigger)
    for token in sentence.tokens[last + 1 :]:
        if token.tag in _FINITE or token.lemma in sharing_cues().ends:
            above = {token.i, token.head} if token.pos == "AUX" else {token.i}
            subjects = [t.i for i in above for t in sentence.below(i, _SUBJECTS) if t.i > last]
            begun = [sentence.subtree(i)[0] for i in subjects]
            return sentence.tokens[max(last + 1, min([*begun, token.i]))].start
    return event.place.end


def _behind(atoms: Sequence[_Atom]) -> list[_Share]:
    """ "Tanks to Greece, frigates to Egypt": each share ends with its parties, all behind one sort of preposition."""
    shares: list[_Share] = []
    things: list[Mention] = []
    for atom in atoms:
        if atom.is_thing:
            things.append(atom.mention)
        elif things:
            side = sharing_cues().side(atom.preposition)
            if side is None:
                return []
            shares.append(_Share(side, [atom.mention], things))
            things = []
        elif shares and atom.joined:
            shares[-1].parties.append(atom.mention)
        else:
            return []
    return shares if not things and len({s.side for s in shares}) == 1 else []


def _with(event: Event, atoms: Sequence[_Atom]) -> list[_Share]:
    """ "Supplied Greece with tanks and Egypt with frigates"; where the event has the later ones as doers, they are."""
    shares: list[_Share] = []
    for before, atom in zip([None, *atoms], atoms, strict=False):
        if not atom.is_thing:
            if atom.preposition:
                return []
            if not shares or before is None or before.is_thing:
                shares.append(_Share("recipient"))
            shares[-1].parties.append(atom.mention)
        elif shares and (atom.preposition in sharing_cues().with_ or (shares[-1].things and atom.joined)):
            shares[-1].things.append(atom.mention)
        else:
            return []
    if not all(s.things for s in shares):
        return []
    givers = {m.code for s in shares[1:] for m in s.parties}
    if shares and givers and givers <= event.codes("supplier"):
        first = [m for m in event.roles["supplier"] if m.code not in givers]
        return [
            _Share("supplier", p, s.things)
            for p, s in zip([first, *(s.parties for s in shares[1:])], shares, strict=True)
        ]
    return shares


def _gapped(event: Event, atoms: Sequence[_Atom]) -> list[_Share]:
    """ "Poland sent 60 tanks and Norway eight howitzers to Kyiv": the doers, each with its own; a party behind a
    preposition at the end is everyone's."""
    own = [(side, m) for side in _SIDES for m in event.roles.get(side, ()) if m.end <= event.trigger_extent().start]
    named = {a.mention.code for a in atoms if not a.is_thing and not a.preposition}
    first = [(side, m) for side, m in own if m.code not in named]
    if not first or len({side for side, _ in first}) > 1:
        return []
    shares = [_Share(first[0][0], [m for _, m in first])]
    for n, atom in enumerate(atoms):
        if atom.is_thing:
            shares[-1].things.append(atom.mention)
        elif atom.preposition and all(not a.is_thing for a in atoms[n:]):
            break
        elif shares[-1].things and atom.joined and _counts(event.place, atoms[n : n + 2]):
            shares.append(_Share(first[0][0], [atom.mention]))
        else:
            return []
    return shares if all(s.things for s in shares) else []


def _counts(place: Place, pair: Sequence[_Atom]) -> bool:
    """True if a name and the thing behind it are a doer and its share, not a thing and where it is from."""
    if len(pair) < 2 or pair[0].preposition or not pair[1].is_thing:
        return False
    between = place.scene.sentence.within(pair[0].mention.end, pair[1].mention.start)
    cues = sharing_cues()
    shown = [t.pos in cues.counting or t.lemma in cues.with_ for t in between]
    return any(shown) and all(s or t.pos in ("ADJ", "ADV") for s, t in zip(shown, between, strict=True))
