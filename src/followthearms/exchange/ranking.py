"""The order in which deals and contradictions are shown: what says most comes first.

Invariant: a total order that depends on what is shown alone, so that the same register is always shown the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from followthearms.model.deals import Consistency, Contradiction, Deal, Nature, Status

_NATURES = {nature: place for place, nature in enumerate(Nature)}
_STAGES = {status: place for place, status in enumerate(Status)}


def ranked(deals: Iterable[Deal]) -> list[Deal]:
    """Transfers before what is none; then the best sourced, the most told, and the furthest advanced first."""
    return sorted(deals, key=lambda d: (_NATURES[d.nature], -d.sources, -len(d.events), -_STAGES[d.status], d.id))


def best_sourced(deals: Iterable[Deal]) -> Deal | None:
    """The transfer with the most independent sources, of these the one that most is told of; null if there is none."""
    transfers = (deal for deal in deals if deal.nature in (Nature.TRANSFER, Nature.PRODUCTION))
    return min(transfers, key=lambda d: (-d.sources, -len(d.events), d.id), default=None)


def contradictions(deals: Iterable[Deal]) -> list[tuple[Deal, Contradiction]]:
    """All contradictions with their deals, those where one side must be wrong first."""
    found = [(deal, difference) for deal in deals for difference in deal.contradictions]
    return sorted(found, key=lambda pair: pair[1].consistency is not Consistency.CONFLICTING)
