"""Linking anew what a change reaches: parts of blocks, the threads that seek what they offer, and what analysts bound
to them.

Invariant: afterwards each strand is in the deal that `link.joining.gathering.gathered` puts it in when given all
threads of the register; what was not reached keeps the deal that it has, since nothing of what decides on it has
changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from followthearms.link.joining.briefs import Brief, load_brief
from followthearms.link.joining.clusters import Cluster
from followthearms.link.joining.gathering import cores, offered, settled
from followthearms.link.joining.kin import parts
from followthearms.link.joining.unite import Union
from followthearms.link.rulings.bindings import Bindings
from followthearms.register.chunks import chunks
from followthearms.register.folding.reach import spots_of
from followthearms.register.folding.recording import Spot, Touched, put
from followthearms.register.tables import derived

_strands, _briefs, _offers = derived.strands.c, derived.briefs.c, derived.offers.c


def relink(connection: Connection, touched: Touched, bindings: Bindings) -> set[str]:
    """Give each strand that is reached its deal. The ids of the deals whose strands are others than before."""
    spots = _reached(connection, touched.spots, touched.keys, bindings)
    region = _threads(connection, spots)
    found = cores(region, bindings)
    offers = _offered_outside(connection, {thread.seeks for thread in region if thread.seeks}, spots)
    for key, inside in offered(found).items():
        offers[key] |= inside
    made, outside = settled(region, found, offers, bindings)
    return _write(connection, region, found, made, outside)


def _reached(connection: Connection, spots: Collection[Spot], keys: Collection[str], bindings: Bindings) -> set[Spot]:
    """The spots with all that meets there, those of the threads that seek what is offered in them, and those that are
    bound to any of these."""
    found: set[Spot] = set()
    wanted: set[str] = set()
    fresh, sought = set(spots), set(keys)
    while fresh or sought:
        fresh = _meeting(connection, fresh) - found
        found |= fresh
        for part in chunks([spot.id for spot in fresh]):
            asked = select(_offers.key).join(derived.briefs, _briefs.thread == _offers.thread)
            sought |= set(connection.execute(asked.where(_briefs.spot.in_(part)).distinct()).scalars())
        sought -= wanted
        wanted |= sought
        fresh = _bound_to(connection, found, bindings)
        for names in chunks(sought):
            seeking = select(_briefs.block, _briefs.kin).join(derived.strands, _strands.thread == _briefs.thread)
            seeking = seeking.where(_strands.seeks.in_(names)).distinct()
            fresh |= {Spot(*row) for row in connection.execute(seeking)}
        fresh, sought = fresh - found, set()
    return found


def _meeting(connection: Connection, spots: Collection[Spot]) -> set[Spot]:
    """These spots, and those of the same block whose threads may meet with theirs."""
    begun: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for spot in spots:
        begun[spot.block].add(spot.kin)
    for part in chunks(begun):
        asked = select(_briefs.block, _briefs.kin).where(_briefs.block.in_(part)).distinct()
        for block, kin in connection.execute(asked):
            others[block].add(kin)
    return {Spot(block, kin) for block in begun for kin in parts(begun[block], others[block])}


def _bound_to(connection: Connection, spots: Collection[Spot], bindings: Bindings) -> set[Spot]:
    """The spots that rulings tie to these: of the documents that are named together, and of the deals they are in."""
    found: set[Spot] = set()
    for names in _tied(bindings):
        reached = spots_of(connection, names)
        if not reached.isdisjoint(spots):
            found |= reached
    return found


def _tied(bindings: Bindings) -> list[set[str]]:
    """The documents of the strands and claims that rulings name together, so that their deals must be made together.

    Which strands are meant may have changed with a newer reading; their documents have not.
    """
    united: Union[str] = Union()
    pairs = [*bindings.together, *bindings.apart, *(pair for group in bindings.groups for pair in pairwise(group))]
    for left, right in pairs:
        united.join(left.key, right.key)
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        found[united.find(pair[0].key)] |= {target.document for target in pair}
    return list(found.values())


def _threads(connection: Connection, spots: Collection[Spot]) -> list[Brief]:
    found: list[Brief] = []
    for part in chunks([spot.id for spot in spots]):
        bodies = connection.execute(select(_briefs.body).where(_briefs.spot.in_(part)).order_by(_briefs.thread))
        found += map(load_brief, bodies.scalars())
    return found


def _offered_outside(connection: Connection, keys: Collection[str], spots: Collection[Spot]) -> dict[str, set[str]]:
    """For each key, the ids of the deals whose threads offer it, of the spots that are not linked anew."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in chunks(keys):
        asked = (
            select(_offers.key, _strands.core, _briefs.block, _briefs.kin)
            .join(derived.strands, _strands.thread == _offers.thread)
            .join(derived.briefs, _briefs.thread == _offers.thread)
        )
        for key, core, block, kin in connection.execute(asked.where(_offers.key.in_(part)).distinct()):
            if Spot(block, kin) not in spots and core:
                found[key].add(core)
    return found


