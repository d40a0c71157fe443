"""Outlets and publishers: news agencies, newspapers, broadcasters, the trade press, official and research publishers.

From data/lexicon/outlets.csv. Invariant: no two outlets share a name.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from followthearms.knowledge.tables import checked, read_rows, split
from followthearms.model import Frozen


class OutletKind(StrEnum):
    """What an outlet is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    TRADE_PRESS = "trade press"
    SITE = "site"
    PLATFORM = "platform"
    OFFICIAL = "official"
    INSTITUTE = "institute"


class Outlet(Frozen):
    """An outlet; `code` is the state of its seat, or empty; the aliases hold its internet hosts too."""

    name: str
    code: str
    kind: OutletKind
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def outlets() -> tuple[Outlet, ...]:
    """The outlets, in the order of the file."""
    rows = tuple({**row, "aliases": split(row["aliases"])} for row in read_rows("outlets.csv"))
    return checked("outlets.csv", tuple[Outlet, ...], rows)
