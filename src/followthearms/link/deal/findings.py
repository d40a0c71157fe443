"""What a comparison of two reports found, before it becomes a contradiction of a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followthearms.link.joining.strands import Strand
from followthearms.model import Consistency, Topic


@dataclass(frozen=True, slots=True)
class Finding:
    """Two values in words with the strands that report them, how they stand to each other, and why."""

    topic: Topic
    consistency: Consistency
    left: str
    right: str
    lefts: Sequence[Strand]
    rights: Sequence[Strand]
    reason: str
