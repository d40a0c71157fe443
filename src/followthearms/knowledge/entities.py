"""What the package's tables know, as entities: one register of states, bodies, groups, companies, leaders, equipment,
places and outlets, and the look-up of each by its names.

Invariant: `entity` answers every id, and what it answers depends on the id and the tables alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from followthearms.knowledge import equipment
from followthearms.knowledge.normal_form import normal, normal_company, normal_source, unnamed
from followthearms.knowledge.offices import leaders
from followthearms.knowledge.organisations import bodies, companies, groups
from followthearms.knowledge.outlets import outlets
from followthearms.knowledge.persons import person_id, spellings_of
from followthearms.knowledge.places import part_of, place_of, places
from followthearms.knowledge.states import name_of, states
from followthearms.model.entities import Codes, Entity, EntityKind, entity_id, kind_of

_SHORT = 3
"""Letters up to which a word in capitals is taken for an abbreviation when a label is made of an id."""

_NORMAL = {EntityKind.COMPANY: normal_company, EntityKind.SOURCE: normal_source}


def by_name(kind: EntityKind, name: str) -> str | None:
    """The id of the known company, place or outlet of that name, or None. Persons: see `knowledge.persons`."""
    return _names().get((kind, _NORMAL.get(kind, normal)(name)))


def provisional_id(kind: EntityKind, name: str) -> str | None:
    """The id that an unknown name gets; None if no word is left of it."""
    said = _NORMAL.get(kind, normal)(name)
    return entity_id(kind, said) if said else None


def source_id(name: str) -> str | None:
    """The id of an outlet by any of its names, known or not; None if no word is left of it."""
    return by_name(EntityKind.SOURCE, name) or provisional_id(EntityKind.SOURCE, name)


def equipment_id(node: str) -> str:
    """The id of a node of the equipment tree."""
    return entity_id(EntityKind.EQUIPMENT, node)


@lru_cache(maxsize=16384)
def entity(name: str) -> Entity:
    """The entity of an id: the register's if it is known, else a provisional one made of the id."""
    known = known_entities().get(name)
    if known is not None:
        return known
    kind = kind_of(name)
    if kind is None:
        return Entity(id=name, kind=EntityKind.PARTY, label=name, provisional=True)
    words = name.partition(":")[2]
    above = tuple(map(equipment_id, _wider(words))) if kind is EntityKind.EQUIPMENT else ()
    provisional = kind is not EntityKind.ORGANISATION
    return Entity(id=name, kind=kind, label=_label(kind, words), above=above, provisional=provisional)


def _wider(category: str) -> tuple[str, ...]:
    """What a category that the tree does not have is a kind of, by its last words: a utility vehicle is a vehicle."""
    words = category.split(" ")
    known = (equipment.node(" ".join(words[start:])) for start in range(1, len(words)))
    nearest = next((node for node in known if node), None)
    return (nearest, *equipment.ancestors(nearest)) if nearest else ()


@lru_cache(maxsize=1)
def known_entities() -> Mapping[str, Entity]:
    """Every entity that the tables know, by its id."""
    makers = (_states, _parties, _companies, _persons, _equipment, _places, _outlets)
    found: dict[str, Entity] = {}
    for make in makers:
        for one in make():
            found.setdefault(one.id, one)
    return found


@lru_cache(maxsize=1)
def _names() -> Mapping[tuple[EntityKind, str], str]:
    found: dict[tuple[EntityKind, str], str] = {}
    for kind in (EntityKind.COMPANY, EntityKind.PLACE, EntityKind.SOURCE):
        normalised = _NORMAL.get(kind, normal)
        known = [one for one in known_entities().values() if one.kind is kind]
        for label in (True, False):  # a name goes before another's alias
            for one in known:
                for spelling in (one.label,) if label else one.aliases:
                    found.setdefault((kind, normalised(spelling)), one.id)
    return found


def _states() -> Iterator[Entity]:
    for code, state in states().items():
        first, last = state.years or (None, None)
        label = name_of(code) or code
        names = tuple(dict.fromkeys((*state.names, *state.people)))
        yield Entity(id=code, kind=EntityKind.STATE, label=label, aliases=names, state=code, first=first, last=last)


