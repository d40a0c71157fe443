"""Runs the pipeline over many documents.

Invariant: every input comes out once, in its order, as a document with its claims or as the error that stopped it.
What is imported here is loaded when it is first used: a worker process needs neither the register nor the others.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followthearms.engine.adding import Stored, add, this_run
    from followthearms.engine.reading import Reading, read
    from followthearms.engine.running import Hands, Progress, read_paths, run
    from followthearms.engine.stages import Plan

_HOMES = {
    "adding": ("Stored", "add", "this_run"),
    "reading": ("Reading", "read"),
    "running": ("Hands", "Progress", "read_paths", "run"),
    "stages": ("Plan",),
}

__all__ = ["Hands", "Plan", "Progress", "Reading", "Stored", "add", "read", "read_paths", "run", "this_run"]


def __getattr__(name: str) -> Any:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
