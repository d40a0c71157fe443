"""Threads of one block gathered into clusters: which reports, of whatever documents, are about one deal.

Invariant: the outcome is a function of the set of threads of the block; neither their order nor any other block plays
a part.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from followthearms.link.bindings import NO_BINDINGS, Bindings
from followthearms.link.strands import Strand
from followthearms.link.threads import Thread
from followthearms.link.unite import Union


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
    """The clusters of the threads of one block, by id. Each thread is in exactly one."""
    told = sorted(threads, key=by_place)
    united: Union[int] = Union()
    settled: dict[int, None] = {}
    order = sorted(range(len(told)), key=lambda i: told[i].signature.level, reverse=True)
    for _, level in groupby(order, key=lambda i: told[i].signature.level):
        places = sorted(level)
        groups: dict[object, list[int]] = defaultdict(list)
        for place in places:
            groups[told[place].signature].append(place)
        joins = {key: _meant(told, members[0], list(settled), united) for key, members in groups.items()}
        for key, members in groups.items():
            for other in (*members[1:], *joins[key]):
                united.join(members[0], other)
            settled.update(dict.fromkeys(members))
    made = [_cluster([told[i] for i in members]) for members in united.sets(range(len(told)))]
    return tuple(sorted(made, key=lambda cluster: cluster.id))


def _meant(told: Sequence[Thread], place: int, settled: Iterable[int], united: Union[int]) -> set[int]:
    signature = told[place].signature
    if signature.family.is_event or signature.node is None:
        return set()
    found = {united.find(i) for i in settled if signature.may_be(told[i].signature)}
    return found if len(found) == 1 else set()


def by_place(thread: Thread) -> tuple[str, int, int, str]:
    """The order of threads: by document and place in it."""
    evidence = thread.founder.claim.evidence
    return thread.document.id, evidence.start, evidence.end, thread.anchor


def _by_day(thread: Thread) -> tuple[dt.date, str, int, int, str]:
    return (thread.document.date or dt.date.max, *by_place(thread))


def _cluster(threads: Sequence[Thread], joins: Iterable[Join] = ()) -> Cluster:
    return Cluster(min(threads, key=_by_day), tuple(sorted(threads, key=by_place)), tuple(joins))
