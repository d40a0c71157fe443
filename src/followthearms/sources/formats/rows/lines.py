"""JSON lines: documents in the claim format, or articles of whatever origin, by the names of their fields."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from followthearms.errors import FormatError, InputError
from followthearms.model import Document
from followthearms.sources.formats.claimlines import read_claim_lines
from followthearms.sources.formats.rows.columns import columns_of, is_usual
from followthearms.sources.formats.rows.row import row_document
from followthearms.sources.options import ReadOptions
from followthearms.sources.text.decode import check_size


def unpack_lines(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of a file of JSON lines, and an error for every line without one.

    The first line tells which kind it is: the claim format if it has claims, or a text and no field that is known from
    tables of others alone; and if it is no JSON, so that each line is told what is wrong with it.
    Raises `UnreadableFile` if the file is empty or not UTF-8 text at all.
    """
    most = options.max_bytes + 1
    first = stream.readline(most)
    lines = chain([first] if first else [], iter(functools.partial(stream.readline, most), b""))
    if options.columns or _is_of_others(first):
        yield from _rows(lines, where, options)
    else:
        yield from read_claim_lines(lines, where, options)


def _is_of_others(first: bytes) -> bool:
    row = _object(first)
    if row is None or "claims" in row:
        return False
    return "text" not in row or any(is_usual(name) and name not in Document.model_fields for name in row)


def _rows(lines: Iterable[bytes], where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    number, within = 1, False
    columns: dict[str, str] = {}
    for line in lines:
        place = f"{where}, line {number}"
        row = None if within else _object(line)
        if row is not None:
            columns = columns or columns_of(list(row), where, options.columns)
            yield row_document(row, columns, place, options)
        elif not within and line.strip():
            yield _no_row(line, place, options)
        within = not line.endswith(b"\n")
        number += not within


def _no_row(line: bytes, place: str, options: ReadOptions) -> InputError:
    try:
        check_size(len(line), place, options)
    except InputError as error:
        return error
    return FormatError(place, "is no JSON object in UTF-8", "each line holds one article, as {…}")


def _object(line: bytes) -> dict[str, Any] | None:
    """The object on a line, if it is one."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None
