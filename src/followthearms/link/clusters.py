"""Threads of one block gathered into clusters: which reports, of whatever documents, are about one deal.

Invariant: the outcome is a function of the set of threads of the block; neither their order nor any other block plays
a part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from followthearms.link.bindings import NO_BINDINGS, Bindings
from followthearms.link.facts import total
from followthearms.link.features import Table, compared, weights
from followthearms.link.strands import Family, Strand
from followthearms.link.threads import Thread


@dataclass(frozen=True)
class Join:
    """Why two threads, by their anchors, are of one deal: each feature that spoke, with its weight, and the sum."""

    left: str
    right: str
    weight: float
    features: Mapping[str, float]


@dataclass(frozen=True)
class Cluster:
    """The threads of one deal. `founder` is the one published first, which the deal's id is made of."""

    founder: Thread
    threads: tuple[Thread, ...]
    joins: tuple[Join, ...] = ()

    @property
    def id(self) -> str:
        """The id of the deal."""
        return f"d{self.founder.anchor}"

    @property
    def strands(self) -> tuple[Strand, ...]:
        """All strands, by document and place in it."""
        return tuple(strand for thread in self.threads for strand in thread.strands)


def clusters(threads: Iterable[Thread], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters of the threads of one block, by id. Each thread is in exactly one.

    Threads are taken in a fixed order, the most specific and the most telling first, and each joins the cluster that
    most speaks for, if enough does; one that is told by a wider term, only if no other cluster comes near.
    """
    made: list[_Gathered] = []
    for thread in sorted(threads, key=_by_rank):
        for best, features in _best(made, thread):
            best.take(thread, features)
            break
        else:
            made.append(_Gathered(thread))
    return tuple(sorted((one.cluster() for one in made), key=lambda cluster: cluster.id))


class _Gathered:
    """A cluster while it grows."""

    def __init__(self, thread: Thread) -> None:
        self.threads, self.facts, self.joins = [thread], total([thread.facts]), list[Join]()

    def take(self, thread: Thread, features: Mapping[str, float]) -> None:
        """Take a thread in, for these features."""
        self.joins.append(Join(self.threads[0].anchor, thread.anchor, sum(features.values()), features))
        self.threads.append(thread)
        self.facts.add(thread.facts)

    def cluster(self) -> Cluster:
        """What it has grown to."""
        return Cluster(min(self.threads, key=_by_day), tuple(sorted(self.threads, key=by_place)), tuple(self.joins))


def _best(made: Iterable[_Gathered], thread: Thread) -> Iterator[tuple[_Gathered, Mapping[str, float]]]:
    """The cluster that a thread belongs to, with the features that say so; none if too little speaks for any."""
    family = thread.signature.family
    if family.is_relation or family is Family.EMBARGO:
        yield from ((one, {"one relation": 1.0}) for one in made)
        return
    scored = [(one, compared(Table.of(family), one.facts, thread.facts)) for one in made]
    ranked = sorted(scored, key=lambda pair: -sum(pair[1].values()))
    if not ranked:
        return
    best, features = ranked[0]
    reached = sum(features.values())
    others = max((sum(found.values()) for _, found in ranked[1:]), default=weights().threshold - weights().margin)
    vague = not features.keys() & {"same type", "same category"}
    if reached > weights().threshold and not (vague and reached - others < weights().margin):
        yield best, features


def _by_rank(thread: Thread) -> tuple[object, ...]:
    depth = thread.signature.node.depth if thread.signature.node else 0
    return (-depth, -thread.facts.telling, *_by_day(thread))


def by_place(thread: Thread) -> tuple[str, int, int, str]:
    """The order of threads: by document and place in it."""
    evidence = thread.founder.claim.evidence
    return thread.document.id, evidence.start, evidence.end, thread.anchor


def _by_day(thread: Thread) -> tuple[dt.date, str, int, int, str]:
    return (thread.document.date or dt.date.max, *by_place(thread))
