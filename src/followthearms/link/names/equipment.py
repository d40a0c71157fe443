"""Where the equipment that a text names stands in the equipment tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from followthearms.knowledge.equipment import ancestors, canonical, categories, designation_key, word_key
from followthearms.knowledge.equipment import node as known_node
from followthearms.link.stories import words
from followthearms.model import Equipment
from followthearms.tables import DATA, read_table


@dataclass(frozen=True, slots=True)
class Node:
    """A type or a category. Its name alone makes it what it is; `above`, nearest first, is what it is a kind of."""

    name: str
    above: tuple[str, ...] = field(default=(), compare=False)
    designated: bool = field(default=False, compare=False)

    @property
    def depth(self) -> int:
        """How specific it is; a type by its designation more than any category."""
        return len(self.above) + 100 * self.designated

    def related(self, other: Node) -> bool:
        """True if one of the two can be the other told more vaguely."""
        return self.name == other.name or self.name in other.above or other.name in self.above


def node(item: Equipment | None) -> Node | None:
    """The place in the tree of an item: of its designation if it has one, else of its category, else of its words.

    Null for what may be any item ("arms", "equipment", "them"). What the tree does not know hangs on the category
    that its last words name. The name of a tender is no type: what it seeks is known by its category. What a type
    fires, as "HIMARS ammunition", is not that type.
    """
    return _node(item.text, item.designation, item.category) if item else None


@lru_cache(maxsize=16384)
def _node(text: str, designation: str | None, named: str | None) -> Node | None:
    """The place in the tree of an item of these words, with this designation and category."""
    category = _category(named) if named else _known(text)
    if designation is None:
        said = _category(text)
        return said if category and said and category.name in said.above and said.name in categories() else category
    type_ = canonical(designation)
    if designation_key(type_.designation if type_ else designation) in _programmes():
        return _category(type_.category) if type_ else category
    if type_:
        whole = Node(type_.designation, ancestors(type_.designation), designated=True)
        if category and _is_fired(category) and not _is_fired(whole) and named not in _synonyms():
            return Node(f"{whole.name} {category.name}", (category.name, *category.above))  # an interceptor may fly
        return whole
    above = (category.name, *category.above) if category else ()
    return Node(designation_key(designation), above, designated=True)


def _is_fired(node: Node) -> bool:
    return "munition" in (node.name, *node.above)


@lru_cache(maxsize=16384)
def _category(name: str) -> Node | None:
    said = _settled(words(name))
    for start in range(len(said)):
        found = known_node(" ".join(said[start:]))
        if found:
            exact = Node(found, ancestors(found), designated=found not in categories())
            if start == 0 or _is_generic(found):
                return None if _is_generic(found) else exact
            return Node(" ".join(map(word_key, said)), (found, *exact.above))
    return Node(" ".join(map(word_key, said)))


def _settled(said: list[str]) -> list[str]:
    """The words of a category with what the tree calls it otherwise: "air defence missile" for an interceptor."""
    text = " ".join(map(word_key, said))
    known = known_node(text)
    for ending, name in _synonyms().items():
        if text == ending or (not known and text.endswith(f" {ending}")):
            return words(text.removesuffix(ending) + name)
    return said


@lru_cache(maxsize=1)
def _programmes() -> frozenset[str]:
    return frozenset(map(designation_key, read_table(DATA / "linking" / "programmes.yaml", tuple[str, ...])))


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, str]:
    return read_table(DATA / "linking" / "synonyms.yaml", dict[str, str])


def _known(text: str) -> Node | None:
    """The place of words without a category; pronouns have none."""
    found = known_node(text)
    return _category(found) if found else None


@lru_cache(maxsize=1024)
def _is_generic(category: str) -> bool:
    """True for arms, equipment, aid and the like: no published list of arms has a code for them or what is above."""
    chain = [categories()[name] for name in (category, *ancestors(category)) if name in categories()]
    return category in categories() and not any(one.sipri or one.unroca or one.ml or one.hs for one in chain)


def root(node: Node) -> str:
    """The widest category above a node that still says what it is: "small arms" for a rifle, not "weapon"."""
    return next((name for name in reversed(node.above) if not _is_generic(name)), node.name)


def family(node: Node) -> tuple[str, ...]:
    """A designation and those that it is a variant of, the most specific first."""
    return (node.name, *(name for name in node.above if name not in categories()))


class Likeness(IntEnum):
    """How near two nodes are, the nearest last."""

    NONE = 0  # neither can be the other
    AKIN = 1  # two kinds of one thing, neither by its designation, as "anti-ship missile" and "cruise missile"
    WIDER = 2  # a category, and a type or a narrower category of it
    VARIANT = 3  # designations, of which one is known to be a variant of the other
    CATEGORY = 4
    NAME = 5  # designations that the tree does not tie, but that are one name told more exactly, or spelt otherwise
    TYPE = 6  # the same designation


@lru_cache(maxsize=65536)
def likeness(left: Node, right: Node) -> Likeness:
    """How near two nodes are. What is designated is never merely akin: an S-400 is no S-500."""
    if left == right:
        return Likeness.TYPE if left.designated else Likeness.CATEGORY
    if left.designated and right.designated:
        return _designations_alike(left, right)
    if left.related(right):
        return Likeness.WIDER
    share = left.above[:1] == right.above[:1] != ()
    return Likeness.AKIN if share and not left.designated and not right.designated else Likeness.NONE


def _designations_alike(left: Node, right: Node) -> Likeness:
    """A variant is of the type that it is named after, or of a family without a number ("Kalashnikov"): a MiG-35 was
    developed from the MiG-29, and is none. Names are one if one holds the other ("Su-75 Checkmate"), or if both hold
    the same number and are of one category ("Type 214", "U-214").
    """
    short, long = sorted((left, right), key=lambda node: (len(designation_key(node.name)), node.name))
    holds = _holds(designation_key(long.name), designation_key(short.name))
    if left.related(right):
        vaguer = left if left.name in right.above else right
        has_number = any(letter.isdigit() for letter in vaguer.name)
        return Likeness.VARIANT if holds or not has_number else Likeness.NONE
    numbers = [set(_NUMBER.findall(node.name)) for node in (left, right)]
    alike = numbers[0] & numbers[1] and left.above[:1] == right.above[:1]
    return Likeness.NAME if holds or alike else Likeness.NONE


def _holds(long: str, short: str) -> bool:
    """True if a key begins or ends with another, and no number is cut in two."""
    before, after = long[: -len(short)], long[len(short) :]
    begins = long.startswith(short) and not (short[-1:].isdigit() and after[:1].isdigit())
    ends = long.endswith(short) and len(short) > 3 and not (short[:1].isdigit() and before[-1:].isdigit())
    return begins or ends


_NUMBER = re.compile(r"\d{3,}")
