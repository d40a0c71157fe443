"""Which threads of a block can meet at all, so that a change is linked anew among these alone.

Invariant: the clusters of a block are those of its parts, each made for itself: no thread is weighed against one of
another part (`link.joining.clusters`).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from itertools import product

from followthearms.link.joining.briefs import Brief
from followthearms.link.names.equipment import Likeness, Node, likeness

ANY = ""
"""The kin of a thread that may meet any other of its block: one without a designation, or on which analysts ruled."""

_MEETING = frozenset({Likeness.TYPE, Likeness.NAME, Likeness.VARIANT})
"""How near the equipment of two threads with designations is at least if they are compared."""


def kin(brief: Brief) -> str:
    """The names of a thread's equipment, each with what it is a kind of, as JSON: all that decides whom it meets."""
    if brief.ties or not (brief.node and brief.node.designated):
        return ANY
    named = sorted((node.name, *node.above) for node in brief.facts.nodes if node.designated)
    return json.dumps(named, separators=(",", ":"))


def parts(begun: Collection[str], others: Collection[str]) -> set[str]:
    """All kin of a block that those begun with meet, directly or through others, themselves among them."""
    if ANY in begun or ANY in others:
        return {*begun, *others}
    found, left, fresh = set(begun), set(others) - set(begun), list(begun)
    while fresh and left:
        own = fresh.pop()
        met = {one for one in left if _meet(own, one)}
        found |= met
        left -= met
        fresh += met
    return found


@lru_cache(maxsize=65536)
def _meet(left: str, right: str) -> bool:
    return any(likeness(one, other) in _MEETING for one, other in product(_nodes(left), _nodes(right)))


@lru_cache(maxsize=16384)
def _nodes(kin: str) -> tuple[Node, ...]:
    return tuple(Node(name, tuple(above), designated=True) for name, *above in json.loads(kin))
