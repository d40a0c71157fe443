"""The rows of an answer: deals, claims and documents, with the words that were looked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, func, or_, select

from followthearms.model import Claim, DealRow, Extent, Frozen
from followthearms.model.decisions import Standing
from followthearms.model.query import Words
from followthearms.register.search import dialects
from followthearms.register.search.planning import Total
from followthearms.register.search.terms import Snippet, snippet
from followthearms.register.search.words import pages, quotes
from followthearms.register.tables import documents
from followthearms.register.tables.derived import deals, statements, strands

_MOST_TELLINGS = 2_000
"""Claims of a page's deals in which the words are looked for, the newest first, to show where they stand."""
_MOST_SNIPPETS = 3
"""Snippets that are shown of a deal."""

_Row = TypeVar("_Row", bound=Frozen)


class FoundDeal(Frozen):
    """A deal; `snippets` show the words in the evidence of its newest claims that hold them, at most three."""

    row: DealRow
    snippets: tuple[Snippet, ...] = ()


class FoundClaim(Frozen):
    """A claim as decided, with its document's title, outlet and day of publication; `quote` shows its evidence."""

    document: str
    title: str | None
    outlet: str | None
    published: dt.date | None
    standing: Standing
    claim: Claim
    quote: Snippet


class FoundDocument(Frozen):
    """A document with the number of its claims; `snippet` shows the words, or how its text begins."""

    document: str
    title: str | None
    outlet: str | None
    published: dt.date | None
    claims: int
    snippet: Snippet


class Page(Frozen, Generic[_Row]):
    """A page of an answer. `next` is the `after` of the page after it, null for the last."""

    rows: tuple[_Row, ...]
    total: Total
    next: str | None = None


def found_deals(connection: Connection, keys: Sequence[str], words: Sequence[Words]) -> tuple[FoundDeal, ...]:
    """The deals with these ids, in this order."""
    asked = select(deals.c.id, deals.c.summary).where(deals.c.id.in_(keys))
    rows = {row.id: DealRow.model_validate_json(row.summary) for row in connection.execute(asked)}
    shown = _tellings(connection, keys, words) if any(not one.negated for one in words) else {}
    return tuple(FoundDeal(row=rows[key], snippets=tuple(shown.get(key, {}).values())) for key in keys)


def found_claims(connection: Connection, keys: Sequence[int], words: Sequence[Words]) -> tuple[FoundClaim, ...]:
    """The claims with these numbers, in this order."""
    said, quoted = statements.c, quotes.c
    asked = (
        select(quoted.number, said.standing, said.body, quoted.start, _evidence(), *_described())
        .join(statements, (said.document == quoted.document) & (said.position == quoted.position))
        .join(pages, pages.c.document == quoted.document)
        .join(documents, documents.c.id == quoted.document)
        .where(quoted.number.in_(keys))
    )
    rows = {
        row.number: FoundClaim(
            **_description(row),
            standing=Standing(row.standing),
            claim=Claim.model_validate_json(row.body),
            quote=_quote(row.words, row.start, words),
        )
        for row in connection.execute(asked)
    }
    return tuple(rows[key] for key in keys)


def found_documents(connection: Connection, keys: Sequence[int], words: Sequence[Words]) -> tuple[FoundDocument, ...]:
    """The documents with these numbers, in this order."""
    claims = select(func.count()).where(statements.c.document == pages.c.document).scalar_subquery()
    asked = (
        select(pages.c.number, documents.c.text, claims.label("claims"), *_described())
        .join(documents, documents.c.id == pages.c.document)
        .where(pages.c.number.in_(keys))
    )
    rows = {
        row.number: FoundDocument(**_description(row), claims=row.claims, snippet=snippet(row.text, words))
        for row in connection.execute(asked)
    }
    return tuple(rows[key] for key in keys)


def _described() -> tuple[Any, ...]:
    return pages.c.document, pages.c.title, pages.c.outlet, pages.c.published


def _description(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("document", "title", "outlet", "published")}


def _evidence() -> Any:
    return func.substr(documents.c.text, quotes.c.start + 1, quotes.c.end - quotes.c.start).label("words")


def _tellings(connection: Connection, keys: Sequence[str], words: Sequence[Words]) -> dict[str, dict[str, Snippet]]:
    """For each deal where the words first stand in the evidence of its newest claims, each evidence once."""
    cited = (quotes.c.document == strands.c.document) & (quotes.c.position == strands.c.position)
    quoted = select(strands.c.deal, quotes.c.number).join(quotes, cited).where(strands.c.deal.in_(keys))
    newest = quoted.order_by(quotes.c.number).limit(_MOST_TELLINGS).subquery()
    asked = (
        select(newest.c.deal, quotes.c.start, _evidence())
        .join(quotes, quotes.c.number == newest.c.number)
        .join(documents, documents.c.id == quotes.c.document)
        .where(or_(*(dialects.holds(connection, quotes, [one]) for one in words if not one.negated)))
        .order_by(newest.c.number)
    )
    found: dict[str, dict[str, Snippet]] = defaultdict(dict)
    for row in connection.execute(asked):
        told = found[row.deal]
        if len(told) < _MOST_SNIPPETS and row.words not in told and (made := _quote(row.words, row.start, words)).marks:
            told[row.words] = made
    return found


def _quote(text: str, start: int, words: Sequence[Words]) -> Snippet:
    """The words of evidence that begins at an offset of its document."""
    found = snippet(text, words)
    marks = tuple(Extent(start=mark.start + start, end=mark.end + start) for mark in found.marks)
    return Snippet(start=found.start + start, text=found.text, marks=marks)
