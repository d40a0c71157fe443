"""What the tagger tells apart: kinds, roles, and the classes of mention that it sees in the text.

Invariant: the order of everything here is part of a trained model; `SCHEME` names it, and a model of another scheme is
not loaded.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import Final

from followthearms.model import Kind, Modality
from followthearms.model.mentions import Form, Mention, MentionType

SCHEME: Final = "windows-2"
KINDS: Final = tuple(Kind)
MODALITIES: Final = tuple(Modality)


class Role(StrEnum):
    """What a mention can be to a trigger."""

    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    ACTOR = "actor"
    DATE = "date"
    VALUE = "value"
    PLACE = "place"
    SPEAKER = "speaker"
    PARTIES = "parties"
    EQUIPMENT = "equipment"
    COMPANY = "company"
    PERSONS = "persons"


ROLES: Final = tuple(Role)
SINGLE: Final = tuple(Role)[:7]
"""Roles that one mention fills, or none: their mentions compete. Those of the other roles are judged one by one."""
CODED: Final = frozenset({Role.SUPPLIER, Role.RECIPIENT, Role.ACTOR, Role.PARTIES})
"""Roles that are filled by a code: any mention with it will do."""

_PARTY = frozenset({Role.SUPPLIER, Role.RECIPIENT, Role.ACTOR, Role.PARTIES, Role.SPEAKER})
_OPEN: Final = {
    MentionType.ACTOR: _PARTY | {Role.COMPANY, Role.PERSONS},
    MentionType.COMPANY: _PARTY | {Role.COMPANY},
    MentionType.PERSON: _PARTY | {Role.PERSONS},
    MentionType.EQUIPMENT: frozenset({Role.EQUIPMENT}),
    MentionType.QUANTITY: frozenset[Role](),
    MentionType.MONEY: frozenset({Role.VALUE}),
    MentionType.DATE: frozenset({Role.DATE}),
    MentionType.PLACE: frozenset({Role.PLACE}),
}

CLASSES: Final = tuple(f"actor/{form.value}" for form in Form) + tuple(t.value for t in MentionType)
_NUMBER: Final = {name: n for n, name in enumerate(CLASSES, 1)}


def class_of(mention: Mention) -> int:
    """The class of a mention, from 1; 0 is for words that no mention covers."""
    return _class(mention.type, mention.form)


@functools.cache
def _class(type_: MentionType, form: Form) -> int:
    return _NUMBER[f"actor/{form.value}" if type_ is MentionType.ACTOR else type_.value]


def roles_open(mention: Mention) -> tuple[bool, ...]:
    """For each of `ROLES`, if a mention of its type, and with a code where one is needed, can stand in it."""
    return _open(mention.type, mention.code is not None)


@functools.cache
def _open(type_: MentionType, is_coded: bool) -> tuple[bool, ...]:
    return tuple(role in _OPEN[type_] and (is_coded or role not in CODED) for role in ROLES)
