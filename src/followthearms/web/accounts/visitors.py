"""Who asks, as a route sees it: `Reader`, `Analyst` and `Editor` are what a route asks for in its parameters.

Invariant: a route that takes an `Analyst` or an `Editor` never runs for anybody who may do less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from followthearms.model.accounts import Role

__all__ = ["Analyst", "Editor", "Reader", "Role", "Visitor", "visitor_of"]


@dataclass(frozen=True)
class Visitor:
    """Who asks. `name` is what decisions are made under."""

    name: str
    role: Role


def visitor_of(request: Request) -> Visitor | None:
    """Who asks; None for a page that is shown before anybody has logged in."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    return visitor


def _at_least(role: Role) -> Callable[[Request], Visitor]:
    def visitor(request: Request) -> Visitor:
        found = visitor_of(request)
        if found is None:
            raise HTTPException(401, "Log in first")
        if not found.role.may(role):
            raise HTTPException(
                403, f"Only {_SEVERAL[role]} may do that, and {found.name} is a {found.role}; an editor may change that"
            )
        return found

    return visitor


_SEVERAL = {Role.READER: "readers", Role.ANALYST: "analysts and editors", Role.EDITOR: "editors"}

Reader = Annotated[Visitor, Depends(_at_least(Role.READER))]
Analyst = Annotated[Visitor, Depends(_at_least(Role.ANALYST))]
Editor = Annotated[Visitor, Depends(_at_least(Role.EDITOR))]
