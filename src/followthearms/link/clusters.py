"""Threads of one block gathered into clusters: which reports, of whatever documents, are about one deal.

Invariant: the outcome is a function of the set of threads of the block; neither their order nor any other block plays
a part.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from followthearms.link.bindings import NO_BINDINGS, Bindings
from followthearms.link.facts import total
from followthearms.link.features import Table, compared, weights
from followthearms.link.strands import Family, Strand
from followthearms.link.threads import Thread
from followthearms.link.ties import Ties


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
    most speaks for, if enough does; one that is told by a wider term, only if no other cluster comes near. What
    analysts ruled goes before all that.
    """
    ties = Ties.of(bindings)
    made: list[_Gathered] = []
    for thread in sorted(threads, key=_by_rank):
        sets = ties.sets(thread.ties)
        ruled = next((one for one in made if one.ties & ties.tied(thread.ties)), None)
        free = (
            () if ties.alone(thread.ties) else (one for one in made if not one.alone and not ties.clash(sets, one.ties))
        )
        found = (ruled, RULED) if ruled else _best(list(free), thread)
        if found is None:
            made.append(_Gathered(thread, sets, alone=ties.alone(thread.ties)))
        else:
            found[0].take(thread, sets, found[1])
    return tuple(sorted((one.cluster() for one in made), key=lambda cluster: cluster.id))


RULED: Mapping[str, float] = {"ruled the same": 1.0}
"""What an explanation says where analysts tied two threads."""


class _Gathered:
    """A cluster while it grows."""

    def __init__(self, thread: Thread, sets: frozenset[str], *, alone: bool) -> None:
        self.threads, self.facts, self.joins = [thread], total([thread.facts]), list[Join]()
        self.ties, self.alone = set(sets), alone

    def take(self, thread: Thread, sets: frozenset[str], features: Mapping[str, float]) -> None:
        """Take a thread in, for these features."""
        self.joins.append(Join(self.threads[0].anchor, thread.anchor, sum(features.values()), features))
        self.threads.append(thread)
        self.facts.add(thread.facts)
        self.ties |= sets

    def cluster(self) -> Cluster:
        """What it has grown to."""
        return cluster(self.threads, self.joins)


def cluster(threads: Sequence[Thread], joins: Iterable[Join]) -> Cluster:
    """The cluster that threads make, founded by the one that was published first."""
    return Cluster(min(threads, key=_by_day), tuple(sorted(threads, key=by_place)), tuple(joins))


def _best(made: Sequence[_Gathered], thread: Thread) -> tuple[_Gathered, Mapping[str, float]] | None:
    """The cluster that a thread belongs to, with the features that say so; none if too little speaks for any."""
    family = thread.signature.family
    if not made:
        return None
    if family.is_relation or family is Family.EMBARGO:
        return made[0], {"one relation": 1.0}
    scored = [(one, compared(Table.of(family), one.facts, thread.facts)) for one in made]
    (best, features), *others = sorted(scored, key=lambda pair: -sum(pair[1].values()))
    reached = sum(features.values())
    next_best = sum(others[0][1].values()) if others else -math.inf
    vague = not features.keys() & {"same type", "same category"}
    if reached <= weights().threshold or (vague and reached - next_best < weights().margin):
        return None
    return best, features


def _by_rank(thread: Thread) -> tuple[object, ...]:
    depth = thread.signature.node.depth if thread.signature.node else 0
    return (-depth, -thread.facts.telling, *_by_day(thread))


def by_place(thread: Thread) -> tuple[str, int, int, str]:
    """The order of threads: by document and place in it."""
    evidence = thread.founder.claim.evidence
    return thread.document.id, evidence.start, evidence.end, thread.anchor


def _by_day(thread: Thread) -> tuple[dt.date, str, int, int, str]:
    return (thread.document.date or dt.date.max, *by_place(thread))
