"""From documents to deals: the fold that the register's rows are.

Invariants: a pure function of the set of documents, whose order plays no part; and every claim stands in some deal or
among the unassigned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from followthearms.link.bindings import bindings
from followthearms.link.clusters import Cluster
from followthearms.link.decided import decided
from followthearms.link.figures import refs
from followthearms.link.gathering import gathered
from followthearms.link.rows import deal
from followthearms.link.sources import Sources
from followthearms.link.stories import stories
from followthearms.link.strands import Strand
from followthearms.link.threads import threads
from followthearms.model import Deal, Decision, Document, Ref, Story


@dataclass(frozen=True)
class Linked:
    """What documents come to: their deals and the clusters behind them, both sorted by id, and their stories.

    `lost` holds the strands that are of no deal, `unassigned` the claims of which no strand is in one. Two are equal if
    their deals and stories are.
    """

    deals: tuple[Deal, ...]
    clusters: tuple[Cluster, ...] = field(compare=False)
    stories: tuple[Story, ...]
    lost: tuple[Strand, ...] = field(compare=False)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The id of its deal for the anchor of each strand that is in one."""
        return {strand.anchor: cluster.id for cluster in self.clusters for strand in cluster.strands}

    @cached_property
    def unassigned(self) -> tuple[Ref, ...]:
        """The claims that are of no deal."""
        placed = {strand.ref for cluster in self.clusters for strand in cluster.strands}
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
    cut = [thread for document in known for thread in threads(document, binding)]
    made = gathered(cut, binding)
    sources = Sources(told)
    placed = {strand.anchor for cluster in made for strand in cluster.strands}
    lost = [strand for thread in cut for strand in thread.strands if strand.anchor not in placed]
    return Linked(tuple(deal(cluster, sources) for cluster in made), made, told, tuple(lost))


def deals(documents: Iterable[Document]) -> tuple[Deal, ...]:
    """The deals that the documents tell of, sorted by id."""
    return link(documents).deals
