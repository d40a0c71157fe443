"""Events over events: which claim a sentence really makes.

"Asked to supply" is one request, "the ban on sales" one restriction: the outer event takes up the inner one. Where an
outer event that would make its subject the recipient governs a transfer by that same subject ("Russia plans to sell"),
it is no event of its own but tells how firm the inner one is.
Invariant: every event that goes in comes out, alone or taken up by another one of its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from followthearms.extract.cues import composition_cues
from followthearms.extract.events import Event
from followthearms.model import Kind, Modality
from followthearms.model.mentions import Mention
from followthearms.rules.tree import Sentence, Token

_SIDES = ("supplier", "recipient")
_UNDIRECTED = ("party", "partner")
_LICENSING = frozenset({Kind.REFUSAL, Kind.APPROVAL, Kind.REQUEST})
"""Kinds in which a third party may decide on what two others want to do."""
_FIRMEST_FIRST = (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL)


def compose(events: Iterable[Event]) -> list[Event]:
    """One event for each happening that its sentence tells; sentences in order, triggers in text order."""
    composed: list[Event] = []
    for _, group in groupby(events, key=lambda e: e.place.index):
        composed.extend(_sentence(_best_by_head(list(group))))
    return composed


def _best_by_head(events: Sequence[Event]) -> list[Event]:
    """Where several frames fit the same trigger, the one that found most; the kinds of its equals stand second."""
    best: dict[int, Event] = {}
    for event in sorted(events, key=_merit, reverse=True):
        best.setdefault(event.head, event)
    return sorted(best.values(), key=lambda e: e.head)


def _merit(event: Event) -> tuple[float, int, str]:
    return (event.weight * (1 + event.found), len(event.trigger), event.frame)


def _sentence(events: list[Event]) -> list[Event]:
    standing = {e.head: e for e in events}
    for inner in sorted(events, key=lambda e: -_depth(e)):
        outer = _outer(standing[inner.head], standing)
        if outer is None:
            continue
        taken = standing.pop(inner.head)
        standing[outer.head] = _taken_up(outer, taken)
    return [standing[h] for h in sorted(standing) if not _names_sort(standing[h])]


def _names_sort(event: Event) -> bool:
    """ "The arms transfer strategy", "supply chains": what sort of thing it is, and no supply."""
    token = event.token
    return event.kind is Kind.SUPPLY and token.dep == "compound" and token.pos in ("NOUN", "PROPN")


def _depth(event: Event) -> int:
    return len(list(event.place.scene.sentence.up(event.head)))


def _outer(inner: Event, standing: Mapping[int, Event]) -> Event | None:
    """The nearest event above whose complement the inner one stands in, if it takes up such a kind."""
    sentence = inner.place.scene.sentence
    i = inner.head
    while sentence.tokens[i].head != i:
        ended = _ending(sentence, sentence.tokens[i], standing)
        if ended is not None:
            return ended if composition_cues().governs(ended.kind, inner.kind) else None
        if not _leads_up(sentence, i):
            return None
        i = sentence.tokens[i].head
        above = standing.get(i) or _listing(sentence, i, standing)
        if above is not None and above is not inner:
            return above if _takes_up(above, inner, sentence, i) else None
    return None


def _ending(sentence: Sentence, token: Token, standing: Mapping[int, Event]) -> Event | None:
    """ "The deal fell through", "the sale is dead": the restriction that its subject meets."""
    if token.dep != "nsubj" or any(sentence.below(token.head, ("dobj",))):
        return None
    at = (token.head, *(t.i for t in sentence.below(token.head, ("acomp",))))
    return next((standing[i] for i in at if i in standing and standing[i].kind is Kind.RESTRICTION), None)


def _listing(sentence: Sentence, i: int, standing: Mapping[int, Event]) -> Event | None:
    """ "The contract includes the delivery of": what is the subject of a verb that lists its parts."""
    if sentence.tokens[i].lemma not in composition_cues().listing:
        return None
    return next((standing[t.i] for t in sentence.below(i, ("nsubj",)) if t.i in standing), None)


def _leads_up(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    if token.dep == "prep" and token.lemma == "without":
        return False
    if token.dep == "acl":  # but not "reports that it is selling"
        return token.tag == "VB" or (token.tag == "VBG" and not any(sentence.below(i, ("mark",))))
    if token.dep == "advcl":  # a purpose: "signed a contract to buy"
        return token.tag == "VB" and sentence.has_to(i)
    return token.dep in composition_cues().edges


def _takes_up(outer: Event, inner: Event, sentence: Sentence, top: int) -> bool:
    cues = composition_cues()
    if not cues.governs(outer.kind, inner.kind):
        return False
    below = _child_towards(sentence, inner.head, top)
    if below.dep == "conj":
        return False
    finite = below.dep == "ccomp" and any(
        t.dep in ("mark", "nsubj", "nsubjpass", "aux") for t in sentence.below(below.i)
    )
    return not finite or outer.kind in cues.finite


def _child_towards(sentence: Sentence, i: int, top: int) -> Token:
    while sentence.tokens[i].head != top:
        i = sentence.tokens[i].head
    return sentence.tokens[i]


def _taken_up(outer: Event, inner: Event) -> Event:
    """The outer event with the parts that only the inner one has."""
    if outer.kind is Kind.INTEREST and inner.kind is not Kind.INTEREST and inner.agent == "supplier":
        return _told_by(outer, inner)
    if outer.kind is Kind.INTEREST and inner.kind is Kind.COOPERATION:
        return _together(outer, inner)
    roles = _with_licensor(outer, inner) or dict(outer.roles)
    for role, mentions in inner.roles.items():
        if role == "equipment" and role in roles:
            roles[role] = _joined(roles[role], mentions)
        elif role not in roles and not _placed(mentions, roles, role):
            roles[role] = mentions
    _control(roles, inner.agent)
    kinds = outer.kinds if outer.kind is not inner.kind else tuple(dict.fromkeys(outer.kinds + inner.kinds))
    within = (*outer.within, inner.trigger, *inner.within)
    return replace(outer, roles=roles, kinds=kinds, negated=outer.negated or inner.negated, within=within)


def _with_licensor(outer: Event, inner: Event) -> dict[str, tuple[Mention, ...]] | None:
    """ "Turned down a Danish request to pass them to Ukraine": Denmark would give, and who decides is a third party."""
    asks, gets = outer.roles.get("recipient", ()), inner.roles.get("recipient", ())
    if outer.kind not in _LICENSING or not asks or not gets:
        return None
    asking = {m.code for m in asks}
    giving = inner.codes("supplier") or (asking if inner.agent == "supplier" else set())
    if giving != asking or asking & {m.code for m in gets}:
        return None
    decides = outer.roles.get("actor") or outer.roles.get("supplier") or outer.roles.get("party", ())
    left = {r: m for r, m in outer.roles.items() if r not in (*_SIDES, *_UNDIRECTED)}
    return {**left, "supplier": asks, "recipient": gets, "actor": decides}


def _told_by(outer: Event, inner: Event) -> Event:
    """ "Russia plans to sell": no wish of a recipient, but a sale that is not firm yet."""
    doers = outer.roles.get("recipient", ()) or outer.roles.get("party", ())
    if inner.kind is Kind.OFFER and inner.token.pos == "NOUN":  # it stands already: "considers a Russian offer"
        roles = {"recipient": doers, **inner.roles} if doers else dict(inner.roles)
        return replace(inner, roles=roles, kinds=(Kind.OFFER, Kind.INTEREST))
    roles = {"supplier": doers, **inner.roles} if doers else dict(inner.roles)
    return replace(inner, roles=roles, modality=_less_firm(inner.modality, Modality.PLANNED))


def _together(outer: Event, inner: Event) -> Event:
    """ "Delhi plans to deepen ties with Paris": what nobody gives or takes, but both do, if it comes about."""
    wishing = [m for role in (*_SIDES, *_UNDIRECTED) for m in outer.roles.get(role, ())]
    roles = {**inner.roles, "partner": (*inner.roles.get("partner", ()), *wishing)}
    return replace(inner, roles=roles, within=(outer.trigger, *inner.within))


def _control(roles: dict[str, tuple[Mention, ...]], agent: str | None) -> None:
    """The doer of the outer event does the inner one as well: "approved the purchase", "agreed to sell"."""
    doers = roles.get("party")
    if agent and doers and agent not in roles and not _placed(doers, roles, agent):
        roles[agent] = doers
    if any(r in roles for r in _SIDES):
        given = {m.code for r in _SIDES for m in roles.get(r, ())}
        for role in _UNDIRECTED:
            if role in roles and {m.code for m in roles[role]} <= given:
                del roles[role]


def _placed(mentions: tuple[Mention, ...], roles: Mapping[str, tuple[Mention, ...]], role: str) -> bool:
    """True if these parties already stand on the other side."""
    if role not in _SIDES:
        return False
    other = _SIDES[1 - _SIDES.index(role)]
    return {m.code for m in mentions} <= {m.code for m in roles.get(other, ())}


def _joined(a: tuple[Mention, ...], b: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(sorted({(m.start, m.end): m for m in (*a, *b)}.values(), key=lambda m: m.start))


def _less_firm(one: Modality, other: Modality) -> Modality:
    return max(one, other, key=_FIRMEST_FIRST.index)
