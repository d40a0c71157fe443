"""What analysts ruled that linking must keep to, as a value made from their decisions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bindings:
    """Nothing was ruled."""


NO_BINDINGS = Bindings()
"""Bindings of no decision at all."""
