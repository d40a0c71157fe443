"""The map of the world, as data/maps/world.json has it: shapes, points and contested borders on a flat grid.

Invariant: a file that does not fit is an error that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pydantic import ValidationError

from followthearms.errors import KnowledgeError
from followthearms.model import Frozen
from followthearms.tables import DATA

Point = tuple[int, int]
Ring = tuple[Point, ...]


class World(Frozen):
    """A map. `shapes`: polygons of rings, by the code of a state or the name of a territory; `points`: where a state
    is, by its code; `disputed`: borders of territories that are `contested`. Units: the grid's, y grows southwards.
    """

    about: str
    width: int
    height: int
    shapes: Mapping[str, tuple[tuple[Ring, ...], ...]]
    points: Mapping[str, Point]
    disputed: tuple[Ring, ...]
    contested: tuple[str, ...]


@lru_cache(maxsize=1)
def world() -> World:
    """The map. Raises KnowledgeError."""
    file = DATA / "maps" / "world.json"
    try:
        return World.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise KnowledgeError(f"{file.name}: {error}; make it anew with tools/world_map.py") from error
