"""One input as it came: the bytes of a file, of a record in an archive or of a message, before anything is made of it.

Invariant: what is read out of an input depends on this value and on the options alone, so that it can be read in any
process.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What an input holds."""

    TEXT = "text"
    HTML = "html"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Raw:
    """An input. `where` is the name that a person finds it by ("day.warc.gz, record 17"), `name` the bare name of the
    file. `url` and `retrieved` (UTC) are what an archive says of where and when it was taken."""

    where: str
    name: str
    form: Form
    data: bytes
    url: str | None = None
    retrieved: dt.datetime | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()
