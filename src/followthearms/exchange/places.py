"""Where words that a person quotes stand in a text, and which of the places is meant. Offsets are code points."""

from __future__ import annotations

import re

from followthearms.model import Claim, Document, Span


def places(words: str, document: Document, claim: Claim) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where words stand in the text, in its order, and which of these places are meant if none is told: those in the
    evidence of the claim, else those nearest to it; of either those that cut no word, if there are such.

    A place that cuts a number is none: "24" does not stand in "245,000".
    """
    found = tuple(
        document.quote(at.start(), at.start() + len(words)) for at in _pattern(words).finditer(document.text) if words
    )
    inside = tuple(span for span in found if claim.evidence.covers(span))
    near = inside or found
    likely = tuple(span for span in near if _is_whole(span, document.text)) or near
    least = max(0, min((_away(span, claim) for span in likely), default=0))
    return found, tuple(span for span in likely if _away(span, claim) <= least)


def _pattern(words: str) -> re.Pattern[str]:
    before = r"(?<!\d)(?<!\d[.,])" if words[:1].isdigit() else ""
    behind = r"(?!\d|[.,]\d)" if words[-1:].isdigit() else ""
    return re.compile(f"{before}(?={re.escape(words)}{behind})")


def _is_whole(span: Span, text: str) -> bool:
    """Whether the words are not part of longer ones."""
    edges = (text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1])
    return not any(len(edge) == 2 and edge.isalnum() for edge in edges)


def _away(span: Span, claim: Claim) -> int:
    """Code points between words and the evidence."""
    return max(claim.evidence.start - span.end, span.start - claim.evidence.end)
