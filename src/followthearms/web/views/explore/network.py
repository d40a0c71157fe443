"""The network: which parties deal in which equipment, laid out on the server, the same each time.

Invariants: the layout depends on the ties alone; parties are circles and equipment squares, ties to suppliers are
whole and those to recipients dashed, so that no colour is needed; and what is not drawn is counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import altair as alt
import networkx

from followthearms.model.query import Query
from followthearms.register.answers.flows import Share, Tie, Ties
from followthearms.web.views.explore.cleaning import said
from followthearms.web.views.explore.drawing import Link, Rows, Spec, draw, names, of, spec
from followthearms.web.views.explore.naming import Box, placed_names
from followthearms.web.views.explore.page import (
    Drawn,
    Listing,
    Page,
    Picture,
    at,
    counted,
    deals,
    listing,
    name_of,
    narrowed,
    page,
    transfers,
)

COLUMNS = ("role", "party", "party_name", "equipment", "equipment_name", "deals")


class Of(StrEnum):
    """What equipment is shown: types that have a designation, or classes to which a published list gives a code."""

    TYPES = "types"
    CLASSES = "classes"


MOST = 32
"""Parties, and as many types or classes of equipment, that are drawn: the most connected of each."""
_WIDTH, _HEIGHT = 960, 660
_PADDING = {"left": 45, "right": 55, "top": 22, "bottom": 16}
_FRAME = Box(-_PADDING["left"], -_PADDING["top"], _WIDTH + _PADDING["right"], _HEIGHT + _PADDING["bottom"])
"""Where names may stand."""
_SEED = 3
_ROUNDS = 200
"""Steps of the layout; more of them move nothing any more."""


@dataclass(frozen=True)
class NetworkView:
    """The page of the network; `choices` lead to types and to classes."""

    page: Page
    choices: tuple[tuple[str, str, bool], ...]
    picture: Picture | None
    listing: Listing
    rows: tuple[Drawn, ...]


def network_rows(query: Query, found: Ties) -> tuple[Drawn, ...]:
    """The ties of `transfers(query)` that are drawn."""
    return tuple(_row(transfers(query), tie) for tie in _shown(found.ties))


def network_view(query: Query, found: Ties, what: Of, everything: bool) -> NetworkView:
    """The page of the ties of `transfers(query)`."""
    shown, rows = _shown(found.ties), network_rows(query, found)
    state = what.value if what is not Of.TYPES else None
    heads = ("Party", "Part", "Equipment", "Deals")
    return NetworkView(
        page=page("network", query, transfers(query), _notes(found, shown, what), of=state),
        choices=(
            ("Types with a designation", at("network", query), what is Of.TYPES),
            ("Classes", at("network", query, of=Of.CLASSES.value), what is Of.CLASSES),
        ),
        picture=_picture(transfers(query), found, shown) if shown else None,
        listing=listing("network", query, heads, rows, everything, of=state),
        rows=rows,
    )


def _shown(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """The ties between the most connected parties and equipment."""
    weights: dict[tuple[str, str], int] = {}
    for tie in ties:
        for node in (("party", tie.party), ("equipment", tie.equipment)):
            weights[node] = weights.get(node, 0) + tie.deals
    ranked = sorted(weights, key=lambda node: (-weights[node], node))
    kept = {node for sort in ("party", "equipment") for node in [n for n in ranked if n[0] == sort][:MOST]}
    return tuple(tie for tie in ties if ("party", tie.party) in kept and ("equipment", tie.equipment) in kept)


def _row(query: Query, tie: Tie) -> Drawn:
    party, equipment = name_of(tie.party), name_of(tie.equipment)
    return Drawn(
        held={
            **{"role": tie.role, "party": tie.party, "party_name": party, "equipment": tie.equipment},
            **{"equipment_name": equipment, "deals": str(tie.deals)},
        },
        shown=(party, tie.role, equipment),
        deals=tie.deals,
        href=narrowed(query, **{tie.role: tie.party, "equipment": tie.equipment}),
    )


def _notes(found: Ties, shown: Sequence[Tie], what: Of) -> Iterator[str]:
    yield "A deal counts with each of its parties, with each piece of its equipment and with what that is a kind of."
    parties = {tie.party for tie in found.ties} - {tie.party for tie in shown}
    equipment = {tie.equipment for tie in found.ties} - {tie.equipment for tie in shown}
    if parties or equipment:
        yield (
            f"The most connected are drawn; not drawn: {len(parties):,} parties, {len(equipment):,} {what.value} of "
            f"equipment, {len(found.ties) - len(shown):,} ties."
        )
    yield counted(found.counted, found.all_counted)


def _picture(query: Query, found: Ties, shown: Sequence[Tie]) -> Picture:
    places = _placed(shown)
    numbers = {"party": _numbers(found.parties), "equipment": _numbers(found.equipment)}
    most = max(numbers[sort][name] for sort, name in places)
    nodes: list[dict[str, Any]] = []
    marks: list[Link] = []
    for sort, name in sorted(places, key=lambda node: (-numbers[node[0]][node[1]], node)):
        number = numbers[sort][name]
        x, y = places[sort, name]
        nodes.append({"x": x, "y": y, "name": said(name_of(name), 28), "link": str(len(marks)), "sort": sort})
        nodes[-1] |= {"size": 40 + 420 * number / most}
        marks.append(Link(narrowed(query, **{sort: name}), f"{name_of(name)}: {deals(number)}"))
    thickest = max(tie.deals for tie in shown)
    edges: list[dict[str, Any]] = []
    for tie in shown:
        (x, y), (x2, y2) = places["party", tie.party], places["equipment", tie.equipment]
        width = 1 + 4 * math.sqrt(tie.deals / thickest)
        edges.append({"x": x, "y": y, "x2": x2, "y2": y2, "width": width, "role": tie.role, "link": str(len(marks))})
        title = f"{name_of(tie.party)}, {tie.role} of {name_of(tie.equipment)}: {deals(tie.deals)}"
        marks.append(Link(narrowed(query, **{tie.role: tie.party, "equipment": tie.equipment}), title))
    texts = placed_names(nodes, _FRAME)
    data: dict[str, Rows] = {"nodes": nodes, "edges": edges, "named": texts}
    svg = draw(_chart(), data, marks, "Network of parties and equipment")
    caption = (
        "● parties, ■ equipment; whole lines: supplies it, dashed lines: receives it; the thicker, the more deals."
    )
    if len(texts) < len(nodes):
        caption += f" {len(nodes) - len(texts)} have no room for their names, and show them when they are pointed at."
    return Picture("Who deals in what", svg, caption)


def _numbers(shares: Sequence[Share]) -> Mapping[str, int]:
    return {share.entity: share.deals for share in shares}


def _placed(ties: Sequence[Tie]) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Where each node stands, in pixels: tied nodes near each other, in no dependence on the order of the ties."""
    graph = networkx.Graph()
    for tie in sorted(ties, key=lambda tie: (tie.party, tie.equipment, tie.role)):
        graph.add_edge(("party", tie.party), ("equipment", tie.equipment), weight=1 + math.log(tie.deals))
    spread = 2.2 / math.sqrt(len(graph))
    found = networkx.spring_layout(graph, k=spread, seed=_SEED, iterations=_ROUNDS)
    ranks = [_evened(sorted(found, key=lambda node: (found[node][axis], node))) for axis in (0, 1)]
    return {node: (round(ranks[0][node] * _WIDTH, 1), round(ranks[1][node] * _HEIGHT, 1)) for node in found}


