"""Deals and contradictions: what follows from the claims of many documents.

Invariant: nothing here is a source. Every figure, name, date and event of a deal points by `Ref` at the claims
that it was read from, so each cell opens on its words; deals are computed from claims and never stored as truth.
"""

from followthearms.model.deals.cells import Amount, Figure, Item, Named, Ref
from followthearms.model.deals.contradictions import Consistency, Contradiction, Side, Topic
from followthearms.model.deals.deal import Deal, Event
from followthearms.model.deals.row import DealRow
from followthearms.model.deals.status import ARRIVED, Nature, Status

__all__ = [
    "ARRIVED",
    "Amount",
    "Consistency",
    "Contradiction",
    "Deal",
    "DealRow",
    "Event",
    "Figure",
    "Item",
    "Named",
    "Nature",
    "Ref",
    "Side",
    "Status",
    "Topic",
]
