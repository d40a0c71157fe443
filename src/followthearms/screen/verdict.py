"""What the screen says of a text, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may hold a claim. `score` is from 0 to 1; `reason` says in words why it was let through or not."""

    is_relevant: bool
    reason: str
    score: float
