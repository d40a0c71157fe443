"""What numbers count and what they measure: data/lexicon/units.yaml. Words are in lower case."""

from __future__ import annotations

from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen


class _Units(Frozen):
    groups: dict[str, str]
    measures: list[str]
    attached: list[str]
    numbered: list[str]
    not_one: list[str]
    before_one: list[str]


_DATA = read_lexicon("units", _Units)

GROUP = {form: single for single, plural in _DATA.groups.items() for form in (single, plural)}
"""Groups and containers, by their singular and plural: "squadrons" -> "squadron"."""

MEASURES = frozenset(_DATA.measures)
"""After a number, these make it a measure, a time, an age or a share."""

ATTACHED = frozenset(_DATA.attached)
"""Nouns that a hyphen may join to a count: "a 36-aircraft deal"."""

NUMBERED = frozenset(_DATA.numbered)
"""Before a number, these make it part of a name: "Type 26", "Article 7"."""

NOT_ONE, BEFORE_ONE = frozenset(_DATA.not_one), frozenset(_DATA.before_one)
"""Words after and before "one" beside which it counts nothing."""
