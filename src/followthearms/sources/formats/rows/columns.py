"""Which column of a table holds the text, the title, the day of publication: by its usual name, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from followthearms.errors import FormatError, UsageError
from followthearms.model import Frozen
from followthearms.tables import DATA, read_table

_SHOWN = 20
"""Columns that an error lists by name."""


class _Names(Frozen):
    """What the columns for each field are called: data/sources/columns.yaml."""

    text: list[str]
    title: list[str]
    date: list[str]
    outlet: list[str]
    url: list[str]
    language: list[str]
    authors: list[str]
    licence: list[str]


@cache
def usual_names() -> Mapping[str, Sequence[str]]:
    """What the columns for each field of a document are called, the fields in their order."""
    return dict(read_table(DATA / "sources" / "columns.yaml", _Names))


def stated_columns(pairs: Iterable[str]) -> dict[str, str]:
    """The columns that are named for fields, as in "text=Body". Raises `UsageError` for a pair that is none."""
    stated: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not column or field not in usual_names():
            fields = ", ".join(usual_names())
            raise UsageError(f"--column {pair}: write it as text=Body; the fields are {fields}")
        if field in stated:
            raise UsageError(f"--column {pair}: {field} is named twice; leave one of them")
        stated[field] = column
    return stated


def columns_of(names: Sequence[str], where: str, stated: Mapping[str, str]) -> dict[str, str]:
    """The columns of a table for the fields that it has, as it writes them.

    Raises `FormatError` that lists the columns if none holds the text, or if one that was stated is not there.
    """
    usual: dict[str, str] = {}
    for name in names:
        usual.setdefault(_plain(name), name)
    for field, column in stated.items():
        if column not in names:
            raise FormatError(where, f"has no column {column!r} for {field}; it has {_listed(names)}", _REMEDY)
    found = {field: next((usual[n] for n in known if n in usual), "") for field, known in usual_names().items()}
    columns = {field: column for field, column in {**found, **stated}.items() if column}
    if "text" not in columns:
        raise FormatError(where, f"has no column that is known to hold texts; it has {_listed(names)}", _REMEDY)
    return columns


def is_usual(name: str) -> bool:
    """Whether a column of this name is known to hold something."""
    return any(_plain(name) in names for names in usual_names().values())


_REMEDY = "say which one with --column, as in --column text=Body"


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().casefold()).strip("_")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name[:_SHOWN] or "one without a name" for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown or "none"
