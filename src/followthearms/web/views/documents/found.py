"""Lists of documents and of claims that meet a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from followthearms.exchange import words
from followthearms.exchange.cells import cells
from followthearms.exchange.tables import Row
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register.search.results import FoundClaim, FoundDocument, Page
from followthearms.web import links
from followthearms.web.views.asking import Chip, Order, chips, orders
from followthearms.web.views.paging import Paging, Pieces, marked, paging

DOCUMENT_COLUMNS = ("id", "title", "outlet", "published", "claims")
_TOLD = ("supplier", "recipient", "parties", "actor", "equipment", "quantity", "value", "date", "place")
"""The slots that a list of claims tells of."""


@dataclass(frozen=True)
class Found:
    """A document or a claim of an answer. `told` holds the slots of a claim as (slot, words)."""

    href: str
    heading: str
    outlet: str
    published: str
    pieces: Pieces
    claims: int = 0
    certainty: str = ""
    standing: str = ""
    document_href: str = ""
    title: str = ""
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FoundView:
    """A list of documents or of claims."""

    path: str
    query: Query
    chips: tuple[Chip, ...]
    orders: tuple[Order, ...]
    rows: tuple[Found, ...]
    paging: Paging


def found_view(path: str, target: Target, query: Query, page: Page[Any], limit: int, after: str | None) -> FoundView:
    """The page of a list at a path."""
    return FoundView(
        path=path,
        query=query,
        chips=chips(query),
        orders=orders(query, target),
        rows=tuple(_claim(row) if isinstance(row, FoundClaim) else _document(row) for row in page.rows),
        paging=paging(path, page, query, limit, after),
    )


def document_rows(found: Iterable[FoundDocument]) -> Iterable[Row]:
    """Documents as rows of a table."""
    for one in found:
        yield {
            "id": one.document,
            "title": one.title or "",
            "outlet": one.outlet or "",
            "published": one.published.isoformat() if one.published else "",
            "claims": str(one.claims),
        }


def _document(found: FoundDocument) -> Found:
    return Found(
        href=links.document(found.document),
        heading=words.one_line(found.title or found.document),
        outlet=words.one_line(found.outlet or ""),
        published=words.published(found.published),
        pieces=marked(found.snippet),
        claims=found.claims,
    )


def _claim(found: FoundClaim) -> Found:
    claim = found.claim
    return Found(
        href=links.claim(found.document, claim.id),
        heading=" / ".join(claim.kind),
        outlet=words.one_line(found.outlet or ""),
        published=words.published(found.published),
        pieces=marked(found.quote),
        certainty=words.certainty(claim.modality, claim.negated, claim.disputed),
        standing=found.standing.value,
        document_href=links.document(found.document, f"evidence-{claim.evidence.start}-{claim.evidence.end}"),
        title=words.one_line(found.title or found.document),
        told=tuple(_told(found)),
    )


def _told(found: FoundClaim) -> Iterable[tuple[str, str]]:
    for cell in cells(found.claim):
        if cell.slot in _TOLD:
            yield cell.slot, words.one_line(cell.reading or cell.span.text)
