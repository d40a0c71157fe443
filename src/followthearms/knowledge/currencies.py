"""Currencies by their signs and names: data/lexicon/currencies.yaml. Invariant: no sign and no name stands for two.

What a name means that several states share is told by whose states are named near: shared_currencies.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from followthearms.errors import KnowledgeError
from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen

UNCLEAR = "unclear"


class _Currency(Frozen):
    symbols: list[str]
    names: list[str]
    scaled: tuple[str, ...] = ()


class _Shared(Frozen):
    names: frozenset[str]
    states: Mapping[str, str]


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


_SHARED = {name: shared.states for shared in read_lexicon("shared_currencies", list[_Shared]) for name in shared.names}


def shared_currency(words: str, named: Mapping[str, int]) -> str | None:
    """The currency that a shared name stands for where states are `named` so often; None if none that has it is.

    `words` may be a whole sum: its last word counts.
    """
    states = _SHARED.get(words.lower().split()[-1], {})
    owners = [state for state in states if named.get(state)]
    return states[max(owners, key=lambda state: named[state])] if owners else None


def currency_named(words: str) -> str | None:
    """The code that a name stands for, whatever its case and blanks; None if unclear."""
    return NAMES.get(re.sub(r"\s+", " ", words.lower()))
