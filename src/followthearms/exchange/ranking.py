"""The order in which deals and contradictions are shown: what says most comes first.

Invariant: a total order that depends on what is shown alone, so that the same register is always shown the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from followthearms.model.deals import Consistency, Contradiction, Deal

GROUPS = (
    "Transfers and licensed production",
    "Embargoes, holdings, diversions and seizures",
    "Trade, contacts and cooperation",
)
"""What deals are about: the names of `Nature.group`, in the order in which they are shown."""


def ranked(deals: Iterable[Deal]) -> list[Deal]:
    """In the order of `GROUPS`; within one, the best sourced, the most told, and the furthest advanced first."""
    return sorted(deals, key=lambda deal: (-deal.rank, deal.id))


def grouped(deals: Iterable[Deal]) -> list[tuple[str, list[Deal]]]:
    """Ranked deals under the names of `GROUPS`, empty groups left out."""
    all_ranked = ranked(deals)
    named = [(name, [deal for deal in all_ranked if deal.nature.group == place]) for place, name in enumerate(GROUPS)]
    return [(name, group) for name, group in named if group]


def best_sourced(deals: Iterable[Deal]) -> Deal | None:
    """The transfer with the most independent sources, of these the one that most is told of; null if there is none."""
    transfers = (deal for deal in deals if deal.nature.group == 0)
    return min(transfers, key=lambda d: (-d.sources, -len(d.events), d.id), default=None)


def contradictions(deals: Iterable[Deal]) -> list[tuple[Deal, Contradiction]]:
    """All contradictions with their deals, those where one side must be wrong first."""
    found = [(deal, difference) for deal in deals for difference in deal.contradictions]
    return sorted(found, key=lambda pair: pair[1].consistency is not Consistency.CONFLICTING)
