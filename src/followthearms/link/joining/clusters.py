"""Threads of one block, in brief, gathered into clusters: which reports, of whatever documents, are about one deal.

Invariant: the outcome is a function of the set of threads of the block; neither their order nor any other block plays
a part.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from followthearms.link.joining.briefs import Brief
from followthearms.link.joining.facts import total
from followthearms.link.joining.features import Table, compared, likeness, weights
from followthearms.link.names.equipment import Likeness
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.link.rulings.ties import Ties


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

    founder: Brief
    threads: tuple[Brief, ...]
    joins: tuple[Join, ...] = ()

    @property
    def id(self) -> str:
        """The id of the deal."""
        return f"d{self.founder.anchor}"


def clusters(threads: Iterable[Brief], bindings: Bindings = NO_BINDINGS) -> tuple[Cluster, ...]:
    """The clusters of the threads of one block, by id. Each thread is in exactly one.

    First those with a designation, by that designation; then what was made of variants is brought together; then
    come the threads with no more than a category. Each joins what most speaks for, if enough does; one told more
    vaguely, only if nothing else comes near. What analysts ruled goes before all that.
    """
    ties = Ties.of(bindings)
    made: list[_Gathered] = []
    told = sorted(threads, key=_by_rank)
    named = [thread for thread in told if _is_designated(thread)]
    for thread in named:
        _place(made, thread, ties, of_one_name=True)
    _unite_variants(made, ties)
    for thread in told:
        if not _is_designated(thread):
            _place(made, thread, ties, of_one_name=False)
    return tuple(sorted((one.cluster() for one in made), key=lambda cluster: cluster.id))


def _is_designated(thread: Brief) -> bool:
    return bool(thread.node and thread.node.designated)


def _place(made: list[_Gathered], thread: Brief, ties: Ties, *, of_one_name: bool) -> None:
    """Put a thread where it belongs, or else into a new cluster; if so asked, only with what has its type or name."""
    new = _Gathered(thread, ties)
    ruled = next((one for one in made if one.ties & ties.tied(thread.ties)), None)
    near = _alike(made, new, {Likeness.TYPE, Likeness.NAME}) if of_one_name else made
    found = (ruled, RULED) if ruled else _best(_open(near, new, ties), new)
    if found is None:
        made.append(new)
    else:
        found[0].take(new, found[1])


def _unite_variants(made: list[_Gathered], ties: Ties) -> None:
    """Bring a type together with the only variant of it that it can mean, the most specific first."""
    for one in sorted(made, key=lambda one: _by_rank(one.threads[0])):
        narrower = [other for other in _alike(made, one, {Likeness.VARIANT}) if other.depth > one.depth]
        found = _best(_open(narrower, one, ties), one)
        if found:
            found[0].take(one, found[1])
            made.remove(one)


def _alike(made: Iterable[_Gathered], new: _Gathered, wanted: Collection[Likeness]) -> list[_Gathered]:
    """The clusters whose equipment is so like that of another; asked first, as it costs little."""
    return [one for one in made if likeness(one.facts.nodes, new.facts.nodes) in wanted]


def _open(made: Iterable[_Gathered], new: _Gathered, ties: Ties) -> list[_Gathered]:
    """The clusters that rulings let it join."""
    return [one for one in made if not (one.alone or new.alone or ties.clash(new.ties, one.ties))]


RULED: Mapping[str, float] = {"ruled the same": 1.0}
"""What an explanation says where analysts tied two threads."""


class _Gathered:
    """A cluster while it grows."""

    def __init__(self, thread: Brief, ties: Ties) -> None:
        self.threads, self.facts, self.joins = [thread], total([thread.facts]), list[Join]()
        self.ties, self.alone = set(ties.sets(thread.ties)), ties.alone(thread.ties)

    @property
    def depth(self) -> int:
        """How specific its equipment is."""
        return self.threads[0].depth

    def take(self, other: _Gathered, features: Mapping[str, float]) -> None:
        """Take another in, for these features."""
        join = Join(self.threads[0].anchor, other.threads[0].anchor, sum(features.values()), features)
        self.joins += [*other.joins, join]
        self.threads += other.threads
        self.facts.add(other.facts)
        self.ties |= other.ties

    def cluster(self) -> Cluster:
        """What it has grown to."""
        return cluster(self.threads, self.joins)


def cluster(threads: Sequence[Brief], joins: Iterable[Join]) -> Cluster:
    """The cluster that threads make, founded by the one that was published first."""
    return Cluster(min(threads, key=_by_day), tuple(sorted(threads, key=by_place)), tuple(joins))


def _best(made: Sequence[_Gathered], new: _Gathered) -> tuple[_Gathered, Mapping[str, float]] | None:
    """The cluster that another belongs to, with the features that say so; none if too little speaks for any."""
    nature = new.threads[0].nature
    if not made:
        return None
    if nature.is_of_parties:
        return made[0], {"one relation": 1.0}
    scored = [(one, compared(Table.of(nature), one.facts, new.facts)) for one in made]
    (best, features), *others = sorted(scored, key=lambda pair: -sum(pair[1].values()))
    reached = sum(features.values())
    next_best = sum(others[0][1].values()) if others else -math.inf
    vague = not features.keys() & {"same type", "same name", "same category"}
    if reached <= weights().threshold or (vague and reached - next_best < weights().margin):
        return None
    return best, features


def _by_rank(thread: Brief) -> tuple[object, ...]:
    return (-thread.depth, -thread.facts.telling, *_by_day(thread))


def by_place(thread: Brief) -> tuple[str, int, int, str]:
    """The order of threads: by document and place in it."""
    return thread.document, thread.start, thread.end, thread.anchor


def _by_day(thread: Brief) -> tuple[dt.date, str, int, int, str]:
    return (thread.published or dt.date.max, *by_place(thread))
