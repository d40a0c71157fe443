"""Who asks, as a route sees it: `Reader`, `Analyst` and `Editor` are what a route asks for in its parameters.

Invariant: a route that takes an `Analyst` or an `Editor` never runs for anybody who may do less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from followthearms.model.accounts import Role

__all__ = ["Analyst", "AtLeast", "Editor", "Reader", "Role", "Visitor", "visitor_of"]


@dataclass(frozen=True)
class Visitor:
    """Who asks. `name` is what decisions are made under; `has_session` says that it was logged in with."""

    name: str
    role: Role
    has_session: bool = False


def visitor_of(request: Request) -> Visitor | None:
    """Who asks; None for a page that is shown before anybody has logged in."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    return visitor


@dataclass(frozen=True)
class AtLeast:
    """Gives a route its visitor, if his role is this one or may do more."""

    role: Role

    def __call__(self, request: Request) -> Visitor:
        """The visitor. Raises HTTPException."""
        found = visitor_of(request)
        if found is None:
            raise HTTPException(401, "Log in first")
        if not found.role.may(self.role):
            whose = "editors" if self.role is Role.EDITOR else "analysts and editors"
            article = "a" if found.role is Role.READER else "an"
            raise HTTPException(403, f"That is for {whose} alone, and {found.name} is {article} {found.role}")
        return found


Reader = Annotated[Visitor, Depends(AtLeast(Role.READER))]
Analyst = Annotated[Visitor, Depends(AtLeast(Role.ANALYST))]
Editor = Annotated[Visitor, Depends(AtLeast(Role.EDITOR))]