def _parties() -> Iterator[Entity]:
    tables = (
        (EntityKind.BODY, bodies().bodies),
        (EntityKind.BODY, bodies().blocs),
        (EntityKind.GROUP, groups().groups),
        (EntityKind.PARTY, groups().generic),
        (EntityKind.PARTY, groups().vague),
    )
    for kind, table in tables:
        for code, spellings in table.items():
            yield Entity(id=code, kind=kind, label=next(iter(spellings), code), aliases=tuple(spellings[1:]))


def _companies() -> Iterator[Entity]:
    for company in companies():
        yield Entity(
            id=entity_id(EntityKind.COMPANY, normal_company(company.name)),
            kind=EntityKind.COMPANY,
            label=company.name,
            aliases=company.aliases,
            above=(company.code,),
            state=company.code,
            sort=company.kind.value,
        )


def _persons() -> Iterator[Entity]:
    for leader in leaders():
        yield Entity(
            id=person_id(leader),
            kind=EntityKind.PERSON,
            label=leader.name,
            aliases=tuple(one.name for one in spellings_of(leader) if one is not leader),
            above=(leader.code,),
            state=leader.code,
            first=leader.first,
            last=leader.last,
        )


def _equipment() -> Iterator[Entity]:
    for name, category in equipment.categories().items():
        yield _type(name, category.surfaces)
    for name, item in equipment.designations().items():
        yield _type(name, item.aliases, item.states)


def _type(name: str, aliases: tuple[str, ...], makers: tuple[str, ...] = ()) -> Entity:
    above = equipment.ancestors(name)
    return Entity(
        id=equipment_id(name),
        kind=EntityKind.EQUIPMENT,
        label=name,
        aliases=aliases,
        above=tuple(map(equipment_id, above)),
        makers=makers,
        codes=_codes((name, *above)),
    )


def _codes(chain: tuple[str, ...]) -> Codes | None:
    """The codes of a type: each from the nearest category that has one."""
    tree = [equipment.categories()[name] for name in chain if name in equipment.categories()]
    nearest = {field: next((c for one in tree if (c := getattr(one, field))), None) for field in Codes.model_fields}
    return Codes(**nearest) if any(nearest.values()) else None


def _places() -> Iterator[Entity]:
    for place in places():
        larger = tuple(n if n in states() else place_id(n) for n in part_of(place.name) if n != place.name)
        yield Entity(
            id=place_id(place.name),
            kind=EntityKind.PLACE,
            label=place.name,
            aliases=place.aliases,
            above=larger,
            state=place.code or None,
            sort=place.kind.value,
        )
    for code, state in states().items():
        for seat in state.seats:
            yield Entity(id=place_id(seat), kind=EntityKind.PLACE, label=seat, above=(code,), state=code, sort="seat")


def place_id(name: str) -> str:
    """The id of a place, by its name in the gazetteer if it has one."""
    known = place_of(name)
    return entity_id(EntityKind.PLACE, normal(known.name if known else name))


def _outlets() -> Iterator[Entity]:
    for outlet in outlets():
        yield Entity(
            id=entity_id(EntityKind.SOURCE, normal_source(outlet.name)),
            kind=EntityKind.SOURCE,
            label=outlet.name,
            aliases=outlet.aliases,
            above=(outlet.code,) if outlet.code else (),
            state=outlet.code or None,
            sort=outlet.kind.value,
        )


def _label(kind: EntityKind, name: str) -> str:
    """A name as a label: a type of equipment in capitals, a category as it is, other names with capital initials.

    A short word may be an abbreviation, but not in the name of a person or a place: "BAE Systems", "Ust Katav".
    """
    if kind is EntityKind.EQUIPMENT:
        return name.upper() if any(map(str.isdigit, name)) else name
    longest = 0 if kind in (EntityKind.PERSON, EntityKind.PLACE) else _SHORT
    return " ".join(_cased(word, longest) for word in name.split(" "))


def _cased(word: str, longest: int) -> str:
    if word.lower() in unnamed().small:
        return word.lower()
    return word if len(word) <= longest else word.capitalize()
