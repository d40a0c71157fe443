"""A person's table of claims, a row each: which column is what, and what stands in the cells.

Invariant: a cell is written as `fta decide claim` takes it; what is not taken of a table is told, column by column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from followthearms.errors import FormatError, UsageError
from followthearms.exchange.by_hand import EVIDENCE, TRIGGER
from followthearms.exchange.corrections import NAMES, QUANTITY
from followthearms.model import Slot

DOCUMENT, URL, WHY = "document", "url", "why"
FIELDS = (EVIDENCE, TRIGGER, *NAMES, DOCUMENT, URL, WHY)
"""What a column can hold."""

REQUIRED = (EVIDENCE, TRIGGER, Slot.KIND.value)
"""The columns without which no row is a claim."""

_USUAL = {"quotation": EVIDENCE, "quote": EVIDENCE, "comment": WHY, "reason": WHY}
"""Other names of columns that need not be stated."""
_SEVERAL = frozenset({"kind", "supplier", "recipient", "actor", "parties", "company", "persons", "speaker"}) | {
    Slot.EQUIPMENT.value,
    QUANTITY,
}
_MARKS = ",;\t"


@dataclass(frozen=True)
class ClaimRow:
    """A row. `number` is that of spreadsheets, in which the header is row 1; `given` is what `by_hand.read_claim`
    takes; `document` is the beginning of an id; what is not told is empty."""

    number: int
    given: Mapping[str, tuple[str, ...]]
    document: str = ""
    url: str = ""
    why: str = ""


@dataclass(frozen=True)
class ClaimTable:
    """The rows of a table that are not blank, and the columns that were left out."""

    rows: tuple[ClaimRow, ...]
    unused: tuple[str, ...]


def stated_fields(pairs: Iterable[str]) -> dict[str, str]:
    """The columns that are named for fields, as in "evidence=Quotation". Raises UsageError for a pair that is none."""
    stated: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not column or field not in FIELDS or field in stated:
            raise UsageError(f"--column {pair}: write it as evidence=Quotation, once each of {', '.join(FIELDS)}")
        stated[field] = column
    return stated


def claim_table(text: str, where: str, stated: Mapping[str, str]) -> ClaimTable:
    """The table that a file of cells parted by commas, semicolons or tabs holds; its first row names the columns.

    Raises FormatError if it is no such table, lacks a column that there must be, or one of `stated` is not there.
    """
    header = text.split("\n", 1)[0]
    mark = max(_MARKS, key=lambda one: (_known(next(csv.reader([header], delimiter=one), [])), header.count(one)))
    found: list[ClaimRow] = []
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        names = [name.strip() for name in next(rows)]
        columns = _columns(names, where, stated)
        for number, cells in enumerate(rows, 2):
            if any(cell.strip() for cell in cells):
                found.append(_row(number, cells, columns, len(names), where))
    except csv.Error as error:
        remedy = "look for a quotation mark that is not closed"
        raise FormatError(where, f"is no table that can be read ({error})", remedy) from error
    return ClaimTable(tuple(found), tuple(name for n, name in enumerate(names) if name and n not in columns.values()))


def _columns(names: Sequence[str], where: str, stated: Mapping[str, str]) -> dict[str, int]:
    """Where the column of each field stands."""
    columns: dict[str, int] = {}
    for field, name in stated.items():
        if name not in names:
            raise FormatError(where, f"has no column {name!r}", f"it has {', '.join(names)}")
        columns[field] = names.index(name)
    for place, name in enumerate(names):
        field = _field(name)
        if field and field not in columns and place not in columns.values():
            columns[field] = place
    if missing := [field for field in REQUIRED if field not in columns]:
        problem = f"has no column {' and none '.join(map(repr, missing))}; it has {', '.join(names)}"
        raise FormatError(where, problem, f"add it, or say which one it is: --column {missing[0]}=NAME")
    return columns


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int], width: int, where: str) -> ClaimRow:
    if any(cell.strip() for cell in cells[width:]):
        remedy = "put cells with commas in them between quotation marks"
        raise FormatError(f"{where}, row {number}", f"has {len(cells)} cells, and there are {width} columns", remedy)
    told = {field: cells[place].strip() for field, place in columns.items() if place < len(cells)}
    given = {field: tuple(_values(field, told[field])) for field in (EVIDENCE, TRIGGER, *NAMES) if told.get(field)}
    return ClaimRow(number, given, told.get(DOCUMENT, ""), told.get(URL, ""), told.get(WHY, ""))


def _values(field: str, cell: str) -> Iterator[str]:
    """The values of a cell: one a line or between semicolons, where there can be several."""
    parts = cell.replace(";", "\n").split("\n") if field in _SEVERAL else [cell]
    return (part.strip() for part in parts if part.strip())


def _field(name: str) -> str:
    plain = name.strip().lower()
    return plain if plain in FIELDS else _USUAL.get(plain, "")


def _known(names: Sequence[str]) -> int:
    return sum(bool(_field(name)) for name in names)
