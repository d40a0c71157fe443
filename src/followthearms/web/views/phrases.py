"""Small phrases that several views need."""

from __future__ import annotations

from typing import TypeVar

from followthearms.model import Amount, Bound, Figure
from followthearms.register.search import Total

_Reported = TypeVar("_Reported", Figure, Amount)


def total(found: Total) -> str:
    """How many rows there are: "1,204", "at least 1,204"."""
    return ("" if found.exact else "at least ") + f"{found.count:,}"


def exact(found: _Reported) -> _Reported:
    """The figure without its bound, which is shown apart."""
    return found.model_copy(update={"bound": Bound.EXACT})
