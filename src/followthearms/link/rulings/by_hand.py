"""Claims that analysts read where the program read none, and which of the program's say the same.

Invariants: a claim is added as the analyst gave it, whatever the program reads; nothing that the program reads is taken
away for it; and what stands beside it is a function of the decisions in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from followthearms.model import AddClaim, Claim, Decision, Document, Party, Span
from followthearms.model.decisions import Ruling, in_force, targets

_TOLD_APART = ("supplier", "recipient", "parties", "value", "date")
"""The slots by which two claims on the same words are two: "sold jets to one state and tanks to another", "18 in 2026
and 24 in 2027"."""


def with_added(document: Document, decisions: Iterable[Decision]) -> Document:
    """The document with the claims that hold among all decisions, given in their order, behind those it has.

    One that the program reads to the letter stays in its place, as the analyst's. What does not quote the text is left
    out.
    """
    found = {claim.id: claim for claim in document.claims}
    for decision in in_force(decisions):
        ruling = decision.ruling
        if isinstance(ruling, AddClaim) and ruling.document == document.id and quotes(ruling, document):
            found[ruling.claim.id] = ruling.claim
    claims = tuple(found.values())
    return document if claims == document.claims else document.with_claims(claims)


def quotes(ruling: AddClaim, document: Document) -> bool:
    """Whether the document has the words of the claim at their offsets."""
    is_within = ruling.claim.evidence.end <= len(document.text)
    return is_within and all(document.words(span) == span.text for span in ruling.spans)


def same(one: Claim, other: Claim) -> bool:
    """Whether two claims of a document are one happening: on words that overlap, the best kind of one among those of
    the other, and no parties, sums or dates by which the text tells them apart."""
    return (
        one.trigger.overlaps(other.trigger)
        and (one.kind[0] in other.kind or other.kind[0] in one.kind)
        and not any(_differ(_told(one, slot), _told(other, slot)) for slot in _TOLD_APART)
    )


def gives_way(claim: Claim, added: Claim) -> bool:
    """Whether a claim of a document is the same as one that was added, and tells of no recipient that this leaves out,
    as a claim of several is one on a transfer to each."""
    told = added.recipient
    return same(claim, added) and all(any(_meet(one, other) for other in told) for one in claim.recipient if told)


def bears_on(ruling: Ruling, document: Document) -> frozenset[int]:
    """The claims of a document, by their places, that a ruling on claims is on; of one that adds a claim, those too in
    whose place it stands."""
    own = [target for target in targets(ruling) if target.document == document.id]
    places = {target.among(document.claims) for target in own}
    if own and isinstance(ruling, AddClaim):
        places.update(replaced_by(ruling, document.claims))
    return frozenset(place for place in places if place is not None)


def replaced_by(ruling: AddClaim, claims: Sequence[Claim]) -> tuple[int, ...]:
    """The claims in whose place the one that is added stands, by their places, itself not among them."""
    own = ruling.claim
    return tuple(place for place, claim in enumerate(claims) if claim.id != own.id and gives_way(claim, own))


def _told(claim: Claim, slot: str) -> tuple[Span, ...]:
    value = getattr(claim, slot)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _differ(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether both tell something, and nothing that both tell is the same."""
    return bool(some and others) and not any(_meet(one, other) for one in some for other in others)


def _meet(one: Span, other: Span) -> bool:
    if isinstance(one, Party) and isinstance(other, Party) and one.code and one.code == other.code:
        return True
    return one.overlaps(other)
