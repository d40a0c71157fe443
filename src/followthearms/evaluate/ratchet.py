"""The ratchet: figures that were once reached on a corpus are floors, and floors only move up.

The floors lie in a JSON file: `{"dev": {"L1": 0.5, "L2": 0.3, "L3": 0.2, "verbatim": 1.0}, …}`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from followthearms.errors import FormatError, UnreadableFile
from followthearms.evaluate.fit import Level
from followthearms.evaluate.report import Report

VERBATIM = "verbatim"
FIGURES = (*(level.name for level in Level), VERBATIM)
"""What has a floor: F1 of each level, and the share of the quotes that stand in their text."""

_STEPS = 1000
"""Floors are kept in thousandths, rounded down: the last digits of a quotient differ between machines."""

Floors = dict[str, dict[str, float]]
"""Corpus part → figure → floor, between 0 and 1."""


def measure(report: Report) -> dict[str, float]:
    """The figures of a report that have a floor. A report without any quote has all of none verbatim: 1."""
    verbatim, spans = report.verbatim
    figures = {figure.name: figure.counts.f1 for figure in report.levels}
    return figures | {VERBATIM: verbatim / spans if spans else 1.0}


def read_floors(path: Path) -> Floors:
    """The floors of a file. Raises `FormatError` if it has another shape, `UnreadableFile` if it cannot be read."""
    try:
        floors = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableFile(str(path), f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise FormatError(str(path), f"no JSON ({error})") from error
    parts = floors.values() if isinstance(floors, dict) else [None]
    if not all(
        isinstance(part, dict) and set(part) == set(FIGURES) and all(map(_is_share, part.values())) for part in parts
    ):
        raise FormatError(str(path), "not a table of floors", f"each part has {', '.join(FIGURES)}, from 0 to 1")
    return {name: dict(part) for name, part in floors.items()}


def write_floors(path: Path, floors: Floors) -> None:
    """Write a file of floors, parts and figures in order."""
    ordered = {name: {figure: floors[name][figure] for figure in FIGURES} for name in sorted(floors)}
    path.write_text(json.dumps(ordered, indent=2) + "\n", "utf-8")


def shortfalls(floors: Floors, measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A line for every measured figure that lies below its floor."""
    return [
        f"{name} {figure}: {measured[name][figure]:.4f}, floor {floor:.3f}"
        for name in sorted(floors.keys() & measured.keys())
        for figure, floor in floors[name].items()
        if measured[name][figure] < floor
    ]


def raised(floors: Floors, measured: Mapping[str, Mapping[str, float]]) -> Floors:
    """The floors with every one that was surpassed moved up to the figure. None moves down, and no part is added."""
    return {
        name: {
            figure: max(floor, math.floor(measured.get(name, {}).get(figure, 0.0) * _STEPS) / _STEPS)
            for figure, floor in part.items()
        }
        for name, part in floors.items()
    }


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
