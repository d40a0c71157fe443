"""The cue files of the package as checked objects: an unknown key or kind is an error that names the file."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TypeVar

from followthearms.model import Frozen, Kind
from followthearms.tables import DATA, read_table

_Cues = TypeVar("_Cues", bound=Frozen)


def read_cues(name: str, shape: type[_Cues]) -> _Cues:
    """Read a cue file into its shape; raises `KnowledgeError` with the file's name."""
    return read_table(DATA / "cues" / name, shape)


class CompositionCues(Frozen):
    """Which kinds take up which, over which dependency edges."""

    ranks: Mapping[int, frozenset[Kind]]
    edges: frozenset[str]
    also: Mapping[Kind, frozenset[Kind]]
    finite: frozenset[Kind]
    listing: frozenset[str]

    @functools.cached_property
    def rank(self) -> Mapping[Kind, int]:
        """The rank of each kind that has one."""
        return {kind: rank for rank, kinds in self.ranks.items() for kind in kinds}

    def governs(self, outer: Kind, inner: Kind) -> bool:
        """True if a happening of the outer kind takes up one of the inner kind in its complement."""
        ranked = outer in self.rank and inner in self.rank
        return inner in self.also.get(outer, ()) or (ranked and self.rank[outer] >= self.rank[inner])


@functools.lru_cache(maxsize=1)
def composition_cues() -> CompositionCues:
    """What `composition.yaml` says."""
    return read_cues("composition.yaml", CompositionCues)