def _write(
    connection: Connection,
    region: Collection[Brief],
    found: Iterable[Cluster],
    made: Iterable[Cluster],
    outside: Mapping[str, Sequence[Brief]],
) -> set[str]:
    """Write the cores that were found, the deals that were made of them, and seekers by the core outside the region."""
    core_of = {thread.anchor: cluster.id for cluster in found for thread in cluster.threads}
    deal_of = {thread.anchor: cluster.id for cluster in made for thread in cluster.threads}
    now = _deals_of_cores(connection, outside)
    deal_of |= {thread.anchor: now[goal] for goal, seekers in outside.items() for thread in seekers}
    before = _homes(connection, [thread.anchor for thread in region])
    changed: list[dict[str, Any]] = [
        {"_thread": anchor, "core": core_of.get(anchor), "deal": deal_of.get(anchor)}
        for anchor in sorted(before)
        if before[anchor] != (core_of.get(anchor), deal_of.get(anchor))
    ]
    if changed:
        moved = update(derived.strands).where(_strands.thread == bindparam("_thread"))
        connection.execute(moved.values(core=bindparam("core"), deal=bindparam("deal")), changed)
    _record_joins(connection, made)
    left = (before[row["_thread"]][1] for row in changed)
    return {deal for deal in (*left, *(row["deal"] for row in changed)) if deal}


def _deals_of_cores(connection: Connection, cores: Collection[str]) -> dict[str, str]:
    """For these cores the deals that they are in, by the strand that each is named after."""
    found: dict[str, str] = {}
    for part in chunks([core.removeprefix("d") for core in cores]):
        asked = select(_strands.core, _strands.deal).where(_strands.anchor.in_(part))
        found |= {row.core: row.deal for row in connection.execute(asked)}
    return found


def _homes(connection: Connection, threads: Collection[str]) -> dict[str, tuple[str | None, str | None]]:
    found: dict[str, tuple[str | None, str | None]] = {}
    for part in chunks(threads):
        asked = select(_strands.thread, _strands.core, _strands.deal).where(_strands.thread.in_(part)).distinct()
        found |= {thread: (core, deal) for thread, core, deal in connection.execute(asked)}
    return found


def _record_joins(connection: Connection, settled: Iterable[Cluster]) -> None:
    """Replace the reasons of these clusters."""
    told: list[dict[str, Any]] = []
    threads: set[str] = set()
    for cluster in settled:
        threads |= {thread.anchor for thread in cluster.threads}
        told += [
            {"thread": j.left, "partner": j.right, "weight": j.weight, "features": json.dumps(dict(j.features))}
            for j in cluster.joins
        ]
    for part in chunks(threads):
        connection.execute(delete(derived.joins).where(derived.joins.c.thread.in_(part)))
    put(connection, derived.joins, told)
