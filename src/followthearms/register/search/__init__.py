"""Searching the register. `words` keeps what a search reads up to date; `Search` answers.

Modules, from the words to the answer: `terms` (texts cut into terms), `dialects` (full-text indices), `words` (what is
indexed), `meaning` (names to entity ids), `ranges` and `conditions` (filters as SQL), `ordering` and `planning` (which
way to go through the rows), `results` and `facets` (what is told of them), `queue` (claims one by one), `component`
(`Search`).
"""

from followthearms.register.search.component import Search
from followthearms.register.search.facets import Facet, Facets
from followthearms.register.search.planning import Total
from followthearms.register.search.queue import Place, Similar
from followthearms.register.search.results import FoundClaim, FoundDeal, FoundDocument, Page
from followthearms.register.search.terms import Snippet

__all__ = [
    "Facet",
    "Facets",
    "FoundClaim",
    "FoundDeal",
    "FoundDocument",
    "Page",
    "Place",
    "Search",
    "Similar",
    "Snippet",
    "Total",
]
