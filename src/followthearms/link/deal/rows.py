"""A row of strands as a deal: parties, equipment, figures, places, timeline, status.

Invariant: each cell of the deal points at the claims of the row that it was read from.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from followthearms.knowledge.states import name_of
from followthearms.link.deal.contradictions import contradictions
from followthearms.link.deal.figures import (
    Tier,
    amounts,
    delivered,
    figures,
    quantities,
    refs,
    sums,
    tier,
    total_delivered,
)
from followthearms.link.deal.status import Progress, stage, status
from followthearms.link.joining.strands import Strand
from followthearms.link.names import equipment as tree
from followthearms.link.names import places
from followthearms.link.names.parties import code
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.link.sources import Sources
from followthearms.link.stories import words
from followthearms.model import (
    Claim,
    Contradiction,
    Deal,
    Event,
    Item,
    Kind,
    Modality,
    Named,
    Nature,
    Party,
    Span,
    Status,
)


@dataclass(frozen=True)
class Row:
    """The strands of one deal, by document and place in it. The deal's id is made of its `founder`."""

    founder: Strand
    strands: tuple[Strand, ...]

    @property
    def id(self) -> str:
        """The id of the deal."""
        return f"d{self.founder.anchor}"


def row_of(name: str, strands: Iterable[Strand]) -> Row:
    """The row of the deal with this id, of all its strands. Raises ValueError if its founder is not among them."""
    told = sorted(strands, key=_place)
    [founder] = [strand for strand in told if f"d{strand.anchor}" == name]
    return Row(founder, tuple(told))


def _place(strand: Strand) -> tuple[str, int, int, str, str]:
    evidence = strand.claim.evidence
    return strand.document.id, evidence.start, evidence.end, strand.claim.id, strand.anchor


def deal(row: Row, sources: Sources, bindings: Bindings = NO_BINDINGS) -> Deal:
    """The deal of a row, its contradictions as analysts ruled on them."""
    told = sorted(row.strands, key=_published)
    nature, events = _nature(row), _events(row)
    wanted, come = quantities(told), delivered(told)
    binding = max((count.number for count in wanted if tier(count.strands) is Tier.BINDING), default=None)
    progress = Progress(binding, total_delivered(come))
    suppliers, recipients, sides, actors = _roles(row)
    return Deal(
        id=row.id,
        nature=nature,
        status=status(nature, events, progress),
        supplier=_parties(told, suppliers),
        recipient=_parties(told, recipients),
        parties=_parties(told, sides),
        actors=_parties(told, actors),
        companies=_named(told, lambda claim: claim.company, lambda firm: " ".join(words(firm))),
        equipment=_items(told),
        quantity=figures(wanted, sources),
        delivered=figures(come, sources),
        delivered_total=progress.delivered,
        values=amounts(sums(told), sources),
        places=_named(told, lambda claim: (claim.place,) if claim.place else (), places.name),
        events=events,
        contradictions=_ruled(contradictions(row.id, told), told, bindings) if _is_one_matter(row) else (),
        sources=sources.count((strand.document, strand.claim) for strand in told),
    )


def _ruled(found: Iterable[Contradiction], told: Iterable[Strand], bindings: Bindings) -> tuple[Contradiction, ...]:
    """The contradictions of these strands, those that a decision closed with its id."""
    anchors = {strand.anchor for strand in told}
    closed = ((one, bindings.ruling_on(one, anchors)) for one in found)
    return tuple(one.model_copy(update={"ruling": by.id}) if by else one for one, by in closed)


def _is_one_matter(row: Row) -> bool:
    """False for transfers without any equipment told: they may be several, so nothing in them contradicts."""
    return row.founder.signature.nature is not Nature.TRANSFER or row.founder.signature.node is not None


def _nature(row: Row) -> Nature:
    nature = row.founder.signature.nature
    if nature is not Nature.TRANSFER:
        return nature
    kinds = {strand.claim.kind[0] for strand in row.strands}
    if kinds <= {Kind.RESTRICTION, Kind.LIFTING} and row.founder.signature.node is None:
        return Nature.EMBARGO
    made = any(
        strand.claim.kind[0] is Kind.PRODUCTION
        and not strand.claim.negated
        and strand.claim.modality in (Modality.ACTUAL, Modality.PLANNED)
        for strand in row.strands
    )
    return Nature.PRODUCTION if made else Nature.TRANSFER


