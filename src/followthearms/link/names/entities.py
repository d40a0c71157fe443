"""Which entity each mention of a claim refers to, and why.

Invariant: pure; what a mention resolves to depends on its document, the package's tables and the analysts' rulings, so
that no other document can change it. A party is what its code says, as deals are linked by codes: a company or a
leader who stands as a party is there for a state, and is an entity of its own in the slots of companies and persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from followthearms.knowledge import entities as register
from followthearms.knowledge.normal_form import normal
from followthearms.link.names import naming
from followthearms.link.names.naming import Found, Near
from followthearms.link.names.parties import UNKNOWN, codes
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.model import Claim, Document, Equipment, Party, Span
from followthearms.model.decisions import Decision, Merge, Ruling, Same, Split, entities, in_force
from followthearms.model.entities import Cell, Entity, EntityKind, kind_of


def entity(name: str) -> Entity:
    """The entity of an id; one that no table knows is provisional, with a label made of its id."""
    return register.entity(name)


def cells(document: Document, bindings: Bindings = NO_BINDINGS) -> tuple[tuple[Cell, ...], ...]:
    """The cells of each of the document's claims, in their order."""
    context = _Context(document)
    return tuple(_cells(context, claim, bindings) for claim in document.claims)


def resolve(document: Document, claim: Claim, bindings: Bindings = NO_BINDINGS) -> tuple[Cell, ...]:
    """A cell for each mention of the claim that may name an entity, in the order of `Claim.spans`."""
    return _cells(_Context(document), claim, bindings)


def ruled(found: str, text: str, bindings: Bindings) -> str:
    """The id that analysts' rulings leave a mention under: split names stand for themselves, merged ids are one."""
    if normal(text) in {normal(name) for name in bindings.split_names.get(found, ())}:
        found = _named_apart(found, text)
    return bindings.merged.get(found, found)


class _Context:
    """What a document tells beside the mention: its day, and the full names of the persons that its claims name."""

    def __init__(self, document: Document) -> None:
        self.day = document.date
        self._claims = document.claims

    def near(self, state: str | None, parties: frozenset[str] = frozenset()) -> Near:
        """What helps to tell a person of that state, or on a claim of those parties."""
        return Near(self.day, state, parties, self._others)

    @cached_property
    def _others(self) -> frozenset[str]:
        spans = (span for claim in self._claims for span in (*claim.persons, *claim.speaker))
        return frozenset(name for span in spans if " " in (name := naming.bare_name(span.text)))


def objections(decisions: Iterable[Decision], ruling: Ruling) -> list[str]:
    """What speaks against making entities one, in sentences: an earlier split in force, and what the tables know of
    them. Empty for other rulings. What merges and differences overrule is told by `link.rulings.bindings`."""
    if not isinstance(ruling, Merge | Same):
        return []
    names = entities(ruling)
    return [*_parted(in_force(decisions), names), *_unlike([entity(name) for name in names])]


def _parted(decisions: Iterable[Decision], names: Sequence[str]) -> Iterator[str]:
    """The decisions that split one of these entities, by its name, off another of them."""
    for decision in decisions:
        rule = decision.ruling
        if isinstance(rule, Split) and rule.entity is not None and rule.entity in names:
            apart = {_named_apart(rule.entity, name) for name in rule.names}
            if apart & set(names):
                said = f"{decision.who}, {decision.when:%Y-%m-%d}{f': {decision.why}' if decision.why else ''}"
                yield f"is at odds with decision {decision.id}, which split {', '.join(rule.names)} off ({said})"


def _unlike(found: Sequence[Entity]) -> Iterator[str]:
    kinds = sorted({one.kind.value for one in found})
    if len(kinds) > 1:
        yield f"they are of different kinds: {', '.join(kinds)}"
    known = [one for one in found if not one.provisional and one.kind is not EntityKind.STATE]
    if len(known) > 1:
        yield f"the tables know them as different: {', '.join(f'{one.label} ({one.id})' for one in known)}"


def _named_apart(found: str, text: str) -> str:
    """The id that a name goes under which is not the entity's."""
    kind = kind_of(found)
    return (register.provisional_id(kind, text) if kind else normal(text)) or found


def _cells(context: _Context, claim: Claim, bindings: Bindings) -> tuple[Cell, ...]:
    return tuple(
        _cell(context, claim, slot, ordinal, span, bindings)
        for ordinal, (slot, span) in enumerate(claim.spans())
        if slot in _RESOLVERS and isinstance(span, Span)
    )


def _cell(context: _Context, claim: Claim, slot: str, ordinal: int, span: Span, bindings: Bindings) -> Cell:
    found, reason = _RESOLVERS[slot](context, claim, span)
    target = ruled(found, span.text, bindings) if found else None
    said = (reason, "by decision" if target != found else "", "inherited" if span.inherited else "")
    return Cell(
        start=span.start,
        end=span.end,
        slot=slot,
        ordinal=ordinal,
        text=span.text,
        entity=target,
        reason=", ".join(part for part in said if part),
    )


def _party(context: _Context, claim: Claim, span: Span) -> Found:
    code = span.code if isinstance(span, Party) else None
    return Found(None, "party not named") if code == UNKNOWN else naming.party(span.text, code)


def _speaker(context: _Context, claim: Claim, span: Span) -> Found:
    """An outlet that the table knows, else a person, else whom the code says, else a company that the table knows."""
    outlet, company = naming.source(span.text), naming.company(span.text)
    if outlet.id and not entity(outlet.id).provisional:
        return outlet
    code = span.code if isinstance(span, Party) and span.code != UNKNOWN else None
    person = naming.person(span.text, context.near(code))
    if person.id:
        return person
    if code:
        return naming.party(span.text, code)
    known = company.id and not entity(company.id).provisional
    return company if known else Found(None, "speaker not named")


def _person(context: _Context, claim: Claim, span: Span) -> Found:
    parties = (*claim.supplier, *claim.recipient, *claim.actor, *claim.parties)
    return naming.person(span.text, context.near(None, codes(parties)))


def _equipment(context: _Context, claim: Claim, span: Span) -> Found:
    return naming.equipment(span) if isinstance(span, Equipment) else Found(None, "may be any equipment")


_RESOLVERS: Mapping[str, Callable[[_Context, Claim, Span], Found]] = {
    "supplier": _party,
    "recipient": _party,
    "actor": _party,
    "parties": _party,
    "speaker": _speaker,
    "persons": _person,
    "equipment": _equipment,
    "company": lambda _, __, span: naming.company(span.text),
    "medium": lambda _, __, span: naming.source(span.text),
    "place": lambda _, __, span: naming.place(span.text),
}
