"""All threads, in brief, gathered into deals, whatever their block: what a register does block by block.

Invariant: a function of the set of threads. Each is in exactly one cluster, but for those that name no party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from followthearms.link.bindings import NO_BINDINGS, Bindings
from followthearms.link.briefs import Brief
from followthearms.link.clusters import RULED, Cluster, Join, by_place, cluster, clusters
from followthearms.link.ties import Ties
from followthearms.link.unite import Union


def gathered(threads: Iterable[Brief], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters of all threads, by id.

    First the threads that seek nothing, block by block; then each seeker finds its home among them, or else is
    clustered with its like; and what analysts ruled binds at last.
    """
    blocks: dict[str, list[Brief]] = defaultdict(list)
    seekers = []
    for thread in threads:
        if thread.seeks is not None:
            seekers.append(thread)
        elif thread.block:
            blocks[thread.block].append(thread)
    found = bound((c for block in sorted(blocks) for c in clusters(blocks[block], bindings)), bindings)
    offered: dict[str, set[str]] = defaultdict(set)
    for one in found:
        for thread in one.threads:
            for key in thread.offers:
                offered[key].add(one.id)
    return bound(_settled(seekers, found, offered, bindings), bindings)


def home(seeker: Brief, offered: Mapping[str, Collection[str]]) -> str | None:
    """The id of the one deal whose threads offer what a seeker seeks; null if there is none or more than one."""
    found = offered.get(seeker.seeks, ()) if seeker.seeks is not None else ()
    return next(iter(found)) if len(found) == 1 else None


def attached(home: Cluster, seekers: Iterable[Brief]) -> Cluster:
    """The cluster with seekers that found their home in it; its founder stays."""
    told = sorted((*home.threads, *seekers), key=by_place)
    return Cluster(home.founder, tuple(told), home.joins)


def bound(found: Iterable[Cluster], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters, by id, with those united that analysts ruled to be one, of whatever block.

    Where that would bring together what they ruled to be apart, the threads that are not tied themselves give way.
    """
    made = sorted(found, key=lambda one: one.id)
    ties = Ties.of(bindings)
    united: Union[str] = Union()
    for one in made:
        for thread in one.threads:
            for name in ties.tied(thread.ties):
                united.join(f"tie {name}", one.id)
    by_id = {one.id: one for one in made}
    sets = [[by_id[name] for name in names] for names in united.sets(by_id)]
    whole = (part for parts in sets for part in ([*parts] if len(parts) == 1 else _together(parts, ties)))
    return tuple(sorted(whole, key=lambda one: one.id))


def _together(parts: Sequence[Cluster], ties: Ties) -> list[Cluster]:
    """One cluster of several, and those of the threads that must not be in it."""
    threads = [thread for part in parts for thread in part.threads]
    groups: list[tuple[set[str], list[Brief]]] = []
    for thread in sorted(threads, key=lambda thread: (not ties.tied(thread.ties), by_place(thread))):
        own = ties.sets(thread.ties)
        home = next((group for group in groups if not ties.clash(own, group[0])), None)
        if home is None:
            groups.append((set(own), [thread]))
        else:
            home[0].update(own)
            home[1].append(thread)
    joins = [join for part in parts for join in part.joins]
    first = parts[0].founder.anchor
    joins += [Join(first, part.founder.anchor, sum(RULED.values()), RULED) for part in parts[1:]]
    return [cluster(group, joins if n == 0 else ()) for n, (_, group) in enumerate(groups)]


def _settled(
    seekers: Iterable[Brief],
    found: Iterable[Cluster],
    offered: Mapping[str, Collection[str]],
    bindings: Bindings,
) -> Iterable[Cluster]:
    homes: dict[str, list[Brief]] = defaultdict(list)
    left: dict[str, list[Brief]] = defaultdict(list)
    for seeker in seekers:
        goal = home(seeker, offered)
        if goal is None:
            left[seeker.block].append(seeker)
        else:
            homes[goal].append(seeker)
    yield from (attached(one, homes[one.id]) for one in found)
    for block in sorted(left):
        yield from clusters(left[block], bindings)
