"""Pages of an answer, and the words in it that were searched for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from followthearms.model.query import Query
from followthearms.register.search.results import Page
from followthearms.register.search.terms import Snippet
from followthearms.web import links
from followthearms.web.views.phrases import total

PAGE = 50
"""Rows of a page unless its address says another number."""

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, true for those that were searched for."""
State = Mapping[str, str | int | Sequence[str] | None]
"""What the address of a page says beside its path; None for what it leaves out."""


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
    """The links of a page of an answer."""
    return paged(path, {"q": str(query), **state}, (len(page.rows), total(page.total), page.next), limit, after)


def paged(path: str, asked: State, rows: tuple[int, str, str | None], limit: int, after: str | None) -> Paging:
    """The links of a page in a state; `rows`: how many it has, how many there are, and where the next page begins."""
    state = {**asked, "limit": limit if limit != PAGE else None}
    count, told, following = rows
    return Paging(
        count=count,
        total=told,
        first=links.listing(path, **state) if after else None,
        next=links.listing(path, **state, after=following) if following else None,
        exports=exports(lambda form: links.listing(f"{path}.{form}", **state, after=after)),
        all_exports=exports(lambda form: links.listing(f"{path}.{form}", **state, everything=1))
        if following or after
        else (),
    )


def turns(at: Callable[[int], str], start: int, size: int, rows: int) -> tuple[str | None, str | None]:
    """The pages before and after the one that begins with row `start`, from 0, if pages have `size` rows and all of
    them `rows`; None where there is none."""
    return at(max(0, start - size)) if start else None, at(start + size) if start + size < rows else None


def exports(at: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """The rows of a page for programs, as (format, address)."""
    return tuple((form, at(form)) for form in ("csv", "json"))


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
