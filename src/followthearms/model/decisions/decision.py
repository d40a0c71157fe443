"""A decision: a ruling with who, when and why, and which of all decisions hold.

Invariants: a decision's id is made of all its content; and nothing is ever taken out of the log: to undo is a decision
too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, field_serializer, field_validator, model_validator

from followthearms.model.decisions.rulings import Act, Ruling, Undo
from followthearms.model.decisions.subjects import targets
from followthearms.model.decisions.targets import Name
from followthearms.model.spans import Frozen


class Standing(StrEnum):
    """Where a claim stands with the analysts. A rejected one is kept, but is part of no deal."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Decision(Frozen):
    """One ruling, by whom, when (UTC, to the microsecond) and why. The id is "j" and 16 hexadecimal digits."""

    id: str = ""
    who: Name
    when: AwareDatetime
    why: str = ""
    ruling: Ruling

    @field_validator("when")
    @classmethod
    def _in_utc(cls, when: dt.datetime) -> dt.datetime:
        return when.astimezone(dt.UTC)

    @field_serializer("when")
    def _to_the_microsecond(self, when: dt.datetime) -> str:
        return when.isoformat(timespec="microseconds")

    @model_validator(mode="after")
    def _has_the_id_of_its_content(self) -> Self:
        fields = self.model_dump(mode="json", exclude={"id"}, exclude_none=True)
        own = f"j{hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]}"
        if self.id not in ("", own):
            raise ValueError(f"the id is {self.id}, but that of its content is {own}")
        object.__setattr__(self, "id", own)
        return self

    @property
    def act(self) -> Act:
        """What it does."""
        return self.ruling.act

    @property
    def documents(self) -> frozenset[str]:
        """The documents of the claims that it is on, or whose deals it is on."""
        return frozenset(target.document for target in targets(self.ruling))

    @property
    def undoes(self) -> str | None:
        """The id of the decision that it undoes."""
        return self.ruling.decision if isinstance(self.ruling, Undo) else None


def undone(decisions: Sequence[Decision]) -> dict[str, str]:
    """The decisions that no longer hold, given all in the order in which they were made, with what undid each."""
    found: dict[str, str] = {}
    for decision in reversed(decisions):
        if decision.undoes and decision.id not in found:
            found[decision.undoes] = decision.id
    return found


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in their order, of all in the order in which they were made.

    Those that were undone are left out, and so is what undid them.
    """
    made = tuple(decisions)
    gone = undone(made)
    return tuple(decision for decision in made if decision.id not in gone and not decision.undoes)


def dump_decision(decision: Decision) -> str:
    """The decision as one line of JSON; equal decisions make equal bytes, in ASCII."""
    return json.dumps(decision.model_dump(mode="json", exclude_none=True), sort_keys=True)
