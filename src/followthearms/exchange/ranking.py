"""The order in which deals and contradictions are shown: what says most comes first.

Invariant: a total order that depends on what is shown alone, so that the same register is always shown the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from followthearms.model.deals import Consistency, Contradiction, Deal, Nature, Status

GROUPS = {
    "Transfers and licensed production": (Nature.TRANSFER, Nature.PRODUCTION),
    "Embargoes, holdings, diversions and seizures": (Nature.EMBARGO, Nature.HOLDING, Nature.DIVERSION, Nature.SEIZURE),
    "Trade, contacts and cooperation": (Nature.TRADE, Nature.CONTACT, Nature.COOPERATION),
}
"""What deals are about, in the order in which they are shown."""

_GROUP = {nature: place for place, natures in enumerate(GROUPS.values()) for nature in natures}
_STAGES = {status: place for place, status in enumerate(Status)}


def ranked(deals: Iterable[Deal]) -> list[Deal]:
    """In the order of `GROUPS`; within one, the best sourced, the most told, and the furthest advanced first."""
    return sorted(deals, key=lambda d: (_GROUP[d.nature], -d.sources, -len(d.events), -_STAGES[d.status], d.id))


def grouped(deals: Iterable[Deal]) -> list[tuple[str, list[Deal]]]:
    """Ranked deals under the names of `GROUPS`, empty groups left out."""
    all_ranked = ranked(deals)
    named = [(name, [deal for deal in all_ranked if deal.nature in natures]) for name, natures in GROUPS.items()]
    return [(name, group) for name, group in named if group]


def best_sourced(deals: Iterable[Deal]) -> Deal | None:
    """The transfer with the most independent sources, of these the one that most is told of; null if there is none."""
    transfers = (deal for deal in deals if _GROUP[deal.nature] == 0)
    return min(transfers, key=lambda d: (-d.sources, -len(d.events), d.id), default=None)


def contradictions(deals: Iterable[Deal]) -> list[tuple[Deal, Contradiction]]:
    """All contradictions with their deals, those where one side must be wrong first."""
    found = [(deal, difference) for deal in deals for difference in deal.contradictions]
    return sorted(found, key=lambda pair: pair[1].consistency is not Consistency.CONFLICTING)
