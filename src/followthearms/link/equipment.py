"""Where the equipment that a text names stands in the equipment tree."""

from __future__ import annotations

import re

from followthearms.model import Equipment

_GENERIC = ("arms", "weapon", "equipment", "defence-equipment", "military-equipment")


def node(item: Equipment | None) -> str | None:
    """The name in the tree of an item: of its designation if it has one, else of its category.

    Null for what is generic, which may be any item: "arms", "equipment".
    """
    name = re.sub(r"[\s-]+", "-", (item.designation or item.category or item.text).casefold()) if item else None
    return None if name in _GENERIC else name


def lineage(name: str | None) -> tuple[str, ...]:
    """The node and what is above it, nearest first."""
    return (name,) if name else ()


def related(left: str | None, right: str | None) -> bool:
    """True if one can be the other told more vaguely; what is not told may be anything."""
    return left is None or right is None or left in lineage(right) or right in lineage(left)


def is_designated(name: str | None) -> bool:
    """True for a type by its designation or name (AK-203), not for a category."""
    return bool(name and re.search(r"\d", name))


def depth(name: str | None) -> int:
    """How specific it is: 0 for what is not told."""
    return len(lineage(name))
