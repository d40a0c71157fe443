"""The rows of an answer: deals, claims and documents, with the words that were looked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union

from followthearms.model import Claim, DealRow, Frozen
from followthearms.model.decisions import Standing
from followthearms.model.query import Words
from followthearms.register.search import dialects
from followthearms.register.search.planning import Total, capped
from followthearms.register.search.terms import Snippet, snippet
from followthearms.register.search.words import pages, quotes
from followthearms.register.tables import documents
from followthearms.register.tables.derived import deals, statements, strands

_FEW = 2_000
"""Claims that hold the words, up to which all are looked at to show where they stand in the deals of a page."""
_MOST_LOOKED = 250
"""Documents of a page's deals in which more frequent words are looked for: of each deal as many, the newest ones."""
_MOST_SNIPPETS = 3
"""Snippets that are shown of a deal."""
_MOST_SHOWN = 6
"""Claims of a deal that are cut into snippets: several may be of one sentence, which is shown once."""

_Row = TypeVar("_Row", bound=Frozen)


class FoundDeal(Frozen):
    """A deal; `snippets` show the words in the evidence of its newest claims that hold them, at most three. Words that
    very many claims hold are looked for in its newest documents alone."""

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
    shown = _tellings(connection, keys, words) if keys and any(not one.negated for one in words) else {}
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
            quote=snippet(row.words, words, row.start),
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
    wanted = [one for one in words if not one.negated]
    said = _holding(connection, keys, wanted)
    looked = (_newest(keys) if said is None else said).subquery()
    place = func.row_number().over(partition_by=looked.c.deal, order_by=looked.c.number)
    held = select(looked.c.deal, looked.c.number, place.label("place")).select_from(looked)
    if said is None:
        held = held.join(quotes, quotes.c.number == looked.c.number)
        held = held.where(or_(*(dialects.holds(connection, quotes, [one]) for one in wanted)))
    first = held.subquery()
    asked = (
        select(first.c.deal, quotes.c.start, _evidence())
        .join(quotes, quotes.c.number == first.c.number)
        .join(documents, documents.c.id == quotes.c.document)
        .where(first.c.place <= _MOST_SHOWN)
        .order_by(first.c.number)
    )
    found: dict[str, dict[str, Snippet]] = defaultdict(dict)
    for deal, start, evidence in connection.execute(asked).all():
        told = found[deal]
        if len(told) < _MOST_SNIPPETS and evidence not in told and (made := snippet(evidence, words, start)).marks:
            told[evidence] = made
    return found


def _holding(connection: Connection, keys: Sequence[str], wanted: Sequence[Words]) -> Select[Any] | None:
    """Asks for the claims of these deals that hold any of the words; null if more than a few claims of all hold one."""
    if any(one.beginning for one in wanted):  # whatever begins so would be put together first
        return None
    held = [dialects.numbers(connection, quotes, [one]) for one in wanted]
    if any(capped(connection, numbers, _FEW + 1) > _FEW for numbers in held):
        return None
    numbers = union(*held) if len(held) > 1 else held[0]
    of_these = dialects.unindexed(connection, strands.c.deal).in_(keys)
    said = select(strands.c.deal, quotes.c.number).distinct().join(quotes, _cited())
    return said.where(quotes.c.number.in_(numbers), of_these)


def _newest(keys: Sequence[str]) -> Select[Any]:
    """Asks for the claims of these deals that their newest documents make."""
    told = select(strands.c.deal, strands.c.document).where(strands.c.deal.in_(keys)).distinct().subquery()
    place = func.row_number().over(partition_by=told.c.deal, order_by=pages.c.number)
    placed = select(told.c.deal, told.c.document, place.label("place"))
    newest = placed.join(pages, pages.c.document == told.c.document).subquery()
    own = (strands.c.deal == newest.c.deal) & (strands.c.document == newest.c.document)
    said = select(strands.c.deal, quotes.c.number).distinct().select_from(newest)
    return said.join(strands, own).join(quotes, _cited()).where(newest.c.place <= max(1, _MOST_LOOKED // len(keys)))


def _cited() -> ColumnElement[bool]:
    return and_(quotes.c.document == strands.c.document, quotes.c.position == strands.c.position)
