"""The lexicon's files by name: YAML as checked objects, CSV as rows."""

from __future__ import annotations

import csv
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from followthearms.errors import KnowledgeError
from followthearms.tables import DATA, read_table

_Shape = TypeVar("_Shape")


def read_lexicon(name: str, shape: type[_Shape]) -> _Shape:
    """The file `data/lexicon/NAME.yaml` as `shape`. Raises KnowledgeError if it is missing or does not fit."""
    return read_table(DATA / "lexicon" / f"{name}.yaml", shape)


def split(cell: str) -> tuple[str, ...]:
    """The items of a cell that are parted by |."""
    return tuple(item for item in cell.split("|") if item)


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/lexicon/NAME`, a CSV whose lines that start with # are remarks.

    Raises KnowledgeError if the file is missing or a row has too many or too few cells.
    """
    path = DATA / "lexicon" / name
    if not path.is_file():
        raise KnowledgeError(f"{name}: missing; install the package anew")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    for row in rows:
        if None in row or None in row.values():
            raise KnowledgeError(f"{name}: {row} has too many or too few cells; mend the file")
    return rows


def checked(name: str, shape: type[_Shape], value: object) -> _Shape:
    """The value as `shape`. Raises KnowledgeError that names the file if it does not fit."""
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        raise KnowledgeError(f"{name}: {error}; mend the file") from error
