"""What the modules of the two databases have in common.

Invariant: in both, a transaction that reads sees one state of the database throughout, and one that writes took the
only write lock before its first look, so that the numbers of rows follow the order in which they were committed.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

WRITE = {"fta_write": True}
"""Execution options of a connection that is going to write."""

BUSY_SECONDS = 60
"""How long a program waits for another one's write to end."""


def writes(connection: Connection) -> bool:
    """Whether the connection was taken with the options `WRITE`."""
    return bool(connection.get_execution_options().get("fta_write", False))


class Holds(Enum):
    """What is found in a database."""

    NOTHING = auto()
    REGISTER = auto()
    OTHER = auto()


class Backend(Protocol):
    """What the module of a database offers."""

    def engine(self, url: URL, *, create: bool) -> Engine:
        """An engine for the database, before anything was asked of it. Raises RegisterError if there can be none."""

    def name(self, url: URL) -> str:
        """The database as messages name it: never with a password."""

    def inspect(self, connection: Connection) -> Holds:
        """What the database holds. Raises RegisterError if it is unfit to hold a register."""

    def prepare(self, engine: Engine) -> None:
        """What is set up once, outside of any transaction, before the first migration."""

    def mark(self, connection: Connection) -> None:
        """Mark the database as a register."""

    def fill(self, connection: Connection, *, begins: bool) -> None:
        """Take the memory that the making of all tables needs, within a transaction; or give it back."""

    def problem(self, engine: Engine, error: DBAPIError) -> str:
        """What went wrong, and what to do about it, in one line."""
