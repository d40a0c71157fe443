"""Rulings made of what a person names: ids of deals, claims and entities, or beginnings of them.

Invariant: a ruling is made of what stands in the register now; whether it can be made is checked when it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from followthearms.errors import NotInRegister, UsageError
from followthearms.model.decisions import Merge, Split, Target
from followthearms.register.decisions import lookup


def merging(connection: Connection, names: Sequence[str]) -> Merge:
    """That these deals, or these entities, are one. Raises UsageError for fewer than two, for some of each, or for two
    that are one already."""
    found = [_entity(connection, name) or lookup.deal(connection, name) for name in names]
    deals = tuple(one for one in found if isinstance(one, Target))
    entities = tuple(one for one in found if isinstance(one, str))
    if len(found) < 2 or (deals and entities):
        raise UsageError("name two or more deals, or two or more entities; the first keeps its id")
    called: dict[str, str] = {}
    for name, one in zip(names, found, strict=True):
        now = one if isinstance(one, str) else f"deal {lookup.deal_of(connection, one)}"
        if now in called:
            raise UsageError(f"{called[now]!r} and {name!r} are both {now} now; name each of those to be merged once")
        called[now] = name
    return Merge(deals=deals, entities=entities)


def splitting(connection: Connection, name: str, parts: Sequence[str]) -> Split:
    """That these claims are not of the deal, or that these names do not mean the entity.

    Raises UsageError if a claim is not of the deal, or if none would stay.
    """
    entity = _entity(connection, name)
    if entity is not None:
        return Split(entity=entity, names=tuple(parts))
    home = lookup.deal_id(connection, name)
    taken: dict[str, Target] = {}
    for part in parts:
        found = lookup.strands_of(connection, lookup.claim(connection, part), home)
        if not found:
            raise UsageError(f"claim {part} is not of deal {home}; `fta show {home}` lists its claims")
        taken |= {strand.key: strand for strand in found}
    stay = [strand for strand in lookup.strands_in(connection, home) if strand.key not in taken]
    if not stay or not taken:
        raise UsageError(f"name some claims of deal {home}, but not all of them; `fta show {home}` lists its claims")
    founder = next((strand for strand in stay if f"d{strand.anchor}" == home), stay[0])
    return Split(deal=founder, claims=tuple(taken.values()))


def pair(connection: Connection, left: str, right: str) -> tuple[Target, Target] | tuple[str, str]:
    """What stands for two deals or claims, or for two entities. Raises UsageError for one of each, or one twice."""
    entities = _entity(connection, left), _entity(connection, right)
    if entities[0] and entities[1]:
        found: tuple[Target, Target] | tuple[str, str] = entities[0], entities[1]
    elif any(entities):
        raise UsageError(f"{left!r} and {right!r} are an entity and none; name two entities, or two deals or claims")
    else:
        found = _strand(connection, left), _strand(connection, right)
    if found[0] == found[1]:
        raise UsageError(f"{left!r} and {right!r} are one; name two")
    return found


def about(connection: Connection, subject: str) -> Target | str:
    """What a note is on: a claim or a deal, or a subject with its sort. Raises NotInRegister."""
    sort, _, name = subject.partition(":")
    match sort:
        case "claim":
            return lookup.claim(connection, name)
        case "deal":
            return lookup.deal(connection, name)
        case "document" | "entity" | "contradiction" | "decision":
            return subject
        case "source":
            return lookup.source(connection, name)
        case _:
            return _about_any(connection, subject)


def _about_any(connection: Connection, name: str) -> Target | str:
    if entity := _entity(connection, name):
        return f"entity:{entity}"
    for find in (lookup.deal, lookup.claim):
        try:
            return find(connection, name)
        except NotInRegister:  # so it is of another sort
            continue
    try:
        return f"contradiction:{lookup.contradiction(connection, name).id}"
    except NotInRegister as error:
        raise NotInRegister(
            f"nothing in the register is called {name!r}; a note is on a deal, claim, contradiction or entity, "
            "or on source:NAME, document:ID or decision:ID"
        ) from error


def _entity(connection: Connection, name: str) -> str | None:
    try:
        return lookup.entity_id(connection, name)
    except NotInRegister:  # so it is the id of something else, if any
        return None


def _strand(connection: Connection, name: str) -> Target:
    """What stands for a deal, or for a claim of one deal."""
    try:
        return lookup.deal(connection, name)
    except NotInRegister:  # so it is the id of a claim, if any
        return lookup.one_strand(connection, lookup.claim(connection, name))
