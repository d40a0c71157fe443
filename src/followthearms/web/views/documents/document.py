"""A document: its whole text in layers, and its claims beside it, each leading to the other.

Invariant: the pieces of the text, joined, are the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.cells import SLOTS, Cell, cells
from followthearms.exchange.marks import EVIDENCE, Piece, anchor, layers
from followthearms.model import Claim, Document, Standing
from followthearms.web import links
from followthearms.web.views.documents.cases import Case


@dataclass(frozen=True)
class Slot:
    """A filled cell of a claim; `at` names its words on the page."""

    cell: Cell
    at: str


@dataclass(frozen=True)
class Told:
    """A claim beside the text. `number` counts from 1; `deals` are those that it is part of, as id and heading; `case`
    is how it stands, none for one that is not in the register."""

    number: int
    claim: Claim
    kinds: str
    certainty: str
    slots: tuple[Slot, ...]
    at: str
    trigger_at: str
    href: str
    deals: tuple[tuple[str, str], ...]
    case: Case | None = None


@dataclass(frozen=True)
class DocumentView:
    """The page of a document. `address` is where it was published, if a link may lead there."""

    document: Document
    title: str
    date: str
    address: str | None
    pieces: tuple[Piece, ...]
    claims: tuple[Told, ...]
    used: tuple[str, ...]


def document_view(
    document: Document, deals: Mapping[str, Iterable[tuple[str, str]]], standing: Mapping[str, Case] | None = None
) -> DocumentView:
    """The page of a document; for each claim `deals` tells those that it is part of, and `standing` how it stands. The
    words of rejected claims are not marked."""
    known = standing or {}
    claims = tuple(
        told(document, n, claim, deals.get(claim.id, ()), known.get(claim.id))
        for n, claim in enumerate(document.claims, 1)
    )
    rejected = {one.number for one in claims if one.case and one.case.standing == Standing.REJECTED}
    filled = {slot.cell.slot for one in claims if one.number not in rejected for slot in one.slots}
    return DocumentView(
        document=document,
        title=words.title(document),
        date=words.published(document.date),
        address=links.outside(document.url),
        pieces=tuple(layers(document.text, document.claims, rejected)),
        claims=claims,
        used=tuple(slot for slot in SLOTS if slot in filled),
    )


def told(
    document: Document, number: int, claim: Claim, deals: Iterable[tuple[str, str]], case: Case | None = None
) -> Told:
    """A claim of a document."""
    return Told(
        number=number,
        claim=claim,
        kinds=" / ".join(claim.kind),
        certainty=words.certainty(claim.modality, claim.negated, claim.disputed),
        slots=tuple(Slot(cell, anchor(cell.slot, cell.span.start, cell.span.end)) for cell in cells(claim)),
        at=anchor(EVIDENCE, claim.evidence.start, claim.evidence.end),
        trigger_at=anchor("trigger", claim.trigger.start, claim.trigger.end),
        href=links.claim(document.id, claim.id),
        deals=tuple(deals),
        case=case,
    )
