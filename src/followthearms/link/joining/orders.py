"""One transfer as one text tells it, taken apart into its orders: the contract, and the second batch ordered later.

Invariant: the outcome is a function of the strands; without anything that tells two orders apart there is one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from followthearms.link.joining.facts import Facts, Stage, facts, total
from followthearms.link.joining.features import Table, compared, weights
from followthearms.link.joining.strands import Strand
from followthearms.model import Nature

Order = tuple[list[Strand], Facts]
"""Strands of one order, in the order of the text, and what they tell."""


def orders(strands: Sequence[Strand], ruled: Collection[str] = ()) -> list[Order]:
    """The strands, which name the same parties and equipment and are in the order of the text, order by order.

    What tells nothing of its own goes with the nearest in the text that does. If rulings name any of the strands, by
    their anchors in `ruled`, they alone part them.
    """
    told = [facts(strand) for strand in strands]
    found: list[tuple[Facts, list[int]]] = []
    if strands[0].signature.nature is Nature.TRANSFER and not any(strand.anchor in ruled for strand in strands):
        another = any(one.again for one in told)
        for place, one in enumerate(told):
            if one.telling or (another and Stage.SOUGHT not in one.stages):
                _place(found, place, one)
    if len(found) < 2:
        return [(list(strands), total(told))]
    home = {place: n for n, (_, places) in enumerate(found) for place in places}
    made: list[list[int]] = [[] for _ in found]
    for place, strand in enumerate(strands):
        nearest = min(home, key=lambda other: (_apart(strands[other], strand), other))
        made[home.get(place, home[nearest])].append(place)
    return [([strands[i] for i in places], total(told[i] for i in places)) for places in made]


def _place(found: list[tuple[Facts, list[int]]], place: int, told: Facts) -> None:
    """Put a strand with the order that most speaks for, or make it one of its own."""
    scores = [sum(compared(Table.ONE_TEXT, known, told).values()) for known, _ in found]
    best = max(range(len(found)), key=lambda n: (scores[n], -n), default=None)
    if best is None or scores[best] <= weights().threshold:
        found.append((total([told]), [place]))
    else:
        found[best][0].add(told)
        found[best][1].append(place)


def _apart(left: Strand, right: Strand) -> int:
    return abs(left.claim.evidence.start - right.claim.evidence.start)
