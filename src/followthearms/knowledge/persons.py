"""Leaders by their names, however these are spelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from followthearms.knowledge.normal_form import normal
from followthearms.knowledge.offices import Leader, leaders
from followthearms.model.entities import EntityKind, entity_id

_ALIKE = 0.7
"""How alike two spellings of one surname are at least (Gaddafi, Qaddafi: .86; Schroeder, Schroder: .94). Set on the
table of leaders: no two persons of one state with the same years reach it."""


@lru_cache(maxsize=4096)
def leaders_named(name: str) -> tuple[Leader, ...]:
    """The leaders of that full name, or else of that surname; diacritics and case are set aside."""
    return _leaders().get(normal(name), ())


def person_id(leader: Leader) -> str:
    """The id of a leader, whichever spelling of his name the row has."""
    return entity_id(EntityKind.PERSON, normal(spellings_of(leader)[0].name))


def spellings_of(leader: Leader) -> Sequence[Leader]:
    """The rows that spell the same leader's name: of one state, with the same years and like surnames."""
    return _spellings()[leader]


@lru_cache(maxsize=1)
def _leaders() -> Mapping[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = defaultdict(list)
    for leader in leaders():
        for spelling in dict.fromkeys((normal(leader.name), normal(leader.surname))):
            found[spelling].append(leader)
    return {spelling: tuple(those) for spelling, those in found.items()}


@lru_cache(maxsize=1)
def _spellings() -> Mapping[Leader, list[Leader]]:
    """For each row of the table those that spell the same leader's name."""
    groups: list[list[Leader]] = []
    for leader in leaders():
        group = next((those for those in groups if _is_same(those[0], leader)), None)
        if group is None:
            groups.append(group := [])
        group.append(leader)
    return {leader: group for group in groups for leader in group}


def _is_same(one: Leader, other: Leader) -> bool:
    terms = (one.code, one.first, one.last) == (other.code, other.first, other.last)
    return terms and SequenceMatcher(None, normal(one.surname), normal(other.surname)).ratio() >= _ALIKE
