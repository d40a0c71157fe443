"""Texts in the database: their type, and which cannot be held.

Invariant: a text is held unchanged, and sorted alike, by both databases; or refused by both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from followthearms.errors import FormatError

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""The type of all text columns. It sorts by code points, whatever the language of the server: PostgreSQL's collation
"C" is the equal of SQLite's own, `BINARY`."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fault(text: str) -> str | None:
    """What makes a text unfit for a database, and at which code point; null for a text that can be held.

    PostgreSQL has no NUL character in texts, what reads SQLite's files may stop at one, and half a surrogate pair is
    nothing in UTF-8.
    """
    found = _UNSTORABLE.search(text)
    if found is None:
        return None
    what = "a NUL character" if found.group() == "\x00" else "half a surrogate pair"
    return f"{what} at character {found.start()}, which no database can be trusted with"


def refuse(_connection: Connection, _cursor: Any, _sql: str, values: Any, _context: Any, _many: bool) -> None:
    """Listen to the statements of an engine (`before_cursor_execute`). Raises FormatError for a text that is unfit."""
    for text in _doubtful(values):
        if found := fault(text):
            raise FormatError(f"text for the register ({text[:40]!a})", f"holds {found}", "clean it first")


def _doubtful(values: Any) -> Iterator[str]:
    """The texts among the bound values of a statement, as sequences or as mappings, of one row or of many, but for
    those that a glance shows to be fit: of ASCII without NUL, as most are, since each statement is looked at."""
    left = [values]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if not value.isascii() or "\0" in value:
                yield value
        elif isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, (list, tuple)):
            left.extend(value)
