"""Money, dates and quantities of a text together. Invariant: no two mentions share a character."""

from __future__ import annotations

import datetime as dt

from followthearms.extract.mentions.dates.find import find_dates
from followthearms.extract.mentions.figures.money import find_money
from followthearms.extract.mentions.figures.quantities import find_quantities
from followthearms.model.mentions import Mention


def find_figures(text: str, published: dt.date | None) -> list[Mention]:
    """All three, in text order. Where they contend for words, money goes before dates and dates before quantities."""
    kept = find_money(text)
    held = {i for m in kept for i in range(m.start, m.end)}
    kept += [m for m in find_dates(text, published) if held.isdisjoint(range(m.start, m.end))]
    kept += find_quantities(text, [m.span for m in kept])
    return sorted(kept, key=lambda m: m.start)
