"""Where the equipment that a text names stands in the equipment tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from followthearms.knowledge.equipment import ancestors, canonical, categories, designation_key
from followthearms.knowledge.equipment import node as known_node
from followthearms.link.stories import words
from followthearms.model import Equipment


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
    that its last words name.
    """
    if item is None:
        return None
    category = _category(item.category) if item.category else _known(item.text)
    if item.designation is None:
        return category
    type_ = canonical(item.designation)
    if type_:
        return Node(type_.designation, ancestors(type_.designation), designated=True)
    above = (category.name, *category.above) if category else ()
    return Node(designation_key(item.designation), above, designated=True)


def _category(name: str) -> Node | None:
    said = words(name)
    for start in range(len(said)):
        found = known_node(" ".join(said[start:]))
        if found:
            exact = Node(found, ancestors(found), designated=found not in categories())
            if start == 0 or _is_generic(found):
                return None if _is_generic(found) else exact
            return Node(" ".join(said), (found, *exact.above))
    return Node(" ".join(said))


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
