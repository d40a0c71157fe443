"""Transactions on the database of a register, for the parts that a register is made of.

Invariant: a transaction sees one state of the database; one that writes holds the only write lock from its start, and
all that it wrote is stored when it ends, or nothing if an error ends it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from followthearms.register.database import WRITE, failure


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


class Session:
    """An open database with a clock."""

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self._clock = engine, clock

    def now(self) -> dt.datetime:
        """The time, in UTC."""
        return self._clock().astimezone(dt.UTC)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises RegisterError if the database fails."""
        with self._transaction({}) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write. Raises RegisterError if the database fails."""
        with self._transaction(WRITE) as connection:
            yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """A transaction that may write, of which nothing is kept. Raises RegisterError if the database fails."""
        with self.writing() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def _transaction(self, options: dict[str, bool]) -> Iterator[Connection]:
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise failure(self.engine, error) from error
