"""From documents to deals: the fold that the register's rows are.

Invariants: a pure function of the set of documents, whose order plays no part; and every claim stands in some deal or
among the unassigned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from followthearms.link.deal.figures import refs
from followthearms.link.deal.rows import Row, deal, row_of
from followthearms.link.joining.clusters import Cluster
from followthearms.link.joining.gathering import gathered
from followthearms.link.joining.strands import Strand
from followthearms.link.joining.threads import threads
from followthearms.link.rulings.bindings import bindings
from followthearms.link.rulings.decided import decided
from followthearms.link.sources import Sources
from followthearms.link.stories import stories
from followthearms.model import Deal, Decision, Document, Ref, Story


@dataclass(frozen=True)
class Linked:
    """What documents come to: their deals, with the clusters and rows behind them, all sorted by id, and their stories.

    `lost` holds the strands that are of no deal, `unassigned` the claims of which no strand is in one. Two are equal if
    their deals and stories are.
    """

    deals: tuple[Deal, ...]
    clusters: tuple[Cluster, ...] = field(compare=False)
    rows: tuple[Row, ...] = field(compare=False)
    stories: tuple[Story, ...]
    lost: tuple[Strand, ...] = field(compare=False)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The id of its deal for the anchor of each strand that is in one."""
        return {strand.anchor: row.id for row in self.rows for strand in row.strands}

    @cached_property
    def unassigned(self) -> tuple[Ref, ...]:
        """The claims that are of no deal."""
        placed = {strand.ref for row in self.rows for strand in row.strands}
        return refs(strand for strand in self.lost if strand.ref not in placed)


def link(documents: Iterable[Document], decisions: Iterable[Decision] = ()) -> Linked:
    """Fold the documents with their claims, as all decisions on them, in the order in which they were made, leave them.

    No two documents may have the same id.
    """
    ruled = list(decisions)
    binding = bindings(ruled)
    read = sorted(documents, key=lambda document: document.id)
    known = [decided(document, ruled).linked if ruled else document for document in read]
    told = stories(known)
    cut = {thread.anchor: thread for document in known for thread in threads(document, binding)}
    made = gathered((thread.brief for thread in cut.values()), binding)
    rows = tuple(
        row_of(cluster.id, (strand for brief in cluster.threads for strand in cut[brief.anchor].strands))
        for cluster in made
    )
    sources = Sources(told)
    placed = {brief.anchor for cluster in made for brief in cluster.threads}
    lost = tuple(strand for thread in cut.values() if thread.anchor not in placed for strand in thread.strands)
    return Linked(tuple(deal(one, sources, binding) for one in rows), made, rows, told, lost)


def deals(documents: Iterable[Document]) -> tuple[Deal, ...]:
    """The deals that the documents tell of, sorted by id."""
    return link(documents).deals
