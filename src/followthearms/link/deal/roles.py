"""The parts that states, companies and places play in a deal, as its claims tell them.

Invariant: every part points at words of a text: no role without a span. What a text says did not happen, or only might
under a condition, gives none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from followthearms.knowledge.entities import entity
from followthearms.link.names import naming
from followthearms.link.names.entities import resolve
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.model import Claim, Document, Frozen, Kind, Modality, Ref, Span
from followthearms.model.entities import Cell, EntityKind, Part, Role, kind_of
from followthearms.tables import DATA, read_table

_GIVING = frozenset(
    {
        *(Kind.REQUEST, Kind.OFFER, Kind.PLEDGE, Kind.NEGOTIATION, Kind.APPROVAL, Kind.SELECTION),
        *(Kind.AGREEMENT, Kind.DELIVERY, Kind.SUPPLY),
    }
)
"""Kinds whose supplier gives, or would give, the equipment itself."""
_PERMITTING = frozenset({Kind.APPROVAL, Kind.ASSURANCE})
_MOVING = frozenset({Kind.DELIVERY, Kind.SUPPLY, Kind.DIVERSION, Kind.SEIZURE})
"""Kinds in which equipment is on its way, so that it may pass through somewhere."""
_ANYONE = frozenset({"supplier", "recipient", "actor", "parties", "company", "persons"})
_SLOTS = {
    Role.BROKER: _ANYONE,
    Role.FINANCIER: _ANYONE,
    Role.PRODUCER: frozenset({"company"}),
    Role.TRANSIT: frozenset({"place", "actor", "parties"}),
}
_REACH = 60
"""Code points on either side of a mention in which the words that show its part may stand."""
_ARTICLE = r"(?:\s+(?:the|a|an|its|his|their|one|some))?\s*[\"“'‘]?\Z"


class Words(Frozen):
    """The words that show one role; see roles.yaml."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def parts(told: Iterable[tuple[Document, Claim]], bindings: Bindings = NO_BINDINGS) -> tuple[Part, ...]:
    """The parts that the claims of one deal tell of, in the order of `Role`, then by entity."""
    found: dict[tuple[Role, str], dict[tuple[Ref, Span], None]] = defaultdict(dict)
    for document, claim in told:
        if claim.negated or claim.modality is Modality.HYPOTHETICAL:
            continue
        ref = Ref(document=document.id, claim=claim.id)
        for role, cell in _told(document, claim, bindings):
            words = Span(start=cell.start, end=cell.end, text=cell.text)
            found[role, cell.entity or ""][ref, words] = None
    order = list(Role)
    return tuple(
        Part(role=role, entity=name, told=tuple(sorted(spans, key=_place)))
        for (role, name), spans in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def _told(document: Document, claim: Claim, bindings: Bindings) -> Iterator[tuple[Role, Cell]]:
    named = [cell for cell in resolve(document, claim, bindings) if cell.entity]
    sides = _Sides(named)
    for cell in named:
        yield from ((role, cell) for role in _by_slot(claim.kind[0], cell, sides))
        if claim.evidence.covers(cell):
            yield from ((role, cell) for role in _by_words(document.text, claim.kind[0], cell, sides))
        user = naming.company(cell.text).id if cell.slot == "recipient" else None
        if user and kind_of(user) is EntityKind.ORGANISATION:  # the Indian Navy: its state, and the user within it
            yield Role.END_USER, cell.model_copy(update={"entity": bindings.merged.get(user, user)})


class _Sides:
    """Who gives and who gets in a claim, as ids."""

    def __init__(self, named: Sequence[Cell]) -> None:
        self.giving = {cell.entity for cell in named if cell.slot == "supplier"}
        self.getting = {cell.entity for cell in named if cell.slot == "recipient"}

    def hold(self, cell: Cell) -> bool:
        """True if the entity of the cell is one of the two."""
        return cell.entity in self.giving | self.getting


def _by_slot(kind: Kind, cell: Cell, sides: _Sides) -> Iterator[Role]:
    match cell.slot:
        case "supplier" if kind in _GIVING:
            yield Role.SUPPLIER
        case "supplier" if kind is Kind.PRODUCTION:
            yield Role.LICENSOR
        case "company" if kind is Kind.PRODUCTION:
            state = entity(cell.entity or "").state
            yield Role.LICENSOR if state in sides.giving - sides.getting else Role.PRODUCER
        case "actor" if kind in _PERMITTING and not sides.hold(cell):
            yield Role.LICENSOR
        case "actor" if kind is Kind.PAYMENT and not sides.hold(cell):
            yield Role.FINANCIER
        case "recipient" if kind is Kind.ASSURANCE:
            yield Role.END_USER


def _by_words(text: str, kind: Kind, cell: Cell, sides: _Sides) -> Iterator[Role]:
    for role, (slots, before, after) in _patterns().items():
        moved = role is not Role.TRANSIT or (kind in _MOVING and not sides.hold(cell))
        window = text[max(0, cell.start - _REACH) : cell.start], text[cell.end : cell.end + _REACH]
        if cell.slot in slots and moved and (before.search(window[0]) or after.match(window[1])):
            yield role


@lru_cache(maxsize=1)
def _patterns() -> Mapping[Role, tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]]:
    """For each role that words show: the slots it is looked for in, and what stands before and after the mention."""
    table = read_table(DATA / "linking" / "roles.yaml", dict[Role, Words])
    return {role: (_SLOTS[role], _before(words.before), _after(words.after)) for role, words in table.items()}


def _before(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(words)}){_ARTICLE}", re.IGNORECASE)


def _after(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{_any(words)})\b", re.IGNORECASE)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(words, key=len, reverse=True))


def _place(told: tuple[Ref, Span]) -> tuple[str, int, str]:
    ref, span = told
    return ref.document, span.start, ref.claim
