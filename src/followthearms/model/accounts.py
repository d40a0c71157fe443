"""Who may do what in a register that several people share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may do. Each role may do all that those before it may."""

    READER = "reader"  # looks
    ANALYST = "analyst"  # rules on claims, adds documents
    EDITOR = "editor"  # rules on deals, entities, contradictions and sources, takes snapshots

    def may(self, wanted: Role) -> bool:
        """Whether who has this role may do what needs the other."""
        order = tuple(Role)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True)
class Account:
    """A person who may log in. `epoch` changes whenever all that were logged in to the account are to be sent away;
    it cannot be guessed. `made` is in ISO 8601 and UTC."""

    name: str
    role: Role
    is_active: bool
    epoch: str
    made: str
