"""A register to decide on: the sample articles, and texts whose letters are hard to count."""

from __future__ import annotations

from pathlib import Path

from followthearms.model import Document
from followthearms.model.format import load_line
from tests.link.drafts import draft, said

ORDER = "Norway ordered 22 howitzers from Italy in Oslo, and its ministry of defence in Oslo told so on Monday."


def order(name: str, outlet: str) -> Document:
    """A story that two outlets tell in the same words."""
    claim = said("agreement", "ordered", supplier="Italy/IT", recipient="Norway/NO", equipment="howitzers//howitzer/22")
    return draft(name, ORDER, claim, date="2022-06-08", outlet=outlet)


EMOJI = draft(
    "emoji",
    "🚀🚀 Breaking 👩🏽‍✈️: Sweden delivered 12 radars to Latvia, said Riga.",
    said("delivery", "delivered", supplier="Sweden/SE", recipient="Latvia/LV", equipment="radars//radar/12"),
    date="2022-06-09",
    outlet="Flags 🇸🇪",
)
HEBREW = draft(
    "hebrew",
    "ירושלים ואתונה חתמו על עסקה: Israel sold missiles to Greece. דובר ביוון אישר.",
    said("supply", "sold", supplier="Israel/IL", recipient="Greece/GR", equipment="missiles//missile"),
    date="2022-06-10",
    outlet="עיתון",
)
ODD = (order("first", "Quillon Wire"), order("second", "Ravelin Post"), EMOJI, HEBREW)


def documents(root: Path) -> list[Document]:
    """All of them."""
    lines = (root / "examples/gold.jsonl").read_text("utf-8").splitlines()
    return [*ODD, *(load_line(line, f"gold.jsonl, line {n}") for n, line in enumerate(lines, 1))]
