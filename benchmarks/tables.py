"""Figures in, Markdown out: the one form that tables have on the pages of measurements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """A Markdown table; the first `words` columns hold words, the others figures."""
    rule = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join(map(row, (head, rule, *rows)))


def row(cells: Sequence[str]) -> str:
    """A row of such a table, for one that is told as it is made."""
    return f"| {' | '.join(cells)} |"
