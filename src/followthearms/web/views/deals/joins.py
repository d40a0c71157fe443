"""Why claims are of one deal (pairs that were joined, with the weight of each feature), and who plays which part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.link.names.entities import entity
from followthearms.model import Part
from followthearms.register.answers.belonging import Joined
from followthearms.web import links
from followthearms.web.views.quotes import Library, Quote

SHOWN = 15
"""Pairs that a page shows, the heaviest first; a deal of many claims has thousands."""


@dataclass(frozen=True)
class Pair:
    """Two claims that were joined, the sum of the weights, and each feature with its own, the heaviest first. `ids`
    names both as a form sends them."""

    left: Quote
    right: Quote
    ids: tuple[str, str]
    weight: str
    features: tuple[tuple[str, str], ...]


def joins_view(found: Iterable[Joined], library: Library) -> tuple[Pair, ...]:
    """The pairs whose claims stand in the library."""
    pairs: list[Pair] = []
    for one in found:
        left, right = library.said(one.left), library.said(one.right)
        if left and right:
            features = sorted(one.features.items(), key=lambda told: (-abs(told[1]), told[0]))
            ids = (f"{one.left.document}:{one.left.claim}", f"{one.right.document}:{one.right.claim}")
            told = tuple((name, _signed(weight)) for name, weight in features)
            pairs.append(Pair(left, right, ids, _signed(one.weight), told))
        if len(pairs) == SHOWN:
            break
    return tuple(pairs)


@dataclass(frozen=True)
class Role:
    """A part in a deal: who plays it, and the first of the words that tell so, with their addresses."""

    role: str
    label: str
    href: str
    told: tuple[tuple[str, str], ...]
    more: int


def parts_view(found: Iterable[Part]) -> tuple[Role, ...]:
    """The parts that are played in a deal."""
    return tuple(
        Role(
            role=one.role.value,
            label=words.one_line(entity(one.entity).label),
            href=links.entity(one.entity),
            told=tuple((words.one_line(span.text), links.claim(ref.document, ref.claim)) for ref, span in one.told[:3]),
            more=max(0, len(one.told) - 3),
        )
        for one in found
    )


def _signed(weight: float) -> str:
    return f"{weight:+.2f}".replace("-", "\u2212")
