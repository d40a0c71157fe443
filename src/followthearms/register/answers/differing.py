"""Where reports of one deal differ: counted by class, topic and whether somebody ruled, and a page at a time.

Invariant: the sharpest first, so that a first page never hides that somebody must be wrong.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from followthearms.model import Consistency, Contradiction, Topic
from followthearms.register.session import Session
from followthearms.register.tables import derived

_differences = derived.differences.c
_SHARPNESS = (Consistency.CONFLICTING, Consistency.PARTIAL, Consistency.SUPERSEDED, Consistency.COMPATIBLE)


class Case(StrEnum):
    """Whether an analyst ruled on a contradiction."""

    OPEN = "open"
    CLOSED = "closed"


class Differing:
    """The contradictions of a register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counts(self) -> dict[tuple[Consistency, Topic, Case], int]:
        """How many there are of each class and topic, open and closed; those of which there are none are left out."""
        by = _differences.consistency, _differences.topic, _differences.ruled
        with self._session.reading() as connection:
            found = connection.execute(select(*by, func.count()).group_by(*by)).all()
        return {
            (Consistency(consistency), Topic(topic), Case.CLOSED if ruled else Case.OPEN): number
            for consistency, topic, ruled, number in found
        }

    def page(
        self,
        consistency: Consistency | None = None,
        topic: Topic | None = None,
        case: Case | None = None,
        *,
        start: int = 0,
        limit: int | None = None,
    ) -> tuple[Contradiction, ...]:
        """Those of a class and a topic that are open, or closed, the sharpest first, then by deal; `start` of them left
        out, at most `limit`."""
        asked = select(_differences.body).where(*_wanted(consistency, topic, case))
        asked = asked.order_by(_sharpness(), _differences.deal, _differences.id).offset(start).limit(limit)
        with self._session.reading() as connection:
            return tuple(map(Contradiction.model_validate_json, connection.execute(asked).scalars()))


def _wanted(consistency: Consistency | None, topic: Topic | None, case: Case | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if consistency is not None:
        wanted.append(_differences.consistency == consistency.value)
    if topic is not None:
        wanted.append(_differences.topic == topic.value)
    if case is not None:
        wanted.append(_differences.ruled == (case is Case.CLOSED))
    return wanted


def _sharpness() -> ColumnElement[Any]:
    return case({one.value: place for place, one in enumerate(_SHARPNESS)}, value=_differences.consistency)
