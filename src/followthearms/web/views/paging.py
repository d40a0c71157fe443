"""Pages of an answer, and the words in it that were searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from followthearms.model.query import Query
from followthearms.register.search.results import Page
from followthearms.register.search.terms import Snippet
from followthearms.web import links

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, true for those that were searched for."""


@dataclass(frozen=True)
class Paging:
    """Where a page of an answer stands. `total` is how many rows there are, in words; the links keep the page's state.

    `exports` are the rows of this page, `all_exports` all that fit, as (format, address).
    """

    count: int
    total: str
    first: str | None
    next: str | None
    exports: tuple[tuple[str, str], ...]
    all_exports: tuple[tuple[str, str], ...]


def paging(
    path: str, page: Page[Any], query: Query, limit: int, after: str | None, **state: str | Sequence[str]
) -> Paging:
    """The links of a page."""
    asked: dict[str, Any] = {"q": str(query), **state, "limit": limit if limit != 50 else None}
    formats = ("csv", "json")
    return Paging(
        count=len(page.rows),
        total=("" if page.total.exact else "at least ") + f"{page.total.count:,}",
        first=links.listing(path, **asked) if after else None,
        next=links.listing(path, **asked, after=page.next) if page.next else None,
        exports=tuple((one, links.listing(f"{path}.{one}", **asked, after=after)) for one in formats),
        all_exports=tuple((one, links.listing(f"{path}.{one}", **asked, everything=1)) for one in formats)
        if page.next or after
        else (),
    )


def marked(found: Snippet) -> Pieces:
    """A snippet with its marks."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for mark in found.marks:
        start, end = mark.start - found.start, mark.end - found.start
        pieces += [(found.text[at:start], False), (found.text[start:end], True)]
        at = end
    pieces.append((found.text[at:], False))
    return tuple((text, hit) for text, hit in pieces if text)
