"""All threads, in brief, gathered into deals, whatever their block: what a register does block by block.

Invariant: a function of the set of threads. Each is in exactly one cluster, but for those that name no party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from followthearms.link.joining.briefs import Brief
from followthearms.link.joining.clusters import RULED, Cluster, Join, by_place, cluster, clusters
from followthearms.link.joining.unite import Union
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.link.rulings.ties import Ties


def gathered(threads: Iterable[Brief], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters of all threads, by id.

    First the threads that seek nothing, block by block, and what analysts ruled binds them; then each seeker finds its
    home among them, or else is clustered with its like.
    """
    told = list(threads)
    found = cores(told, bindings)
    return settled(told, found, offered(found), bindings)[0]


def cores(threads: Iterable[Brief], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """What their blocks make of the threads that seek nothing, by id; those that name no party are in none."""
    blocks: dict[str, list[Brief]] = defaultdict(list)
    for thread in threads:
        if thread.seeks is None and thread.block:
            blocks[thread.block].append(thread)
    return bound((one for block in sorted(blocks) for one in clusters(blocks[block], bindings)), bindings)


def offered(found: Iterable[Cluster]) -> dict[str, set[str]]:
    """For each key that threads offer, the ids of the clusters that they are in."""
    keys: dict[str, set[str]] = defaultdict(set)
    for one in found:
        for thread in one.threads:
            for key in thread.offers:
                keys[key].add(one.id)
    return keys


def home(seeker: Brief, offers: Mapping[str, Collection[str]]) -> str | None:
    """The id of the one deal whose threads offer what a seeker seeks; null if there is none or more than one."""
    found = offers.get(seeker.seeks, ()) if seeker.seeks is not None else ()
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


def settled(
    threads: Iterable[Brief],
    found: Iterable[Cluster],
    offers: Mapping[str, Collection[str]],
    bindings: Bindings = NO_BINDINGS,
) -> tuple[tuple[Cluster, ...], Mapping[str, Sequence[Brief]]]:
    """The clusters, by id, once each seeker has found its home among the cores or is clustered with its like; and, by
    the id of its home, the seekers whose home is offered but is none of these cores.

    No ruling binds a seeker: a thread that one names seeks nothing.
    """
    homes: dict[str, list[Brief]] = defaultdict(list)
    left: dict[str, list[Brief]] = defaultdict(list)
    for seeker in threads:
        if seeker.seeks is not None:
            goal = home(seeker, offers)
            (left[seeker.block] if goal is None else homes[goal]).append(seeker)
    made = [attached(one, homes.pop(one.id, ())) for one in found]
    made += [one for block in sorted(left) for one in clusters(left[block], bindings)]
    return tuple(sorted(made, key=lambda one: one.id)), homes
