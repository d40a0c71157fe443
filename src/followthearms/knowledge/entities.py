"""What the package's tables know, as entities: one register of states, bodies, groups, companies, leaders, equipment,
places and outlets, and the look-up of each by its names.

Invariant: `entity` answers every id, and what it answers depends on the id and the tables alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from followthearms.knowledge import equipment
from followthearms.knowledge.names import fold
from followthearms.knowledge.offices import Leader, leaders
from followthearms.knowledge.organisations import bodies, companies, groups
from followthearms.knowledge.outlets import outlets
from followthearms.knowledge.places import part_of, place_of, places
from followthearms.knowledge.states import name_of, states
from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen
from followthearms.model.entities import Codes, Entity, EntityKind, entity_id, kind_of

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|\Z)")
_SHORT = 3
"""Letters up to which a word in capitals is taken for an abbreviation when a label is made of an id."""


_ALIKE = 0.7
"""How alike two spellings of one surname are at least (Gaddafi, Qaddafi: .86; Schroeder, Schroder: .94). Set on the
table of leaders: no two persons of one state with the same years reach it."""


class Unnamed(Frozen):
    """The words of unnamed.yaml; its header says what each list holds."""

    small: frozenset[str]
    pronouns: frozenset[str]
    company: frozenset[str]
    person: frozenset[str]
    source: frozenset[str]
    place: frozenset[str]
    legal_forms: frozenset[str]


@lru_cache(maxsize=1)
def unnamed() -> Unnamed:
    """The words that name no entity."""
    return read_lexicon("unnamed", Unnamed)


def normal(name: str) -> str:
    """A name as ids hold it: its words in capitals, without diacritics, possessive and punctuation; "&" is AND."""
    plain = _POSSESSIVE.sub("", name.replace("&", " and "))
    return " ".join(fold(word) for word in _WORD.findall(plain)).upper()


def normal_company(name: str) -> str:
    """The same without the legal form at its end, unless nothing else is left."""
    said = normal(name).split(" ")
    while len(said) > 1 and said[-1].lower() in unnamed().legal_forms:
        said.pop()
    return " ".join(said)


def normal_source(name: str) -> str:
    """The same for an outlet: without the article before it; a host keeps its ending as a word."""
    return normal(name.removeprefix("www.")).removeprefix("THE ")


_NORMAL = {EntityKind.COMPANY: normal_company, EntityKind.SOURCE: normal_source}


def by_name(kind: EntityKind, name: str) -> str | None:
    """The id of the known company, place or outlet of that name, or None. Persons: see `leaders_named`."""
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


@lru_cache(maxsize=4096)
def leaders_named(name: str) -> tuple[Leader, ...]:
    """The leaders of that full name, or else of that surname; diacritics and case are set aside."""
    return _leaders().get(normal(name), ())


def person_id(leader: Leader) -> str:
    """The id of a leader, whichever spelling of his name the row has."""
    return entity_id(EntityKind.PERSON, normal(_spellings()[leader][0].name))


@lru_cache(maxsize=1)
def _leaders() -> Mapping[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = defaultdict(list)
    for leader in leaders():
        for spelling in dict.fromkeys((normal(leader.name), normal(leader.surname))):
            found[spelling].append(leader)
    return {spelling: tuple(those) for spelling, those in found.items()}


@lru_cache(maxsize=1)
def _spellings() -> Mapping[Leader, list[Leader]]:
    """For each row of the table those that spell the same leader's name: same state and years, surnames alike."""
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
            aliases=tuple(one.name for one in _spellings()[leader] if one is not leader),
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
