"""One input as it came: the bytes of a file, of a record in an archive or of a message, before anything is made of it.

Invariant: what is read out of an input depends on this value and on the options alone, so that it can be read in any
process.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO

from followthearms.errors import UnreadableFile
from followthearms.sources.options import ReadOptions


class Form(StrEnum):
    """What an input holds."""

    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    LINES = "JSON lines"
    TABLE = "table"
    PARQUET = "Parquet"
    REFERENCES = "references"
    PDF = "PDF"
    WORD = "Word"
    MAIL = "mail"
    WARC = "web archive"
    WACZ = "web archive collection"


class Origin(StrEnum):
    """How an input came to be given."""

    CHOSEN = "chosen"  # somebody named it, or the folder that it lies in
    LINKED = "linked"  # by a feed
    ARCHIVED = "archived"  # one of the many pages of a web archive


@dataclass(frozen=True, slots=True)
class Raw:
    """An input. `where` is the name that a person finds it by ("day.warc.gz, record 17"), `name` the bare name of the
    file. `url` and `retrieved` (UTC) are what an archive says of where and when it was taken, `charset` the encoding
    that the server named. `stated` are fields of a document that somebody stated beside the file and that go before
    what it says of itself, `otherwise` such that count where it says nothing. `depth` counts the messages that it lies
    in."""

    where: str
    name: str
    form: Form
    data: bytes
    url: str | None = None
    retrieved: dt.datetime | None = None
    charset: str | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)
    otherwise: Mapping[str, Any] = field(default_factory=dict)
    depth: int = 0
    origin: Origin = Origin.CHOSEN

    @property
    def is_chosen(self) -> bool:
        """Whether it is one article that somebody chose; the entries of a feed, or the rows of a table, nobody did."""
        return self.origin is Origin.CHOSEN and self.form in WHOLE - {Form.FEED}

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


WHOLE = frozenset({Form.TEXT, Form.HTML, Form.FEED, Form.PDF, Form.WORD, Form.MAIL})
"""Forms of files that are one input each."""
_TEXTS = frozenset({Form.TEXT, Form.HTML})
_FILE_PER_TEXT = 5
"""A file with fonts and pictures in it may have so many times the bytes of a text: a PDF of 100 MB is a book."""


def whole(
    stream: BinaryIO,
    where: str,
    name: str,
    form: Form,
    options: ReadOptions,
    stated: Mapping[str, Any] | None = None,
) -> Raw:
    """All that a stream holds as one input. Raises `UnreadableFile` if that is more than such a file may have."""
    most = options.max_bytes * (1 if form in _TEXTS else _FILE_PER_TEXT)
    size = 0
    if stream.seekable():  # what is too large is not read first
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
    data = stream.read(most + 1) if size <= most else b""
    if max(size, len(data)) > most:
        kind = "text" if form in _TEXTS else f"{form} file"
        problem = f"is larger than {most / 1e6:g} MB, the most that one {kind} may have"
        raise UnreadableFile(where, problem, "split it into articles, or set FTA_MAX_BYTES")
    return Raw(where, name, form, data, stated=stated or {})
