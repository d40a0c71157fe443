"""What the user can say about the files that are read, and what every kind of file makes of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from followthearms.config import settings
from followthearms.errors import UsageError
from followthearms.sources.days import day_in_url

if TYPE_CHECKING:
    from followthearms.sources.fetch.networks import Networks  # with it comes the network, which few readings need


class DateBasis(StrEnum):
    """Where the day of publication was read, the most trusted first."""

    OPTION = "option"
    FRONT_MATTER = "front matter"
    METADATA = "metadata"
    BYLINE = "byline"
    MAIL = "mail"
    FEED = "feed"
    URL = "url"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. `date` outranks what a file says of itself; `encoding` is for text and HTML without a byte mark.

    `max_bytes` is the most that one text may have. `keep_claims` keeps the claims of a file in the claim format,
    which reading otherwise drops; they are checked in any case. `set_aside`: those whose words do not stand in the text
    are no error, but are kept apart. `columns` names the columns of a table for fields of a
    document where their own names do not tell; `date_format` says how days are written in it, as in `strptime`.
    `networks` may be fetched from although they are not public.
    Raises `UsageError` for an encoding that Python does not know.
    """

    date: dt.date | None = None
    encoding: str | None = None
    max_bytes: int = field(default_factory=lambda: settings().max_bytes)
    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None
    keep_claims: bool = False
    set_aside: bool = False
    networks: Networks = ()

    def __post_init__(self) -> None:
        if self.encoding:
            try:
                b"text".decode(self.encoding, "replace")
            except (LookupError, UnicodeError) as error:
                raise UsageError(
                    f"--encoding {self.encoding}: no such encoding; try utf-8, cp1252 or utf-16"
                ) from error


def publication(
    options: ReadOptions, stated: dt.date | None, basis: DateBasis, url: str | None
) -> tuple[dt.date | None, DateBasis | None]:
    """The day of publication and where it was read: the option, what the file states (on `basis`), or the address."""
    for day, where in ((options.date, DateBasis.OPTION), (stated, basis), (day_in_url(url or ""), DateBasis.URL)):
        if day:
            return day, where
    return None, None


def document_id(text: str, origin: str) -> str:
    """An id that is the same wherever the file lies. `origin` is its address, else its outlet, else its bare name.

    Copies of one text by two outlets are two documents.
    """
    return f"d{hashlib.sha256(json.dumps([text, origin]).encode()).hexdigest()[:16]}"
