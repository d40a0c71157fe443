"""A form that was refused, given back with all that was sent, to be mended and sent once more.

Invariant: no password and no file comes back; what people type can be mended, all else goes as it came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import FormData

from followthearms.web.accounts.tokens import FIELD

MOST = 1_000_000
"""Characters that a page gives back; a form with more is still behind the Back button of the browser."""

_LONG = 60
"""Characters from which a field has several lines."""
_TYPED = {
    "why": "Why",
    "text": "Text",
    "note": "Note",
    "title": "Headline",
    "outlet": "Outlet",
    "date": "Published on",
    "url": "Address",
    "address": "Address",
    "left": "One claim, by its id",
    "right": "The other",
}
_NAMED = ("/snapshots", "/filters")
"""Where a form gives something a name; elsewhere a name tells what is meant, as an id does."""


@dataclass(frozen=True)
class Field:
    """A field that people fill in."""

    name: str
    label: str
    value: str
    is_long: bool


@dataclass(frozen=True)
class Again:
    """What was sent: the fields that can be mended, and the names and values of the others."""

    path: str
    typed: tuple[Field, ...]
    others: tuple[tuple[str, str], ...]


def again(path: str, sent: FormData | None) -> Again | None:
    """The form that was sent to a path. None if there was none, or nothing in it that can be mended here."""
    fields = sent.multi_items() if sent else []
    values = [(name, value) for name, value in fields if isinstance(value, str) and name != FIELD]
    has_all = len(values) == len([name for name, _ in fields if name != FIELD])
    if not has_all or any("password" in name for name, _ in values) or sum(len(value) for _, value in values) > MOST:
        return None
    typed = _typed(path, values)
    return Again(path, typed, tuple((n, v) for n, v in values if not _label(path, n))) if typed else None


def _typed(path: str, values: Iterable[tuple[str, str]]) -> tuple[Field, ...]:
    return tuple(
        Field(name, label, value, name in ("why", "text", "note") or len(value) > _LONG)
        for name, value in values
        if (label := _label(path, name))
    )


def _label(path: str, name: str) -> str:
    return "Name" if name == "name" and path in _NAMED else _TYPED.get(name, "")
