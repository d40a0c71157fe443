"""What the screen says of a text, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may hold a claim.

    `score` is from 0 to 1; `reason` says why it was let through or not, in words that many texts share, since they are
    counted by it.
    """

    is_relevant: bool
    reason: str
    score: float
