"""The voices that propose claims. A claim's method, and a slot that another voice filled, name theirs."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """Who proposes: the hand-written frames, or the trained tagger."""

    FRAME = "frame"
    TAGGER = "tagger"


ALL_VOICES = frozenset(Voice)
"""What reads unless a user says otherwise."""
