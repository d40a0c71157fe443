"""Opening the register that a command means, and files beside it."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from followthearms.config import settings
from followthearms.errors import UsageError
from followthearms.register import Register


@dataclass(frozen=True)
class Asked:
    """Which register is asked (a path or an address; null for the one of the settings), as of when, and how it is
    to answer."""

    place: str | None = None
    as_of: dt.date | None = None
    as_json: bool = False

    def register(self) -> AbstractContextManager[Register]:
        """The register. Raises RegisterError if there is none."""
        return opened_register(self.place, as_of=self.as_of)


@contextmanager
def opened_register(place: str | None, *, create: bool = False, as_of: dt.date | None = None) -> Iterator[Register]:
    """The register at a path or an address, as it is now or as it was known at the end of a day."""
    with Register.open(_named(place), create=create) as register:
        if as_of is None:
            yield register
            return
        with register.as_of(as_of) as then:
            yield then


def _named(place: str | None) -> str:
    return place or settings().register_place


def beside(output: str, register: str | None) -> str:
    """The name of a file to write, which is not the register's own: that would be lost."""
    held = Path(_named(register))
    if output != "-" and Path(output).exists() and held.exists() and Path(output).samefile(held):
        raise UsageError(f"{output}: is the register itself; name another file with --output")
    return output


@contextmanager
def opened(output: str) -> Iterator[TextIO]:
    """A file, or the standard output for "-", in UTF-8 and with line ends as they are written."""
    if output == "-":
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            yield out
        finally:
            out.detach()  # writes what is left; to close it would close the standard output
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}); name another file") from error
