"""From a row to a document."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from followthearms.errors import FormatError, InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.article import article
from followthearms.sources.days import stated_day
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.text.decode import check_size


def row_document(
    row: Mapping[str, Any], columns: Mapping[str, str], where: str, options: ReadOptions
) -> Document | InputError:
    """The document of a row, or why there is none. `columns`: the name of the column for each field.

    `raw_hash` is that of the cells as JSON: the bytes of a row are the table's and not its own.
    """
    cells = {field: row.get(column) for field, column in columns.items()}
    text = _words(cells["text"])
    try:
        check_size(len(text), where, options)
        if not text.strip():
            raise UnreadableFile(where, f"the text ({columns['text']}) is empty")
        day = None if options.date else _day(cells.get("date"), columns.get("date", ""), where, options)
        return article(
            text,
            "",
            options,
            published=(day, DateBasis.METADATA),
            authors=_authors(cells.get("authors")),
            **{field: _words(cells.get(field)) or None for field in ("title", "outlet", "url", "language")},
            licence=_words(cells.get("licence")) or None,
            raw_hash=hashlib.sha256(json.dumps(cells, default=str).encode()).hexdigest(),
        )
    except InputError as error:
        return error


def _words(cell: object) -> str:
    """What a cell says; of lists, dates and the like, only fields of their own make sense, so they say nothing here."""
    return cell if isinstance(cell, str) else ""


def _authors(cell: object) -> list[str]:
    if isinstance(cell, list):
        return [name for name in cell if isinstance(name, str)]
    return _words(cell).split(";")


def _day(cell: object, column: str, where: str, options: ReadOptions) -> dt.date | None:
    """The day in a cell, as it is written there. Raises `FormatError` if that is none, or can be read in two ways."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if cell is None or isinstance(cell, dt.date):
        return cell
    words = str(cell).strip()
    if not words:
        return None
    if options.date_format:
        try:
            return dt.datetime.strptime(words, options.date_format).date()
        except ValueError as error:
            remedy = "mend the cell, or --date-format"
            raise FormatError(where, f"{column} is {words!r}, which is not {options.date_format}", remedy) from error
    if day := stated_day(words):
        return day
    problem = f"{column} is {words[:40]!r}, which is no day or can be read in two ways"
    raise FormatError(where, problem, "say how it is written, as in --date-format %d/%m/%Y")
