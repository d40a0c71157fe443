"""All threads gathered into deals, whatever their block: the composition that the register makes block by block.

Invariant: a function of the set of threads. Each is in exactly one cluster, but for those that name no party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from followthearms.link.bindings import NO_BINDINGS, Bindings
from followthearms.link.clusters import Cluster, by_place, clusters
from followthearms.link.threads import Thread


def gathered(threads: Iterable[Thread], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters of all threads, by id.

    First the threads that seek nothing, block by block; then each seeker finds its home among them, or else is
    clustered with its like; and what analysts ruled binds at last.
    """
    blocks: dict[str, list[Thread]] = defaultdict(list)
    seekers = []
    for thread in threads:
        if thread.seeks is not None:
            seekers.append(thread)
        elif thread.block:
            blocks[thread.block].append(thread)
    found = bound((c for block in sorted(blocks) for c in clusters(blocks[block], bindings)), bindings)
    offered: dict[str, set[str]] = defaultdict(set)
    for cluster in found:
        for thread in cluster.threads:
            for key in thread.offers:
                offered[key].add(cluster.id)
    return bound(_settled(seekers, found, offered, bindings), bindings)


def home(seeker: Thread, offered: Mapping[str, Collection[str]]) -> str | None:
    """The id of the one deal whose threads offer what a seeker seeks; null if there is none or more than one."""
    found = offered.get(seeker.seeks, ()) if seeker.seeks is not None else ()
    return next(iter(found)) if len(found) == 1 else None


def attached(cluster: Cluster, seekers: Iterable[Thread]) -> Cluster:
    """The cluster with seekers that found their home in it; its founder stays."""
    told = sorted((*cluster.threads, *seekers), key=by_place)
    return Cluster(cluster.founder, tuple(told), cluster.joins)


def bound(found: Iterable[Cluster], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters, by id, with those united that analysts ruled to be one."""
    return tuple(sorted(found, key=lambda cluster: cluster.id))


def _settled(
    seekers: Iterable[Thread],
    found: Iterable[Cluster],
    offered: Mapping[str, Collection[str]],
    bindings: Bindings,
) -> Iterable[Cluster]:
    homes: dict[str, list[Thread]] = defaultdict(list)
    left: dict[str, list[Thread]] = defaultdict(list)
    for seeker in seekers:
        goal = home(seeker, offered)
        if goal is None:
            left[seeker.block].append(seeker)
        else:
            homes[goal].append(seeker)
    yield from (attached(cluster, homes[cluster.id]) for cluster in found)
    for block in sorted(left):
        yield from clusters(left[block], bindings)
