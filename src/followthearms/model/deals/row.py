"""A deal as a list shows it."""

from __future__ import annotations

import datetime as dt

from followthearms.model.deals.deal import Deal, DealCells


class DealRow(DealCells):
    """A deal as a list shows it: its cells without what they were read from.

    `first` and `last` are the days of its earliest and latest event, `reached` the day by which it had got where it
    stands, `told` the latest day on which it was reported.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    reached: dt.date | None = None
    told: dt.date | None = None
    claims: int = 0
    documents: int = 0
    sources: int = 1
    contradictions: int = 0
    conflicts: int = 0

    @classmethod
    def of(cls, deal: Deal) -> DealRow:
        """The row of a deal."""
        shown = {name: tuple(cell.model_copy(update={"refs": ()}) for cell in getattr(deal, name)) for name in _CELLS}
        days = [day for event in deal.events for day in (event.first, event.last) if day]
        return cls(
            **{name: getattr(deal, name) for name in ("id", "nature", "status", "delivered_total", "sources")},
            **shown,
            first=min(days, default=None),
            last=max(days, default=None),
            reached=deal.reached,
            told=max((event.published for event in deal.events if event.published), default=None),
            claims=len(deal.events),
            documents=len(deal.documents),
            contradictions=len(deal.contradictions),
            conflicts=len(deal.conflicts),
        )


_CELLS = (
    *("supplier", "recipient", "parties", "actors", "companies", "equipment", "quantity", "delivered", "values"),
    "places",
)
