"""Searching the register: pages of deals, claims or documents, and what the deals of an answer have in common."""

from __future__ import annotations

from followthearms.errors import UsageError
from followthearms.model import Ref
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register.search import facets, planning, queue, results
from followthearms.register.search.queue import Place, Similar
from followthearms.register.search.results import FoundClaim, FoundDeal, FoundDocument, Page
from followthearms.register.session import Session
from followthearms.register.state import state

MOST_ROWS = 1_000
"""Rows that a page may have."""

_MOST_KEPT = 256
"""Queries of which the facets are kept, as every page of an answer tells them again."""


_Deals, _Claims, _Documents = Page[FoundDeal], Page[FoundClaim], Page[FoundDocument]
"""Made once: to make such a class takes longer than some answers."""


class Search:
    """The search of a register."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facets: dict[tuple[object, ...], facets.Facets] = {}

    def deals(self, query: Query | str, *, limit: int = 50, after: str | None = None) -> Page[FoundDeal]:
        """The deals that meet a query, beginning after a former page (its `next`).

        Raises QueryError if the query cannot be understood, UsageError for an order that deals do not have, for an
        `after` that no page gave, and for a limit that is not between 1 and 1,000.
        """
        asked = _query(query)
        with self._session.reading() as connection:
            found = planning.page(connection, asked, Target.DEALS, _limit(limit), after)
            rows = results.found_deals(connection, found.keys, asked.words)
        return _Deals(rows=rows, total=found.total, next=found.next)

    def claims(self, query: Query | str, *, limit: int = 50, after: str | None = None) -> Page[FoundClaim]:
        """The claims that meet a query; otherwise as `deals`."""
        asked = _query(query)
        with self._session.reading() as connection:
            found = planning.page(connection, asked, Target.CLAIMS, _limit(limit), after)
            rows = results.found_claims(connection, found.keys, asked.words)
        return _Claims(rows=rows, total=found.total, next=found.next)

    def documents(self, query: Query | str, *, limit: int = 50, after: str | None = None) -> Page[FoundDocument]:
        """The documents that meet a query; otherwise as `deals`."""
        asked = _query(query)
        with self._session.reading() as connection:
            found = planning.page(connection, asked, Target.DOCUMENTS, _limit(limit), after)
            rows = results.found_documents(connection, found.keys, asked.words)
        return _Documents(rows=rows, total=found.total, next=found.next)

    def place(self, query: Query | str, at: Ref | None = None) -> Place:
        """Where a claim stands among those that meet a query, and which are before and after it; of no claim, where the
        first does. Raises NotInRegister for a claim that there is not; otherwise as `claims`."""
        with self._session.reading() as connection:
            return queue.place(connection, _query(query), at)

    def similar(self, at: Ref) -> tuple[Similar, ...]:
        """The claims of the kind of this one, still pending, that are of its deal or told by a copy of its document,
        those first that say the same. Raises NotInRegister."""
        with self._session.reading() as connection:
            return queue.similar(connection, at)

    def facets(self, query: Query | str) -> facets.Facets:
        """What the first 2,000 deals that meet a query have in common."""
        asked = _query(query)
        with self._session.reading() as connection:
            key = (str(asked), state(connection))
            known = self._facets.get(key)
            if known is None:
                found = planning.page(connection, asked, Target.DEALS, facets.MOST, None)
                known = facets.count(connection, found.keys, all_counted=found.next is None)
                if len(self._facets) >= _MOST_KEPT:
                    self._facets.clear()
                self._facets[key] = known
            return known


def _query(query: Query | str) -> Query:
    return Query.parse(query) if isinstance(query, str) else query


def _limit(limit: int) -> int:
    if not 1 <= limit <= MOST_ROWS:
        raise UsageError(f"a page has 1 to {MOST_ROWS} rows, not {limit}")
    return limit
