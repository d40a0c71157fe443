"""What the names in a search mean: entity ids, by what the package knows and by what the register holds.

Invariant: an id means itself; a name that the package knows means what it means there; any other name means the
entities of the register that are labelled so, and the id that such a name would get.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Connection, func, select

from followthearms.knowledge import equipment, names
from followthearms.knowledge.entities import by_name, equipment_id, known_entities, place_id, provisional_id, source_id
from followthearms.knowledge.normal_form import normal
from followthearms.knowledge.persons import leaders_named, person_id
from followthearms.model.entities import CODED, EntityKind, kind_of
from followthearms.register.tables import derived

_KINDS = {
    "company": (EntityKind.COMPANY, EntityKind.ORGANISATION),
    "person": (EntityKind.PERSON,),
    "place": (EntityKind.PLACE,),
    "equipment": (EntityKind.EQUIPMENT,),
    "source": (EntityKind.SOURCE,),
}
_PARTY_KINDS = (*CODED, EntityKind.ORGANISATION, EntityKind.COMPANY)
"""Of whatever fills the role of a party."""


def meaning(connection: Connection, filter_name: str, word: str) -> tuple[str, ...]:
    """The ids of what a value of a filter names, sorted; empty if nothing in the register can be meant."""
    known = _known(filter_name, word)
    if known:
        return known
    kinds = _KINDS.get(filter_name, _PARTY_KINDS)
    asked = select(derived.entities.c.id).where(
        func.lower(derived.entities.c.label) == func.lower(word),
        derived.entities.c.kind.in_([kind.value for kind in kinds]),
    )
    labelled = set(connection.execute(asked).scalars())
    return tuple(sorted(labelled | _provisional(filter_name, word)))


@lru_cache(maxsize=1024)
def _known(filter_name: str, word: str) -> tuple[str, ...]:
    """What the package knows by this id or name."""
    if word in known_entities() or kind_of(word):
        return (word,)
    found: set[str | None] = set()
    match filter_name:
        case "equipment":
            node = equipment.node(word)
            found = {equipment_id(node) if node else None}
        case "source":
            found = {by_name(EntityKind.SOURCE, word)}
        case "place":
            found = {by_name(EntityKind.PLACE, word)}
        case "person":
            found = {person_id(leader) for leader in leaders_named(word)}
        case "company":
            found = {by_name(EntityKind.COMPANY, word)}
        case _:
            found = set(_parties().get(word) or _parties().get(names.fold(word)) or ())
            found = found or {by_name(EntityKind.COMPANY, word)}
    return tuple(sorted(id_ for id_ in found if id_))


def _provisional(filter_name: str, word: str) -> set[str]:
    """The ids that a name which nobody knows gets when it is met in a text."""
    match filter_name:
        case "equipment":
            said = {equipment.designation_key(word), " ".join(equipment.word_key(w) for w in word.split())}
            found = {equipment_id(name) for name in said if name}
        case "place":
            found = {place_id(word)}
        case "source":
            found = {source_id(word) or ""}
        case "person":
            found = {provisional_id(EntityKind.PERSON, word) or ""}
        case "company":
            found = {provisional_id(EntityKind.COMPANY, word) or ""}
        case _:
            found = {word.upper(), normal(word), provisional_id(EntityKind.COMPANY, word) or ""}
    return found - {""}


@lru_cache(maxsize=1)
def _parties() -> Mapping[str, tuple[str, ...]]:
    """The codes of parties by their codes and names, as they are and in lower case; of equal ones, by all of them."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in known_entities().values():
        if one.kind in CODED:
            for spelling in (one.id, one.label, *one.aliases):
                found[spelling].add(one.id)
                found[names.fold(spelling)].add(one.id)
    for code in [one.id for one in known_entities().values() if one.kind in CODED]:
        found[names.fold(code)] = {code}  # "us" is the state in a search, whatever else it abbreviates
    return {spelling: tuple(sorted(ids)) for spelling, ids in found.items()}
