"""Places as the gazetteer knows them: which names are one place, and which place lies in another."""

from __future__ import annotations

from followthearms.knowledge.places import part_of, place_of, within
from followthearms.knowledge.states import name_of
from followthearms.link.stories import words


def name(place: str) -> str:
    """A place's name for comparison: the gazetteer's if it has one, which may leave out the end ("Amethi district")."""
    said = words(place)
    for end in range(len(said), 0, -1):
        known = place_of(" ".join(said[:end]))
        if known:
            return " ".join(words(known.name))
    return " ".join(said)


def nested(left: str, right: str) -> bool:
    """True if one of the two places is the other, or lies in it, or its name holds the other's."""
    return _lies_in(name(left), name(right)) or _lies_in(name(right), name(left))


def _lies_in(inner: str, outer: str) -> bool:
    if within(inner, outer) or f" {outer} " in f" {inner} ":
        return True
    state = next(iter(part_of(inner)[-1:]), "")
    return " ".join(words(name_of(state) or "")) == outer
