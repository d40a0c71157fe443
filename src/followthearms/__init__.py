"""Follow the Arms: an evidence-first register of arms transfers, read out of news articles.

>>> import followthearms
>>> reading = followthearms.read("Norway delivered 22 howitzers to Ukraine.", date="2022-06-08")
>>> [party.code for party in reading.claims[0].recipient]
['UA']

A claim is what one text says: reported, not proven. Names are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followthearms.engine import Reading, read
    from followthearms.errors import FollowTheArmsError, InputError
    from followthearms.model import (
        Bound,
        Claim,
        DateRange,
        Document,
        Equipment,
        Extent,
        Kind,
        Method,
        Modality,
        Money,
        Party,
        Quantity,
        Span,
    )
    from followthearms.model.deals import Contradiction, Deal, Status
    from followthearms.register import Register

_HOMES = {
    "followthearms.engine": ("Reading", "read"),
    "followthearms.errors": ("FollowTheArmsError", "InputError"),
    "followthearms.model": (
        *("Bound", "Claim", "DateRange", "Document", "Equipment", "Extent", "Kind", "Method", "Modality"),
        *("Money", "Party", "Quantity", "Span"),
    ),
    "followthearms.model.deals": ("Contradiction", "Deal", "Status"),
    "followthearms.register": ("Register",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Bound",
    "Claim",
    "Contradiction",
    "DateRange",
    "Deal",
    "Document",
    "Equipment",
    "Extent",
    "FollowTheArmsError",
    "InputError",
    "Kind",
    "Method",
    "Modality",
    "Money",
    "Party",
    "Quantity",
    "Reading",
    "Register",
    "Span",
    "Status",
    "read",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("followthearms")
    if name not in _HOME:
        raise AttributeError(f"module 'followthearms' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