def _roles(row: Row) -> tuple[set[str], set[str], set[str], set[str]]:
    """The codes of suppliers, recipients, sides without a direction, and third parties. A code has one role."""
    signatures = [strand.signature for strand in row.strands]
    suppliers = set().union(*(signature.supplier for signature in signatures))
    recipients = {signature.recipient for signature in signatures if signature.recipient}
    sides = set().union(*(signature.sides for signature in signatures)) - suppliers - recipients
    actors = set().union(*({code(party) for party in strand.claim.actor} for strand in row.strands))
    actors |= set().union(*(signature.actor for signature in signatures))
    return suppliers, recipients, sides, actors - suppliers - recipients - sides


def _parties(told: Iterable[Strand], wanted: Collection[str]) -> tuple[Named, ...]:
    """The parties with the wanted codes, by code: a state by its name, others as the first text names them."""
    found: dict[str, list[tuple[Party, Strand]]] = defaultdict(list)
    for strand in told:
        claim = strand.claim
        for party in (*claim.supplier, *claim.recipient, *claim.parties, *claim.actor):
            if code(party) in wanted:
                found[code(party)].append((party, strand))
    return tuple(
        Named(name=name_of(key) or _best_name([p for p, _ in pairs]), code=key, refs=refs(s for _, s in pairs))
        for key, pairs in sorted(found.items())
    )


def _best_name(quotes: Sequence[Span]) -> str:
    """The first quote that is a name and no pronoun or noun ("it", "the nation"), as far as a capital shows it."""
    return next((quote.text for quote in quotes if quote.text[0].isupper()), quotes[0].text)


def _named(
    told: Iterable[Strand], slot: Callable[[Claim], Sequence[Span]], key: Callable[[str], str]
) -> tuple[Named, ...]:
    """What the slot quotes, names with an equal key once, in the order in which they were first published."""
    found: dict[str, list[tuple[str, Strand]]] = defaultdict(list)
    for strand in told:
        for quote in slot(strand.claim):
            found[key(quote.text)].append((quote.text, strand))
    return tuple(Named(name=pairs[0][0], refs=refs(s for _, s in pairs)) for pairs in found.values())


def _items(told: Iterable[Strand]) -> tuple[Item, ...]:
    """The equipment, each node of the tree once, the most specific first; "arms" and the like only if all is such."""
    found: dict[tree.Node | None, list[Strand]] = defaultdict(list)
    for strand in told:
        if strand.item:
            found[tree.node(strand.item)].append(strand)
    if len(found) > 1:
        found.pop(None, None)

    def rank(node: tree.Node | None) -> tuple[int, int, str]:
        return -node.depth if node else 0, -len(found[node]), node.name if node else ""

    return tuple(_item(found[node]) for node in sorted(found, key=rank))


def _item(strands: Sequence[Strand]) -> Item:
    items = [strand.item for strand in strands if strand.item]
    designation = next((item.designation for item in items if item.designation), None)
    category = next((item.category for item in items if item.category), None)
    return Item(
        label=designation or category or items[0].text, designation=designation, category=category, refs=refs(strands)
    )


def _events(row: Row) -> tuple[Event, ...]:
    """The timeline: one event for each claim, by day, then by publication, then by place in the text."""
    specific = row.founder.signature.node is not None
    by_ref = {strand.ref: strand for strand in sorted(row.strands, key=_depth)}
    made = {ref: _event(strand, specific) for ref, strand in by_ref.items()}
    return tuple(made[ref] for ref in sorted(made, key=lambda ref: (_day(made[ref]), _published(by_ref[ref]))))


def _depth(strand: Strand) -> int:
    return strand.signature.node.depth if strand.signature.node else 0


def _event(strand: Strand, specific: bool) -> Event:
    claim, document = strand.claim, strand.document
    return Event(
        ref=strand.ref,
        kind=claim.kind[0],
        modality=claim.modality,
        negated=claim.negated,
        disputed=claim.disputed,
        first=claim.date.first if claim.date else None,
        last=claim.date.last if claim.date else None,
        published=document.date,
        place=claim.place.text if claim.place else None,
        stage=_stage(strand, specific),
        quote=document.words(claim.evidence),
    )


def _stage(strand: Strand, specific: bool) -> Status | None:
    """The stage that a strand speaks for. "The main supplier of arms" says nothing of any one deal's stage."""
    if specific and strand.claim.kind[0] is Kind.SUPPLY and strand.signature.node is None:
        return None
    return stage(strand.claim)


def _day(event: Event) -> dt.date:
    return event.first or event.last or event.published or dt.date.max


def _published(strand: Strand) -> tuple[dt.date, str, int, int, str]:
    evidence = strand.claim.evidence
    published = strand.document.date or dt.date.max
    return published, strand.document.id, evidence.start, evidence.end, strand.claim.id
