"""What the addresses of lists have in common: the query, the page, and how many rows it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query

from followthearms.model.query import LONGEST
from followthearms.model.query import Query as Search
from followthearms.register.search.results import Page
from followthearms.web.views.paging import PAGE

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
Start = Annotated[int, Query(ge=0, le=10**9, description="How many to leave out of the page, in their order.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows of a page.")]
Everything = Annotated[bool, Query(description="Every row that fits, not only those of one page; JSON and CSV alone.")]

_Found = TypeVar("_Found", bound=Page[Any])


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks: a query, another order of it, and which of its rows."""

    q: str
    sort: str
    after: str | None
    limit: int
    everything: bool

    @property
    def query(self) -> Search:
        """The query. Raises QueryError."""
        return Search.parse(self.q)


async def _asked(
    q: Q = "", sort: Sorting = "", after: After = None, limit: Limit = PAGE, everything: Everything = False
) -> Asked:
    return Asked(q, sort, after, limit, everything)


Listed = Annotated[Asked, Depends(_asked)]


def gather(find: Callable[..., _Found], query: Search, asked: Asked, *, is_page: bool) -> _Found:
    """A page of an answer, or all of them as one from the first row, if everything is asked for and not as a page."""
    if is_page or not asked.everything:
        return find(query, limit=asked.limit, after=asked.after)
    page = find(query, limit=_BATCH)
    rows, following = list(page.rows), page.next
    while following and len(rows) < MOST_EXPORTED:
        more = find(query, limit=_BATCH, after=following)
        rows += more.rows
        following = more.next
    return page.model_copy(update={"rows": tuple(rows), "next": following})
