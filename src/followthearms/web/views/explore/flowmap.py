"""The map: from whom to whom deals go, as arcs between states on the shapes of Natural Earth.

Invariants: an arc is wide where it begins and thin where it ends, so that it shows its direction without colour; a flow
whose sides have no place on the map, or the same, is listed beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from followthearms.model.query import Query
from followthearms.register.answers.flows import Flow, Flows
from followthearms.web.views.explore.cleaning import said
from followthearms.web.views.explore.drawing import Link, Rows, Spec, draw, names, of, spec
from followthearms.web.views.explore.naming import Box, placed_names
from followthearms.web.views.explore.page import (
    Beside,
    Drawn,
    Listing,
    Page,
    Picture,
    counted,
    deals,
    listing,
    name_of,
    narrowed,
    page,
    transfers,
)
from followthearms.web.views.explore.world import Point, world

COLUMNS = ("supplier", "supplier_name", "recipient", "recipient_name", "deals", "drawn")

MOST = 150
"""Arcs; more of them cover each other."""
_NAMED = 24
"""States whose names stand on the map."""
_BESIDE = 25
"""Flows that are listed beside the map; the table has all."""
_SCALE = 0.5
"""Pixels of a unit of the grid."""
_WIDEST = 11.0
"""Pixels of the widest arc, where it begins."""
_BEND = 0.16
"""How far an arc bends to its left, as a share of its length: so there and back lie apart."""
_STEPS = 14
"""Stretches that an arc is made of."""


@dataclass(frozen=True)
class MapView:
    """The page of the map."""

    page: Page
    picture: Picture
    beside: Beside
    listing: Listing
    rows: tuple[Drawn, ...]


def map_rows(query: Query, found: Flows) -> tuple[Drawn, ...]:
    """The flows of `transfers(query)`, each with whether it is drawn."""
    drawn = set(_placed(found)[:MOST])
    return tuple(_row(transfers(query), flow, flow in drawn) for flow in found.flows)


def map_view(query: Query, found: Flows, everything: bool) -> MapView:
    """The page of the flows of `transfers(query)`."""
    placed, rows = _placed(found), map_rows(query, found)
    there = set(placed)
    beside = [row for row, flow in zip(rows, found.flows, strict=True) if flow not in there]
    return MapView(
        page=page("map", query, transfers(query), _notes(found, len(placed))),
        picture=Picture("From whom to whom", _drawn(transfers(query), found, placed[:MOST]), _caption()),
        beside=Beside("Beside the map", tuple(beside[:_BESIDE]), max(len(beside) - _BESIDE, 0)),
        listing=listing("map", query, ("Supplier", "Recipient", "Deals"), rows, everything),
        rows=rows,
    )


def _placed(found: Flows) -> list[Flow]:
    """The flows between two places of the map."""
    points = world().points
    return [f for f in found.flows if f.supplier in points and f.recipient in points and f.supplier != f.recipient]


def _row(query: Query, flow: Flow, is_drawn: bool) -> Drawn:
    supplier, recipient = name_of(flow.supplier), name_of(flow.recipient)
    held = {"supplier": flow.supplier, "supplier_name": supplier, "recipient": flow.recipient}
    return Drawn(
        held={**held, "recipient_name": recipient, "deals": str(flow.deals), "drawn": "yes" if is_drawn else "no"},
        shown=(supplier, recipient),
        deals=flow.deals,
        href=narrowed(query, supplier=flow.supplier, recipient=flow.recipient),
    )


def _notes(found: Flows, placed: int) -> Iterator[str]:
    yield f"{deals(found.both)} name both a supplier and a recipient; one with several counts with each."
    if found.counted > found.both:
        yield f"{deals(found.counted - found.both)} name one side only, and are in no picture of flows."
    if placed > MOST:
        yield f"The {MOST} strongest of {placed:,} flows are drawn; the table has all."
    yield counted(found.counted, found.all_counted)


def _caption() -> str:
    named = ", ".join(world().contested)
    return (
        "Arcs are wide at the supplier and thin at the recipient; the wider, the more deals. Shapes: Natural Earth, "
        "public domain, with borders as they are held on the ground, which takes no side on whose they are. Dashed: "
        f"borders of {named}, whose status is disputed. Crimea, Kashmir and others are disputed too, but have no "
        "border of their own in these shapes."
    )


def _drawn(query: Query, found: Flows, flows: Sequence[Flow]) -> Any:
    """The picture, land first, then the arcs, the strongest below, then the states and their names."""
    most = max((flow.deals for flow in flows), default=1)
    marks = [_link(query, flow) for flow in flows]
    arcs = [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [_arc(flow, most)]}, "link": str(number)}
        for number, flow in enumerate(flows)
    ]
    named = {party for flow in flows for party in (flow.supplier, flow.recipient)}
    shares = [share for share in found.parties if share.entity in named]
    states = []
    for share in shares:
        href = narrowed(query, party=share.entity)
        title = f"{name_of(share.entity)}: {deals(share.deals)}, in whatever part"
        x, y = world().points[share.entity]
        size = 12 + 60 * math.sqrt(share.deals / shares[0].deals)
        states.append(
            {
                "x": x * _SCALE,
                "y": y * _SCALE,
                "size": size,
                "name": said(name_of(share.entity), 24),
                "link": str(len(marks)),
            }
        )
        marks.append(Link(href, title))
    frame = Box(0, 0, world().width * _SCALE, world().height * _SCALE)
    data = {**_land(), "arcs": arcs, "states": states, "named": placed_names(states, frame)[:_NAMED]}
    return draw(_chart(), data, marks, "Map of the world with arcs from suppliers to recipients")


def _link(query: Query, flow: Flow) -> Link:
    href = narrowed(query, supplier=flow.supplier, recipient=flow.recipient)
    return Link(href, f"{name_of(flow.supplier)} → {name_of(flow.recipient)}: {deals(flow.deals)}")


def _arc(flow: Flow, most: int) -> list[list[float]]:
    """The outline of an arc, in units of the grid: a bent wedge."""
    start, end = world().points[flow.supplier], world().points[flow.recipient]
    wide = max(_WIDEST * math.sqrt(flow.deals / most), 2.0) / _SCALE / 2
    thin = 0.4 / _SCALE
    left, right = [], []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        (x, y), (along, down) = _on_curve(start, end, share)
        half = wide + (thin - wide) * share
        length = math.hypot(along, down) or 1.0
        aside = -down / length * half, along / length * half
        left.append([round(x + aside[0], 1), round(y + aside[1], 1)])
        right.append([round(x - aside[0], 1), round(y - aside[1], 1)])
    return [*left, *reversed(right), left[0]]


def _on_curve(start: Point, end: Point, share: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """A point of a quadratic Bézier curve, and its direction there."""
    (x1, y1), (x2, y2) = start, end
    bend_x, bend_y = (x1 + x2) / 2 + (y2 - y1) * _BEND, (y1 + y2) / 2 - (x2 - x1) * _BEND
    rest = 1 - share
    x = rest**2 * x1 + 2 * rest * share * bend_x + share**2 * x2
    y = rest**2 * y1 + 2 * rest * share * bend_y + share**2 * y2
    return (x, y), (rest * (bend_x - x1) + share * (x2 - bend_x), rest * (bend_y - y1) + share * (y2 - bend_y))


@lru_cache(maxsize=1)
def _land() -> Mapping[str, Rows]:
    shapes = [
        {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}}
        for polygons in world().shapes.values()
    ]
    lines = {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": world().disputed}}
    return {"land": shapes, "disputed": [lines]}


@lru_cache(maxsize=1)
def _chart() -> Spec:
    width, height = world().width * _SCALE, world().height * _SCALE
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False))
    dash: dict[str, Any] = {"filled": False, "stroke": "var(--ink)", "strokeWidth": 0.8, "strokeDash": [2, 2]}
    return spec(
        alt.layer(
            of("land").mark_geoshape(fill="var(--band)", stroke="var(--strong)", strokeWidth=0.5),
            of("disputed").mark_geoshape(filled=False, stroke="var(--band)", strokeWidth=1.6),
            of("disputed").mark_geoshape(**dash),
            of("arcs")  # the stroke cannot be seen; it widens what can be pointed at
            .mark_geoshape(
                fill="var(--supplier)", fillOpacity=0.5, stroke="var(--supplier)", strokeOpacity=0, strokeWidth=5
            )
            .encode(href="link:N"),
            of("states")
            .mark_circle(fill="var(--ink)", stroke="var(--ground)", strokeWidth=1, opacity=1)
            .encode(x, y, size=alt.Size("size:Q", scale=None, legend=None), href="link:N"),
            *names("named", x, y),
        )
        .project(type="identity", scale=_SCALE, translate=[0, 0], reflectY=False)
        .properties(width=width, height=height, padding=5)
    )
