"""Which version of the program made the derived tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_MAKERS = (
    *("link", "model", "knowledge", "register/folding", "register/search", "register/tables", "register/migrations"),
    *("data/linking", "data/lexicon"),
)


@cache
def version() -> str:
    """A digest of all that the derived tables depend on beside the log: the linker, what it knows, and these tables."""
    digest = hashlib.sha256()
    for folder in _MAKERS:
        for file in _files(files("followthearms").joinpath(folder)):
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> Iterator[Traversable]:
    """The files of a folder and of those in it, in the order of their names."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith((".py", ".yaml", ".csv", ".json")):
            yield entry
