"""A deal in full as it is kept: JSON in which each side of its contradictions stands once.

A deal that is told much has a contradiction for each two of its days: thousands, of a few dozen sides. To write and
read these with each took most of the time that such a deal costs.
Invariant: a deal that is loaded equals the one that was dumped.
"""

from __future__ import annotations

from followthearms.model import Consistency, Contradiction, Deal, Frozen, Side, Topic


class _Body(Frozen):
    """`told` without contradictions, and these with the places of their sides: id, topic, consistency, left, right,
    reason, ruling."""

    told: Deal
    sides: tuple[Side, ...] = ()
    contradictions: tuple[tuple[str, Topic, Consistency, int, int, str, str | None], ...] = ()


def dump_deal(told: Deal) -> str:
    """The deal as JSON."""
    places: dict[int, int] = {}
    sides: list[Side] = []
    for one in told.contradictions:
        for side in (one.left, one.right):
            if id(side) not in places:
                places[id(side)] = len(sides)
                sides.append(side)
    brief = tuple(
        (one.id, one.topic, one.consistency, places[id(one.left)], places[id(one.right)], one.reason, one.ruling)
        for one in told.contradictions
    )
    body = _Body(told=told.model_copy(update={"contradictions": ()}), sides=tuple(sides), contradictions=brief)
    return body.model_dump_json(exclude_defaults=True)


def load_deal(line: str) -> Deal:
    """The deal that `dump_deal` wrote."""
    body = _Body.model_validate_json(line)
    if not body.contradictions:
        return body.told
    found = (
        Contradiction(
            id=name,
            deal=body.told.id,
            topic=topic,
            consistency=consistency,
            left=body.sides[left],
            right=body.sides[right],
            reason=reason,
            ruling=ruling,
        )
        for name, topic, consistency, left, right, reason, ruling in body.contradictions
    )
    return body.told.model_copy(update={"contradictions": tuple(found)})
