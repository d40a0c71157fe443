"""From a file that brings its own claims, or a whole log, into a register.

Invariant: a file is stored whole in one transaction, or nothing of it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from followthearms.errors import FormatError, InputError, Refused
from followthearms.model import Document
from followthearms.register import Added, Register, Run
from followthearms.register.log.entries import is_log
from followthearms.sources.imports import first_line, opened_import, read_import
from followthearms.sources.runs import read_run

IMPORTED = "imported"
"""The ruleset of claims that were not read here."""


@dataclass(frozen=True)
class Imported:
    """How many documents of each sort a file brought, and how many claims that their texts do not show."""

    documents: Counter[Added]
    unlocated: int


def import_file(register: Register, path: str | Path, *, set_aside: bool = False) -> Imported | int:
    """Store what a file or the folder of a run brings, or all of a log: how many entries it had. With `set_aside`,
    claims whose words do not stand in their text are kept apart with the document, and do not count as wrong.

    Raises Refused, with every fault and its line, if anything is wrong with it; RegisterError if it is a log and the
    register is not empty.
    """
    try:
        if Path(path).is_dir():
            return _take(register, list(read_run(Path(path), set_aside=set_aside)), str(path))
        with opened_import(path) as (stream, where):
            first = first_line(stream)
            if is_log(first.decode("utf-8", "replace")):
                return register.log.load(_lines(first, stream, where), where)
            return _take(register, list(read_import(stream, first, where, set_aside=set_aside)), where)
    except InputError as error:
        raise Refused(str(path), [error]) from error


def _take(register: Register, found: Sequence[tuple[str, Document | InputError]], where: str) -> Imported:
    taken = register.imports.take(found, _this_run(), where)
    return Imported(taken, sum(len(one.unlocated) for _, one in found if isinstance(one, Document)))


def _this_run() -> Run:
    """Whoever read these claims, it was not this program: their own `method` says who, if it is known."""
    started = dt.datetime.now(dt.UTC)
    return Run(version=version("followthearms"), ruleset=IMPORTED, parser="none", started=started)


def _lines(first: bytes, stream: BinaryIO, where: str) -> Iterator[str]:
    """The lines of a log without their line feeds. Raises FormatError for what is not in UTF-8."""
    for number, line in enumerate(chain([first], stream), 1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise FormatError(f"{where}, line {number}", f"is not in UTF-8 ({error.reason})") from error
