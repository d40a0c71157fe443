"""Disjoint sets whose outcome does not depend on the order in which members were joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Union(Generic[T]):
    """Union-find. A member that was never named is a set of its own."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def find(self, member: T) -> T:
        """The member that stands for the whole set at present; it may change with the next `join`."""
        parent = self._parent.setdefault(member, member)
        while parent != self._parent[parent]:
            self._parent[parent] = self._parent[self._parent[parent]]
            parent = self._parent[parent]
        self._parent[member] = parent
        return parent

    def join(self, left: T, right: T) -> None:
        """Make one set of the two."""
        self._parent[self.find(left)] = self.find(right)

    def sets(self, members: Iterable[T]) -> list[list[T]]:
        """The sets among `members`; both the sets and what is in them keep the order of `members`."""
        found: dict[T, list[T]] = defaultdict(list)
        for member in members:
            found[self.find(member)].append(member)
        return list(found.values())
