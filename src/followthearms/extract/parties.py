"""Who gives to whom: from the parties a frame found to the supplier and the recipient.

A frame names `supplier` and `recipient` where its words decide the direction ("bought from"), `party` and `partner`
where they do not ("signed a contract with"). Then what else the text says decides: the origin told of the equipment
("Russian S-400s"), who makes it, and which way transfers between the same two run elsewhere in the article.
Invariant: no party stands on both sides of an event, and none is added that the sentence does not mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from followthearms.extract.events import Event
from followthearms.model import SYMMETRIC, Equipment, Kind
from followthearms.model.mentions import Form, Mention, MentionType

Makers = Callable[[Equipment], frozenset[str]]
PARTY_TYPES = (MentionType.ACTOR, MentionType.COMPANY, MentionType.PERSON)
_ORIGIN_EDGES = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
_MAKER, _SITE, _PARTNER, _COMPANY = 3.0, 2.0, 0.5, 1.0
"""Weights of the signs that a party is the supplier, or for a site is not; set by hand, checked on train."""

_GIVERS = frozenset(
    {Kind.OFFER, Kind.PLEDGE, Kind.APPROVAL, Kind.REFUSAL, Kind.DELIVERY, Kind.SUPPLY, Kind.RESTRICTION}
)
"""Kinds whose only named party is taken for the one that gives."""
_SITE_WORDS = frozenset({"in", "for"})


@dataclass
class Flows:
    """How often the article tells of a transfer from one code to another."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Flows:
        """Count the events whose words give both sides."""
        flows = cls()
        for event in events:
            for giver in event.codes("supplier"):
                for taker in event.codes("recipient"):
                    if giver != taker:
                        flows.pairs[giver, taker] += 1
        return flows

    def gives(self, code: str) -> int:
        """How much more often the code gives than gets."""
        return sum(n * ((s == code) - (r == code)) for (s, r), n in self.pairs.items())

    def partners(self, code: str, *, giving: bool) -> list[str]:
        """Who gets from the code (or gives to it), most often first."""
        found: Counter[str] = Counter()
        for (giver, taker), n in self.pairs.items():
            if (giver if giving else taker) == code:
                found[taker if giving else giver] += n
        return [c for c, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def direct(event: Event, flows: Flows, makers: Makers) -> Event:
    """The event with its parties on their sides; for a symmetric kind all of them in `parties`."""
    if event.kind in SYMMETRIC:
        return _symmetric(event)
    event = _with_origin(event)
    loose = _loose(event)
    supplier, recipient = event.roles.get("supplier", ()), event.roles.get("recipient", ())
    if loose and supplier and recipient:
        event = event.with_roles(actor=event.roles.get("actor") or loose)
    elif loose and supplier:
        recipient = loose
    elif loose and recipient:
        supplier = loose
    elif loose:
        supplier, recipient = _split(event, loose, flows, makers)
    if event.kind is Kind.PRODUCTION and {m.code for m in supplier} <= {m.code for m in recipient}:
        supplier = ()  # "produced in India by an Indian firm": whoever gave the design is not named here
    given = {m.code for m in supplier}
    recipient = tuple(m for m in recipient if m.code not in given) or (recipient if not supplier else ())
    return event.with_roles(supplier=supplier, recipient=recipient, party=(), partner=())


def is_domestic(event: Event, makers: Makers) -> bool:
    """True if all that the sentence names is one state dealing with itself, or taking what it makes itself."""
    gives, takes = event.codes("supplier"), event.codes("recipient")
    if gives or event.kind in SYMMETRIC:
        return bool(gives) and gives == takes
    items = [m.span for m in event.roles.get("equipment", ()) if isinstance(m.span, Equipment)]
    made = [makers(item) for item in items]
    return bool(takes) and bool(made) and all(states and states <= takes for states in made)


def _symmetric(event: Event) -> Event:
    found: dict[str | None, Mention] = {}
    for role in ("party", "partner", "supplier", "recipient"):
        for mention in event.roles.get(role, ()):
            found.setdefault(mention.code, mention)
    parties = tuple(sorted((m for c, m in found.items() if c), key=lambda m: m.start))
    return event.with_roles(parties=parties, party=(), partner=(), supplier=(), recipient=())


def _loose(event: Event) -> tuple[Mention, ...]:
    placed = event.codes("supplier", "recipient")
    found: dict[str, Mention] = {}
    for mention in (*event.roles.get("party", ()), *event.roles.get("partner", ())):
        if mention.code and mention.code not in placed:
            found.setdefault(mention.code, mention)
    return tuple(found.values())


def _split(
    event: Event, loose: tuple[Mention, ...], flows: Flows, makers: Makers
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    made_by = {
        code for m in event.roles.get("equipment", ()) if isinstance(m.span, Equipment) for code in makers(m.span)
    }
    partners = {m.code for m in event.roles.get("partner", ())}
    sites = {m.code for m in event.place.of_type(MentionType.ACTOR) if _is_site(event, m)}

    def sign(mention: Mention) -> float:
        code = mention.code or ""
        score = _MAKER * (code in made_by) + flows.gives(code) + _PARTNER * (code in partners)
        score -= _SITE * (code in sites)
        return score + _COMPANY * (mention.type is MentionType.COMPANY)

    ranked = sorted(loose, key=lambda m: (-sign(m), m.start))
    if len(ranked) == 1:
        gives = sign(ranked[0]) > 0 or (sign(ranked[0]) == 0 and event.kind in _GIVERS)
        return (tuple(ranked), ()) if gives else ((), tuple(ranked))
    return (ranked[0],), tuple(ranked[1:])


def _is_site(event: Event, mention: Mention) -> bool:
    """ "Manufactured in India", "for the Indian forces": where and for whom it happens is the recipient's."""
    sentence = event.place.scene.sentence
    token = sentence.tokens[event.place.head(mention)]
    return token.dep == "pobj" and sentence.tokens[token.head].lemma in _SITE_WORDS


def _with_origin(event: Event) -> Event:
    """ "Russian S-400s", "Israeli-made drones": the state that names the equipment supplies it, if nobody else does."""
    if event.roles.get("supplier"):
        return event
    sentence = event.place.scene.sentence
    taken = event.codes("recipient", "party", "partner") if event.kind is not Kind.HOLDING else event.codes("recipient")
    heads = {event.place.head(m) for m in event.roles.get("equipment", ())}
    for mention in event.place.of_type(MentionType.ACTOR, MentionType.COMPANY):
        token = sentence.tokens[event.place.head(mention)]
        names_it = token.dep in _ORIGIN_EDGES - {"poss"} and _top(event, token.i) in heads
        if names_it and mention.code not in taken and mention.form in (Form.ADJECTIVE, Form.COMPANY, Form.NAME):
            return event.with_roles(supplier=(mention,))
    return event


def _top(event: Event, i: int) -> int:
    """Where a chain of modifiers ends."""
    sentence = event.place.scene.sentence
    while sentence.tokens[i].dep in _ORIGIN_EDGES and sentence.tokens[i].head != i:
        i = sentence.tokens[i].head
    return i
