"""Up to where the log has come: what everything that is computed from it depends on.

Invariant: within one database, two transactions that see the same state see the same log, as nothing that was added to
it is ever changed or taken away.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from followthearms.register.tables import decisions, readings


class State(NamedTuple):
    """The numbers of the newest reading and of the newest decision; none if there is none."""

    reading: int | None
    decision: int | None


_NEWEST = select(select(func.max(readings.c.id)).scalar_subquery(), select(func.max(decisions.c.seq)).scalar_subquery())


def state(connection: Connection) -> State:
    """The state that a transaction sees."""
    return State(*connection.execute(_NEWEST).one())
