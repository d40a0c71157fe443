"""What the addresses of lists have in common: the query, the page, and how many rows it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Query

from followthearms.model.query import LONGEST
from followthearms.model.query import Query as Search
from followthearms.register.search.results import Page

MOST_EXPORTED = 100_000
"""Rows of an export; what most spreadsheets can hold several times over. The command line writes more."""
_BATCH = 1_000

Q = Annotated[str, Query(max_length=LONGEST, description="What to show, in the filter language.")]
Sorting = Annotated[
    str, Query(max_length=20, description="Another order; leads to the address that has it in its query.")
]
After = Annotated[
    str | None, Query(max_length=500, description="Where the page begins: the `next` of the one before it.")
]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows of a page.")]
Everything = Annotated[bool, Query(description="Every row that fits, not only those of one page; JSON and CSV alone.")]

_Found = TypeVar("_Found", bound=Page[Any])


def gather(find: Callable[..., _Found], query: Search, limit: int, after: str | None, everything: bool) -> _Found:
    """A page of an answer, or with `everything` all of them as one, from the first row."""
    if not everything:
        return find(query, limit=limit, after=after)
    page = find(query, limit=_BATCH)
    rows, following = list(page.rows), page.next
    while following and len(rows) < MOST_EXPORTED:
        more = find(query, limit=_BATCH, after=following)
        rows += more.rows
        following = more.next
    return page.model_copy(update={"rows": tuple(rows), "next": following})
