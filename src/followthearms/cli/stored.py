"""Opening the register that a command means, adding to it, and files beside it."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import typer

from followthearms.cli import console
from followthearms.cli.reading import EVERYBODY, Errors, Heard
from followthearms.config import settings
from followthearms.engine import add as add_to
from followthearms.engine import read_paths
from followthearms.errors import UsageError
from followthearms.register import Added, Register
from followthearms.sources import ReadOptions


def add(paths: list[str], place: str | None, options: ReadOptions, by: Heard) -> bool:
    """Read files into a register and say what came of it; true if all input could be read."""
    with opened_register(place, create=True) as register:
        added, errors = add_all(register, paths, options, by)
        counts = register.counts()
    what = ", ".join(f"{added[kind]} {kind.value}" for kind in Added if added[kind]) or "none"
    typer.echo(f"Documents: {what}{f', {errors} not read' if errors else ''}.")
    typer.echo(f"The register holds {counts.documents} documents, {counts.claims} claims, {counts.deals} deals.")
    return not errors


def add_all(
    register: Register, paths: Sequence[str | Path], options: ReadOptions, by: Heard = EVERYBODY
) -> tuple[Counter[Added], int]:
    """Read files into a register under a progress bar: how many documents of each sort, and how many errors."""
    errors = Errors()
    added: Counter[Added] = Counter()
    try:
        with console.progress_bar("Reading") as on_progress:
            for kind in errors.sift(add_to(register, read_paths(paths, options, on_progress, by.voices, by.model))):
                added[kind] += 1
    except KeyboardInterrupt:
        typer.echo(f"fta: stopped; {added.total()} documents are stored; the same command goes on from there", err=True)
        raise
    return added, errors.count


@dataclass(frozen=True)
class Asked:
    """Which register is asked (a path or an address; null for the one of the settings), as of when, and how it is
    to answer."""

    place: str | None = None
    as_of: dt.date | None = None
    as_json: bool = False

    def register(self) -> AbstractContextManager[Register]:
        """The register."""
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
