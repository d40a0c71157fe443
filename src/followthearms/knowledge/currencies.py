"""Currencies by their signs and names: data/lexicon/currencies.yaml. Invariant: no sign and no name stands for two."""

from __future__ import annotations

import re

from followthearms.errors import KnowledgeError
from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen

UNCLEAR = "unclear"


class _Currency(Frozen):
    symbols: list[str]
    names: list[str]
    scaled: tuple[str, ...] = ()


def _index(field: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for code, currency in _DATA.items():
        for word in getattr(currency, field):
            key = word if field == "symbols" else word.lower()
            if key in found:
                raise KnowledgeError(f"currencies.yaml: {word!r} stands twice; leave it with one currency")
            found[key] = None if code == UNCLEAR else code
    return found


_DATA = read_lexicon("currencies", dict[str, _Currency])

SYMBOLS = _index("symbols")
"""Sign or code before the amount -> ISO 4217 code."""

NAMES = _index("names") | _index("scaled")
"""Name after the amount, in lower case -> code, or None if several states use the name."""

SCALED = frozenset(_index("scaled"))
"""Names that count only after a large scale: "five trillion won", not "he won"."""


def currency_named(words: str) -> str | None:
    """The code that a name stands for, whatever its case and blanks; None if unclear."""
    return NAMES.get(re.sub(r"\s+", " ", words.lower()))
