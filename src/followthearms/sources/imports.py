"""Files that are taken in as they are, with the claims that they bring: in the claim format, or the log of a register.

Invariant: nothing is read out of a text here; a document without claims of its own is an error.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from followthearms.errors import FormatError, InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.files import STANDARD_INPUT
from followthearms.sources.formats.claimlines import numbered_lines
from followthearms.sources.options import ReadOptions


@contextmanager
def opened_import(path: str | Path) -> Iterator[tuple[BinaryIO, str]]:
    """The bytes of a file, or for "-" of the standard input, and its name. Raises UnreadableFile."""
    if str(path) == STANDARD_INPUT:
        yield sys.stdin.buffer, "standard input"
        return
    try:
        with Path(path).open("rb") as stream:
            yield stream, str(path)
    except OSError as error:
        raise UnreadableFile(str(path), f"cannot be read ({error.strerror or error})") from error


def first_line(stream: BinaryIO) -> bytes:
    """The first line, by which the kinds of files are told apart; cut where it is longer than any text may be."""
    return stream.readline(ReadOptions().max_bytes + 1)


def read_import(
    stream: BinaryIO, first: bytes, where: str, *, set_aside: bool = False
) -> Iterator[tuple[str, Document | InputError]]:
    """The documents of a file in the claim format, each after its place ("claims.jsonl, line 12").

    `first` is what `first_line` has taken of the stream. Where a line holds no document, or one that
    brings no claims, there is an error instead; claims that the text does not show are one too, unless `set_aside`.
    """
    options = ReadOptions(keep_claims=True, set_aside=set_aside)
    rest = iter(functools.partial(stream.readline, options.max_bytes + 1), b"")
    try:
        for place, item in numbered_lines(chain([first] if first else [], rest), where, options):
            yield place, _with_claims(place, item)
    except UnreadableFile as error:  # the file as a whole
        yield where, error


def _with_claims(place: str, item: Document | InputError) -> Document | InputError:
    if isinstance(item, InputError) or "claims" in item.model_fields_set:
        return item
    return FormatError(place, "brings no claims", 'let `fta add` read it, or give it "claims": []')
