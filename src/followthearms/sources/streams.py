"""The standard input as a stream whose beginning can be looked at, and which says how far it was read."""

from __future__ import annotations

import io
from typing import BinaryIO


class _Forwards(io.RawIOBase):
    """A stream that goes forwards only, after some of its bytes that were read before."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest, self._at = first, rest, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Bytes that were taken."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer, and say with how many bytes."""
        taken = self._first[: len(buffer)] or self._rest.read(len(buffer))
        self._first = self._first[len(taken) :]
        buffer[: len(taken)] = taken
        self._at += len(taken)
        return len(taken)


def forwards(stream: BinaryIO, beginning: int) -> io.BufferedReader:
    """A stream of which `beginning` bytes can be seen by `peek`, however few a pipe holds at a time."""
    return io.BufferedReader(_Forwards(stream.read(beginning), stream))
