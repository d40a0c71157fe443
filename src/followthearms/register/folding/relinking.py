"""Linking anew what a change reaches: blocks, the threads that seek what they offer, and what analysts bound to them.

Invariant: afterwards each strand is in the deal that `link.gathering.gathered` puts it in when given all threads of
the register; what was not reached keeps the deal that it has, since nothing of what decides on it has changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from followthearms.link.bindings import Bindings
from followthearms.link.briefs import Brief, load_brief
from followthearms.link.clusters import Cluster
from followthearms.link.gathering import cores, offered, settled
from followthearms.link.unite import Union
from followthearms.register.chunks import chunks
from followthearms.register.folding.reach import blocks_of
from followthearms.register.folding.recording import Touched, put
from followthearms.register.tables import derived

_strands, _offers = derived.strands.c, derived.offers.c


def relink(connection: Connection, touched: Touched, bindings: Bindings) -> set[str]:
    """Give each strand that is reached its deal. The ids of the deals whose strands are others than before."""
    blocks = _reached(connection, touched.blocks, touched.keys, bindings)
    region = _threads(connection, blocks)
    found = cores(region, bindings)
    offers = _offered_outside(connection, {thread.seeks for thread in region if thread.seeks}, blocks)
    for key, inside in offered(found).items():
        offers[key] |= inside
    made, outside = settled(region, found, offers, bindings)
    return _write(connection, region, found, made, outside)


def _reached(connection: Connection, blocks: Collection[str], keys: Collection[str], bindings: Bindings) -> set[str]:
    """The blocks, those of the threads that seek what is offered in them, and those that are bound to any of these."""
    found, wanted = set(blocks), set(keys)
    while True:
        before = len(found)
        for part in chunks(found):
            offered = select(_offers.key).join(derived.strands, _strands.thread == _offers.thread)
            wanted |= set(connection.execute(offered.where(_strands.block.in_(part)).distinct()).scalars())
        for part in chunks(wanted):
            seeking = select(_strands.block).where(_strands.seeks.in_(part)).distinct()
            found |= set(connection.execute(seeking).scalars())
        found |= _bound_to(connection, found, bindings)
        if len(found) == before:
            return found


def _bound_to(connection: Connection, blocks: Collection[str], bindings: Bindings) -> set[str]:
    """The blocks that rulings tie to these: of the documents that are named together, and of the deals they are in."""
    found: set[str] = set()
    for names in _tied(bindings):
        reached = blocks_of(connection, names)
        if not reached.isdisjoint(blocks):
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


def _threads(connection: Connection, blocks: Collection[str]) -> list[Brief]:
    briefs = derived.briefs.c
    found: list[Brief] = []
    for part in chunks(blocks):
        bodies = connection.execute(select(briefs.body).where(briefs.block.in_(part)).order_by(briefs.thread))
        found += map(load_brief, bodies.scalars())
    return found


def _offered_outside(connection: Connection, keys: Collection[str], blocks: Collection[str]) -> dict[str, set[str]]:
    """For each key, the ids of the deals whose threads offer it, of the blocks that are not linked anew."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in chunks(keys):
        asked = select(_offers.key, _strands.core, _strands.block).join(
            derived.strands, _strands.thread == _offers.thread
        )
        for key, core, block in connection.execute(asked.where(_offers.key.in_(part)).distinct()):
            if block not in blocks and core:
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
    found: dict[str, str] = {}
    for part in chunks(cores):
        asked = select(_strands.core, _strands.deal).where(_strands.core.in_(part)).distinct()
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
