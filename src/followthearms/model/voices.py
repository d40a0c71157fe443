"""The voices that propose claims. A claim's method, and a slot that another voice filled, name theirs."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """Who proposes: the hand-written frames, the trained tagger, or a language model that the user brings."""

    FRAME = "frame"
    TAGGER = "tagger"
    LLM = "llm"


ALL_VOICES = frozenset(Voice)
"""What reads unless a user says otherwise; the language model only if one is given."""
