"""Which version of the program made the derived tables."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_MAKERS = (
    *("link", "model", "knowledge", "register/folding", "register/search", "register/tables"),
    *("data/linking", "data/lexicon"),
)


@cache
def version() -> str:
    """A digest of all that the derived tables depend on beside the log: the linker, what it knows, and these tables."""
    digest = hashlib.sha256()
    for folder in _MAKERS:
        for file in sorted(_files(files("followthearms").joinpath(folder)), key=lambda file: file.name):
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> list[Traversable]:
    wanted = (".py", ".yaml", ".csv", ".json")
    return [file for file in folder.iterdir() if file.is_file() and file.name.endswith(wanted)]
