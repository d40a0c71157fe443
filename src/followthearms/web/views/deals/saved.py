"""Filters of the list of deals that a reader gave a name to, kept in a cookie of the browser.

Invariant: what a cookie holds is only ever the state of the list of deals; a cookie that we did not write is as none.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.web import links

COOKIE = "fta-filters"
MOST = 20
LONGEST_NAME = 60
_LARGEST = 3_800  # bytes: browsers keep 4,096 of a cookie, its name and attributes among them


class Saved(NamedTuple):
    """A filter under a name: the query, and the columns that are named."""

    name: str
    query: str
    columns: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """The list in this state."""
        return links.deals(self.query, columns=list(self.columns))


_ALL = TypeAdapter(tuple[Saved, ...])


def load(cookie: str | None) -> tuple[Saved, ...]:
    """The filters that a cookie holds, in the order in which they were saved."""
    try:
        found = _ALL.validate_json(base64.urlsafe_b64decode((cookie or "").encode("ascii")))
    except (ValidationError, UnicodeError, binascii.Error):  # none, or one that we did not write
        return ()
    return found[:MOST]


def dump(saved: Sequence[Saved]) -> str:
    """The cookie that holds the filters. Raises UsageError if there are too many, or too long ones."""
    cookie = base64.urlsafe_b64encode(_ALL.dump_json(tuple(saved))).decode()
    if len(saved) > MOST or len(cookie) > _LARGEST:
        raise UsageError(f"a browser keeps {MOST} filters, and fewer long ones; forget one of them first")
    return cookie


def kept(saved: Sequence[Saved], new: Saved) -> tuple[Saved, ...]:
    """The filters with a new one, which takes the place of one with its name. Raises UsageError for no name."""
    name = words.one_line(new.name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise UsageError(f"give the filter a name of up to {LONGEST_NAME} characters")
    return (*forgotten(saved, name), new._replace(name=name))


def forgotten(saved: Sequence[Saved], name: str) -> tuple[Saved, ...]:
    """The filters without the one of a name."""
    return tuple(one for one in saved if one.name != name)
