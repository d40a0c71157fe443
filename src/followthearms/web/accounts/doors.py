"""How a visitor is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from followthearms.web.accounts.visitors import Role, Visitor


class Door(Protocol):
    """Tells who asks."""

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks; None if nobody has logged in."""


@dataclass(frozen=True)
class Alone:
    """For one person on this machine, who may do everything and need not log in."""

    name: str

    def visitor(self, request: Request) -> Visitor | None:
        """Whoever runs the program."""
        return Visitor(self.name, Role.EDITOR)
