"""From documents to deals: the fold that the register's rows are.

Invariants: a pure function of the set of documents, whose order plays no part; and every claim stands in some deal or
among the unassigned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from followthearms.link.figures import refs
from followthearms.link.gathering import gathered
from followthearms.link.rows import deal
from followthearms.link.sources import Sources
from followthearms.link.stories import stories
from followthearms.link.threads import threads
from followthearms.model import Deal, Document, Ref, Story


@dataclass(frozen=True)
class Linked:
    """What documents come to: their deals sorted by id, their stories, and the claims that are of no deal.

    `homes` gives the id of its deal for the anchor of each strand that is in one.
    """

    deals: tuple[Deal, ...]
    stories: tuple[Story, ...]
    unassigned: tuple[Ref, ...]
    homes: Mapping[str, str]


def link(documents: Iterable[Document]) -> Linked:
    """Fold the documents with their claims. No two documents may have the same id."""
    known = sorted(documents, key=lambda document: document.id)
    told = stories(known)
    cut = [thread for document in known for thread in threads(document)]
    made = gathered(cut)
    sources = Sources(told)
    homes = {strand.anchor: cluster.id for cluster in made for strand in cluster.strands}
    lost = [strand for thread in cut for strand in thread.strands if strand.anchor not in homes]
    placed = {strand.ref for cluster in made for strand in cluster.strands}
    found = sorted((deal(cluster, sources) for cluster in made), key=lambda one: one.id)
    return Linked(tuple(found), told, refs(strand for strand in lost if strand.ref not in placed), homes)


def deals(documents: Iterable[Document]) -> tuple[Deal, ...]:
    """The deals that the documents tell of, sorted by id."""
    return link(documents).deals
