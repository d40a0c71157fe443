"""CSV and its like: rows of cells parted by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from typing import BinaryIO

from followthearms.errors import FormatError, InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.formats.rows.columns import columns_of, is_usual
from followthearms.sources.formats.rows.row import row_document
from followthearms.sources.options import ReadOptions
from followthearms.sources.streams import forwards
from followthearms.sources.text.decode import byte_mark, decoded

_SAMPLE = 1 << 16
"""Bytes by which it is told what parts the cells, and that the file is text."""
_LINES_PER_TEXT = 2
"""A line may have so many times the characters of a text, so that a row whose text is too long is told by itself."""
_MARKS = ",;\t|"
_ESCAPED = re.compile("[\udc80-\udcff]")
_BETWEEN = "\f"
"""Stands between cells while they are decoded: none of the encodings in use has another character for it."""


def unpack_separated(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """The document of each row, or why there is none. The first row names the columns, and is row 1 as in spreadsheets.

    One row is held in memory. Raises `UnreadableFile` if the file is empty or no text, `FormatError` if no column is
    known to hold texts.
    """
    ahead = forwards(stream, _SAMPLE)
    sample = ahead.peek()[:_SAMPLE]
    encoding = byte_mark(sample) or options.encoding
    if not sample.strip(b" \t\r\n\0"):
        raise UnreadableFile(where, "is empty", "save it again, or leave it out")
    if b"\0" in sample and not encoding:
        raise UnreadableFile(where, "is a binary file, not text", "save the table as CSV in UTF-8")
    errors = "strict" if encoding else "surrogateescape"
    yield from _documents(io.TextIOWrapper(ahead, encoding or "utf-8", newline="", errors=errors), where, options)


def _documents(text: io.TextIOWrapper, where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    lines = _lines(text, where, options)
    header = next(lines)
    mark = _mark(header, options)
    csv.field_size_limit(_LINES_PER_TEXT * options.max_bytes)
    number = 1
    try:
        rows = csv.reader(chain([header], lines), delimiter=mark)
        names = [name.strip() for name in next(rows)]
        columns = columns_of(names, where, options.columns)
        for number, cells in enumerate(rows, 2):
            if any(cells):
                yield _document(cells, names, columns, f"{where}, row {number}", options)
    except (csv.Error, UnicodeError) as error:
        problem = f"cannot be read on ({error}); so far it could be, and what follows is not read"
        yield FormatError(f"{where}, after row {number}", problem, "look for a quotation mark that is not closed")


def _lines(text: io.TextIOWrapper, where: str, options: ReadOptions) -> Iterator[str]:
    for number in count(1):
        most = _LINES_PER_TEXT * options.max_bytes
        line = text.readline(most + 1)
        if len(line) > most:
            raise UnreadableFile(f"{where}, line {number}", "is longer than a text may be", "check that it is a table")
        if not line:
            return
        yield line


def _mark(header: str, options: ReadOptions) -> str:
    """What parts the cells of the first row: what gives the most names that are known, else the most cells."""

    def told(mark: str) -> tuple[int, int]:
        names = [name.strip() for name in next(csv.reader([header], delimiter=mark), [])]
        return sum(is_usual(name) or name in options.columns.values() for name in names), len(names)

    return max(_MARKS, key=told)


def _document(
    cells: list[str], names: Sequence[str], columns: Mapping[str, str], where: str, options: ReadOptions
) -> Document | InputError:
    if any(cells[len(names) :]):
        problem = f"has {len(cells)} cells, and there are {len(names)} columns"
        return FormatError(where, problem, "put cells with commas in them between quotation marks")
    encoding = None
    if any(map(_ESCAPED.search, cells)):
        try:
            raw = _BETWEEN.join(cell.replace(_BETWEEN, " ") for cell in cells).encode("utf-8", "surrogateescape")
            whole, encoding = decoded(raw, where, options)
        except InputError as error:
            return error
        cells = whole.split(_BETWEEN)
    made = row_document(dict(zip(names, cells, strict=False)), columns, where, options)
    return made if isinstance(made, InputError) else made.model_copy(update={"encoding": encoding})
