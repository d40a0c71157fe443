"""The voices that propose claims, and the analyst, who rules. A claim's method, and a slot that another filled, name
theirs."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """Who proposes: the hand-written frames, the trained tagger, or a language model that the user brings."""

    FRAME = "frame"
    TAGGER = "tagger"
    LLM = "llm"


ANALYST = "analyst"
"""Who read a claim, or filled a slot of one, if a person did."""

ALL_VOICES = frozenset(Voice)
"""What reads unless a user says otherwise; the language model only if one is given."""
