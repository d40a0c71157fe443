"""Entities: what mentions refer to, and the cells that say which mention refers to which, and why.

Invariant: an entity's id depends on its name alone, never on the text or the order in which it was met: a state, body
or group has its code ("IN", "NATO", "HAMAS"), everything else its kind and its name ("company:ROSOBORONEXPORT").
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from followthearms.model.deals import Ref
from followthearms.model.spans import Extent, Frozen, Span


class EntityKind(StrEnum):
    """What an entity is. Those of `CODED` have a code as their id, all others "KIND:NAME"."""

    STATE = "state"
    BODY = "body"  # bodies, alliances and blocs of states
    GROUP = "group"  # armed groups
    PARTY = "party"  # parties that no register names: "rebels", "the West"
    ORGANISATION = "organisation"  # ministries, forces and agencies of a state
    COMPANY = "company"
    PERSON = "person"
    EQUIPMENT = "equipment"
    PLACE = "place"
    SOURCE = "source"  # outlets and publishers


CODED = frozenset({EntityKind.STATE, EntityKind.BODY, EntityKind.GROUP, EntityKind.PARTY})


def kind_of(entity: str) -> EntityKind | None:
    """The kind that an id shows; None for a code, which alone does not show it."""
    prefix, parted, name = entity.partition(":")
    named = {kind.value: kind for kind in EntityKind if kind not in CODED}
    return named.get(prefix) if parted and name else None


def entity_id(kind: EntityKind, name: str) -> str:
    """The id of an entity of that kind and normal name; a code is its own id."""
    return name if kind in CODED else f"{kind.value}:{name}"


class Codes(Frozen):
    """Where equipment stands in the published lists: the categories of SIPRI, the UN Register of Conventional Arms,
    the EU Common Military List and the Harmonized System."""

    sipri: str | None = None
    unroca: str | None = None
    ml: str | None = None
    hs: str | None = None


class Entity(Frozen):
    """Something that mentions refer to.

    `provisional`: a name that no register of the package knows. `above`: what it belongs to or is a kind of, as ids,
    the nearest first (of equipment the wider types, of a place the larger ones, of others their state).
    `state`: the code of its state. `first` and `last`: the years, both included, in which a state existed or a person
    held office. `sort`: what a company makes, what sort of place or outlet it is. `makers`: codes of the states that
    make or made a type.
    """

    id: str
    kind: EntityKind
    label: str
    aliases: tuple[str, ...] = ()
    provisional: bool = False
    above: tuple[str, ...] = ()
    state: str | None = None
    first: int | None = None
    last: int | None = None
    sort: str | None = None
    makers: tuple[str, ...] = ()
    codes: Codes | None = None


class Cell(Extent):
    """A mention in a slot of a claim, and the entity it refers to.

    `ordinal` counts the spans of the claim as `Claim.spans` gives them. `entity` is null where the words name none
    ("it", "arms"). `reason` says why, in a few words.
    """

    slot: str
    ordinal: int
    text: str
    entity: str | None
    reason: str


class Tenure(Frozen):
    """An office that texts name beside a person: between which days of publication they do, and where."""

    office: str
    first: dt.date | None = None
    last: dt.date | None = None
    refs: tuple[Ref, ...] = ()


class Role(StrEnum):
    """The part that an entity plays in a deal."""

    SUPPLIER = "supplier"
    PRODUCER = "producer"
    LICENSOR = "licensor"
    FINANCIER = "financier"
    BROKER = "broker"
    TRANSIT = "transit"
    END_USER = "end user"


class Part(Frozen):
    """An entity's role in a deal, with the words that tell of it, each in its document and claim."""

    role: Role
    entity: str
    told: tuple[tuple[Ref, Span], ...]
