"""What analysts ruled that linking must keep to, as a value made from their decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bindings:
    """`merged`: entities by id, each with the id that it goes under now. `split_names`: by the id of an entity, the
    names that are not its own."""

    merged: Mapping[str, str] = field(default_factory=dict)
    split_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NO_BINDINGS = Bindings()
"""Bindings of no decision at all."""
