"""Towns, ports, bases and regions with their state and what they are part of.

Invariant: `part_of` ends at a state or at a place that is part of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from followthearms.knowledge.names import Name, Sort, fold
from followthearms.knowledge.tables import checked, read_rows, split
from followthearms.model import Frozen


class PlaceKind(StrEnum):
    """What kind of place it is."""

    CITY = "city"
    TOWN = "town"
    PORT = "port"
    BASE = "base"
    DISTRICT = "district"
    REGION = "region"
    WATER = "water"


class Place(Frozen):
    """A place; `code` is its state's and empty for a sea, `part_of` the name of the larger place or empty."""

    name: str
    code: str
    part_of: str
    kind: PlaceKind
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """The gazetteer."""
    rows = tuple({**row, "aliases": split(row["aliases"])} for row in read_rows("places.csv"))
    return checked("places.csv", tuple[Place, ...], rows)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Place]:
    return {fold(s): place for place in reversed(places()) for s in (place.name, *place.aliases)}


def place_of(name: str) -> Place | None:
    """The place of that name, if the gazetteer has it."""
    return _by_name().get(fold(name))


def part_of(name: str) -> tuple[str, ...]:
    """What the place lies in, the nearest first, its state's code last: Korwa is in Amethi, Uttar Pradesh, IN."""
    place = place_of(name)
    found: list[str] = []
    larger = place
    while larger and larger.part_of and larger.part_of not in found:
        found.append(larger.part_of)
        above = place_of(larger.part_of)
        larger = above if above and above.code == larger.code else None  # Melbourne's Victoria is not the Seychelles'
    return (*found, place.code) if place and place.code else tuple(found)


def within(inner: str, outer: str) -> bool:
    """True if the first place is the second or lies in it."""
    return fold(inner) == fold(outer) or fold(outer) in map(fold, part_of(inner))


def place_names() -> Iterator[Name]:
    """Every spelling of every place."""
    for place in places():
        yield from (Name(s, place.code, Sort.PLACE) for s in (place.name, *place.aliases))
