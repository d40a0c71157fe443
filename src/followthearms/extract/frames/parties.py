"""Who gives to whom, as far as the sentence decides it: from the parties a frame found to supplier and recipient.

A frame names `supplier` and `recipient` where its words decide the direction ("bought from"), `party` and `partner`
where they do not ("signed a contract with"). The origin told of the equipment ("Russian S-400s") gives the supplier,
and where one side is known the party left over takes the other one; else it stays open until the article is looked at.
Invariant: no party stands on both sides of an event, and none is added that the sentence does not mention.
"""

from __future__ import annotations

from collections.abc import Callable

from followthearms.extract.events import Event
from followthearms.model import SYMMETRIC, Equipment, Kind
from followthearms.model.mentions import Form, Mention, MentionType

Makers = Callable[[Equipment], frozenset[str]]
PARTY_TYPES = (MentionType.ACTOR, MentionType.COMPANY, MentionType.PERSON)
_ORIGIN_EDGES = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})


def direct(event: Event) -> Event:
    """The event with its parties on their sides, as far as they are known; for a symmetric kind all in `parties`."""
    if event.kind in SYMMETRIC:
        return _symmetric(event)
    event = _with_origin(_opened(event))
    left = loose(event)
    supplier, recipient = event.roles.get("supplier", ()), event.roles.get("recipient", ())
    if not supplier and not recipient:
        return event
    if left and supplier and recipient:
        event = event.with_roles(actor=event.roles.get("actor") or left)
    elif left and supplier:
        recipient = left
    elif left:
        supplier = left
    if event.kind is Kind.PRODUCTION and {m.code for m in supplier} <= {m.code for m in recipient}:
        supplier = ()  # "produced in India by an Indian firm": whoever gave the design is not named here
    given = {m.code for m in supplier}
    recipient = tuple(m for m in recipient if m.code not in given) or (recipient if not supplier else ())
    return event.with_roles(supplier=supplier, recipient=recipient, party=(), partner=())


def _opened(event: Event) -> Event:
    """ "A deal between the two countries": words for two parties name both sides, not one."""
    for role in ("supplier", "recipient"):
        mentions = event.roles.get(role, ())
        if len(mentions) == 2 and len({(m.start, m.end) for m in mentions}) == 1:
            event = event.with_roles(**{role: (), "party": (*event.roles.get("party", ()), *mentions)})
    return event


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


def loose(event: Event) -> tuple[Mention, ...]:
    """The parties, one for each code, whose side the frame leaves open."""
    placed = event.codes("supplier", "recipient")
    found: dict[str, Mention] = {}
    for mention in (*event.roles.get("party", ()), *event.roles.get("partner", ())):
        if mention.code and mention.code not in placed:
            found.setdefault(mention.code, mention)
    return tuple(found.values())


def _with_origin(event: Event) -> Event:
    """ "Russian S-400s", "French and Israeli drones": who names the equipment supplies it, if nobody else does."""
    if event.roles.get("supplier"):
        return event
    sentence = event.place.scene.sentence
    taken = event.codes("recipient", "party", "partner") if event.kind is not Kind.HOLDING else event.codes("recipient")
    heads = {event.place.head(m) for m in event.roles.get("equipment", ())}
    makers: dict[str | None, Mention] = {}
    for mention in event.place.of_type(MentionType.ACTOR, MentionType.COMPANY):
        token = sentence.tokens[event.place.head(mention)]
        names_it = token.dep in _ORIGIN_EDGES - {"poss"} and _top(event, token.i) in heads
        if names_it and mention.code not in taken and mention.form in (Form.ADJECTIVE, Form.COMPANY, Form.NAME):
            makers.setdefault(mention.code, mention)
    return event.with_roles(supplier=tuple(makers.values())) if makers else event


def _top(event: Event, i: int) -> int:
    """Where a chain of modifiers ends."""
    sentence = event.place.scene.sentence
    while sentence.tokens[i].dep in _ORIGIN_EDGES and sentence.tokens[i].head != i:
        i = sentence.tokens[i].head
    return i
