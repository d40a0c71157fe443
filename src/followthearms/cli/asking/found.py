"""All that meets the query of a command, however many pages of answers it fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from followthearms.model import Deal, DealRow
from followthearms.model.query import Query
from followthearms.register import Register
from followthearms.register.search import FoundClaim, FoundDocument

PAGE = 500
"""Rows that are asked for at once."""


def query_of(said: Sequence[str], sort: str | None = None) -> Query:
    """The query that the words of a command line write; `sort` stands for `sort:…` in it."""
    return Query.parse(" ".join([*said, *([f"sort:{sort}"] if sort else [])]))


def deals_found(register: Register, query: Query) -> Iterator[DealRow]:
    """All deals that meet a query, in its order."""
    return (found.row for found in _pages(register.search.deals, query))


def claims_found(register: Register, query: Query) -> Iterator[FoundClaim]:
    """All claims that meet a query, in its order."""
    return _pages(register.search.claims, query)


def documents_found(register: Register, query: Query) -> Iterator[FoundDocument]:
    """All documents that meet a query, in its order."""
    return _pages(register.search.documents, query)


def in_full(register: Register, rows: list[DealRow]) -> list[Deal]:
    """The deals of these rows, in their order."""
    known = {deal.id: deal for deal in register.deals({row.id for row in rows})}
    return [known[row.id] for row in rows]


def _pages(search: Any, query: Query) -> Iterator[Any]:
    """The rows of all pages of an answer."""
    after: str | None = None
    while True:
        page = search(query, limit=PAGE, after=after)
        yield from page.rows
        after = page.next
        if after is None:
            return