def _evened(ordered: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], float]:
    return {node: (place + 0.5) / len(ordered) for place, node in enumerate(ordered)}


@lru_cache(maxsize=1)
def _chart() -> Spec:
    plain: dict[str, Any] = {"scale": None, "legend": None}
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, _WIDTH], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, _HEIGHT], range=[0, _HEIGHT], nice=False))
    is_supplier, is_party = "datum.role === 'supplier'", "datum.sort === 'party'"
    width = alt.StrokeWidth("width:Q", **plain)
    ends = x, alt.X2("x2"), y, alt.Y2("y2")
    return spec(
        alt.layer(
            of("edges")
            .transform_filter(is_supplier)
            .mark_rule(stroke="var(--supplier)", strokeOpacity=0.55)
            .encode(*ends, strokeWidth=width, href="link:N"),
            of("edges")
            .transform_filter(f"!({is_supplier})")
            .mark_rule(stroke="var(--recipient)", strokeOpacity=0.7, strokeDash=[5, 4])
            .encode(*ends, strokeWidth=width, href="link:N"),
            of("nodes")
            .transform_filter(is_party)
            .mark_circle(fill="var(--parties)", stroke="var(--ground)", strokeWidth=1.5, opacity=1)
            .encode(x, y, size=alt.Size("size:Q", **plain), href="link:N"),
            of("nodes")
            .transform_filter(f"!({is_party})")
            .mark_square(fill="var(--equipment)", stroke="var(--ground)", strokeWidth=1.5, opacity=1)
            .encode(x, y, size=alt.Size("size:Q", **plain), href="link:N"),
            *names("named", x, y),
        ).properties(width=_WIDTH, height=_HEIGHT, padding=_PADDING)
    )
