"""Makes the map of the world out of Natural Earth's shapes, as the npm package world-atlas carries them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/world_map.py package src/followthearms/data/maps/world.json

Shapes are those of 1:110 million; the points of states are of 1:50 million, which has small states as well. Everything
is projected to Equal Earth (Šavrič, Patterson, Jenny 2018), whose areas are true, and rounded to a grid. A border is
disputed where it is that of a territory whose sovereignty Natural Earth tells apart and others contest.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

Point = tuple[float, float]
Topology = dict[str, Any]

WIDTH = 2000
"""Units of the grid from edge to edge."""
MERIDIAN = 11.0
"""Degrees east of the middle of the map: so its edge runs through the Bering Strait, and cuts no state in two."""
SOUTH = -56.0
"""Degrees; the map ends below Cape Horn, so that Antarctica, which receives nothing, takes no room."""
LEFT_OUT = {"Antarctica", "Fr. S. Antarctic Lands", "Heard I. and McDonald Is.", "S. Geo. and the Is."}
WITHOUT_ISO = {"Kosovo": "XK"}
"""Codes of states that Natural Earth has without a number; XK is what the register calls Kosovo."""
CONTESTED = {
    "EH": "Western Sahara",
    "PS": "Palestine",
    "XK": "Kosovo",
    "Somaliland": "Somaliland",
    "N. Cyprus": "Northern Cyprus",
}
"""Territories with borders of their own in the data whose sovereignty is contested, and what the caption calls them."""


def main(package: Path, target: Path) -> None:
    """Write the map."""
    coarse, fine = (json.loads((package / f"countries-{scale}.json").read_text("utf-8")) for scale in ("110m", "50m"))
    arcs = decoded(coarse)
    parts = list(shapes(coarse))
    states = {name: rounded(rings(polygons, arcs)) for name, polygons in parts}
    fine_arcs = decoded(fine)
    points = {name: middle(rings(polygons, fine_arcs)) for name, polygons in shapes(fine) if len(name) == 2}
    world = {
        "about": "Natural Earth (naturalearthdata.com), public domain; by way of world-atlas 2.0.2 (ISC), made by "
        "tools/world_map.py. Equal Earth projection; x to the right, y downwards.",
        "width": WIDTH,
        "height": round(projected((0, SOUTH))[1]),
        "shapes": dict(sorted(states.items())),
        "points": {name: [round(x), round(y)] for name, (x, y) in sorted(points.items())},
        "disputed": contested(parts, arcs),
        "contested": sorted(CONTESTED.values()),
    }
    target.write_text(json.dumps(world, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size:,} bytes, {len(states)} shapes, {len(points)} points")  # noqa: T201


def shapes(topology: Topology) -> Iterator[tuple[str, list[list[list[int]]]]]:
    """Each shape by its code, or its name if it has none: polygons of rings of numbers of arcs."""
    numbers = get_global("territory_aliases")
    for one in topology["objects"]["countries"]["geometries"]:
        name = one["properties"]["name"]
        if name in LEFT_OUT or "type" not in one or not one.get("arcs"):
            continue
        codes = numbers.get(one.get("id"), [])
        code = WITHOUT_ISO.get(name) or (codes[0] if codes else name)
        yield code, one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]


def decoded(topology: Topology) -> list[list[Point]]:
    """The arcs, projected."""
    (wide, high), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        before: float | None = None
        for dx, dy in arc:
            x, y = x + dx, y + dy
            east = x * wide + left - MERIDIAN
            near = round(((before or 0.0) - east) / 360) * 360  # what lies on the edge is not torn apart
            before = east + near
            points.append(projected((before, y * high + top)))
        found.append(points)
    return found


def projected(place: Point) -> Point:
    """A place, in degrees east of the middle and north, on the grid. Equal Earth's own constants."""
    longitude, latitude = math.radians(place[0]), math.radians(place[1])
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    t2, t6 = t**2, t**6
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = 2 / math.sqrt(3) * longitude * math.cos(t) / slope
    y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    whole = 2 / math.sqrt(3) * math.pi / a1
    scale = WIDTH / 2 / whole
    top = 1.29  # a little more than y at 84° north, where Greenland ends
    return (x + whole) * scale, (top - y) * scale


def rings(polygons: list[list[list[int]]], arcs: list[list[Point]]) -> list[list[list[Point]]]:
    """Polygons of rings of points; an arc of a negative number runs backwards."""
    return [[[p for number in ring for p in _run(arcs, number)[1:]] for ring in polygon] for polygon in polygons]


def _run(arcs: list[list[Point]], number: int) -> list[Point]:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def rounded(polygons: list[list[list[Point]]]) -> list[list[list[list[int]]]]:
    """On the grid, each point once; rings that are too small for it are left out."""
    kept = []
    for polygon in polygons:
        found = [ring for ring in map(_on_grid, polygon) if len(ring) > 3]
        if found:
            kept.append(found)
    return kept


def _on_grid(ring: list[Point]) -> list[list[int]]:
    points: list[list[int]] = []
    for x, y in ring:
        if (point := [round(x), round(y)]) not in points[-1:]:
            points.append(point)
    return points if points[0] == points[-1] else [*points, points[0]]


def middle(polygons: list[list[list[Point]]]) -> Point:
    """The centre of the greatest polygon."""
    return max((_centre(polygon[0]) for polygon in polygons), key=lambda found: found[0])[1]


def _centre(ring: list[Point]) -> tuple[float, Point]:
    """The area of a ring and its centre of gravity."""
    closed = [*ring, ring[0]]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(closed):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (abs(area), (x / area / 3, y / area / 3)) if area else (0.0, ring[0])


def contested(parts: list[tuple[str, list[list[list[int]]]]], arcs: list[list[Point]]) -> list[list[list[int]]]:
    """The borders on land of contested territories: arcs that they share with another."""

    def of(polygons: list[list[list[int]]]) -> set[int]:
        return {n if n >= 0 else ~n for polygon in polygons for ring in polygon for n in ring}

    uses = Counter(n for _, polygons in parts for n in of(polygons))
    meant = {n for name, polygons in parts if name in CONTESTED for n in of(polygons) if uses[n] > 1}
    return [[[round(x), round(y)] for x, y in arcs[n]] for n in sorted(meant)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
