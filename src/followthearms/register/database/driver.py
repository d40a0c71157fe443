"""The driver of PostgreSQL, pg8000, such that every failure is an error of the driver that tells the first cause.

The extra [postgresql] installs it.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from typing import Any

import pg8000
from pg8000.exceptions import DatabaseError, Error, InterfaceError

CONNECT_SECONDS = 10
PORT = 5432
_BROKEN = "network error"
"""By this text SQLAlchemy knows that a connection of pg8000 is lost."""


class Connection(pg8000.Connection):  # type: ignore[misc]  # pg8000 has no types
    """A connection by our own socket: a server that is away is told soon, yet a slow answer later on is waited for."""

    def __init__(
        self, *, folder: str = "", host: str = "localhost", port: int = PORT, password: str = "", **options: Any
    ) -> None:
        """`folder`: where the server's Unix socket stands, which is then used instead of `host`."""
        try:
            connected = _dial(folder, host, port)
        except OSError as error:
            raise InterfaceError(f"no connection ({error})") from error
        try:  # pg8000 fails on a password of None if it is asked for one
            super().__init__(sock=connected, host=host, password=password, **options)
        except (Error, OSError, KeyError, ValueError, struct.error) as error:
            raise _first(error) from error

    def handle_messages(self, context: Any) -> None:
        """Read the server's answer. A connection that was reset is lost, and not the error of an operating system."""
        try:
            super().handle_messages(context)
        except OSError as error:
            raise InterfaceError(_BROKEN) from error


def _dial(folder: str, host: str, port: int) -> socket.socket:
    if folder:
        dialled = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        dialled.connect(f"{folder}/.s.PGSQL.{port}")
        return dialled
    dialled = socket.create_connection((host, port), CONNECT_SECONDS)
    dialled.settimeout(None)
    dialled.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return dialled


def _first(error: Exception) -> Exception:
    """The refusal on the way to an error: pg8000 takes leave of a server that refused it, and where the server has
    hung up by then, fails at that instead."""
    refusals = (met for met in _chain(error) if isinstance(met, DatabaseError))
    found: Exception = next(refusals, error)
    lost = not isinstance(found, Error) or str(found) == _BROKEN
    if lost:
        found = InterfaceError("what answers there hangs up, or is no PostgreSQL server")
    return found


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__context__
