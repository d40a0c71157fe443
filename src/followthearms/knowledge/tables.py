"""The lexicon's files by name."""

from __future__ import annotations

from typing import TypeVar

from followthearms.tables import DATA, read_table

_Shape = TypeVar("_Shape")


def read_lexicon(name: str, shape: type[_Shape]) -> _Shape:
    """The file `data/lexicon/NAME.yaml` as `shape`. Raises KnowledgeError if it is missing or does not fit."""
    return read_table(DATA / "lexicon" / f"{name}.yaml", shape)
