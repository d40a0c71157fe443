"""The kinds of files that are read: by the ends of their names, and by their first bytes where the name says nothing.

Invariant: an ending belongs to one form, and goes before the first bytes: a page that is called .txt is read as text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from followthearms.sources.raw import Form


class _Kind(NamedTuple):
    """A form, the endings of its files in lower case, and what their first bytes look like, if that tells them."""

    form: Form
    endings: tuple[str, ...]
    beginning: re.Pattern[bytes] | None = None


_GAP = rb"(?:\xef\xbb\xbf)?\s*"
_PROLOGUE = rb"(?:<\?[^>]*>\s*|<!--.{0,300}?-->\s*|<!DOCTYPE[^>\[]*>\s*){0,9}"
_KINDS = (  # where two beginnings fit, the first counts
    _Kind(Form.TEXT, (".txt",)),
    _Kind(Form.TABLE, (".csv", ".tsv")),
    _Kind(Form.PDF, (".pdf",), re.compile(rb"%PDF-")),
    _Kind(Form.PARQUET, (".parquet",), re.compile(rb"PAR1")),
    _Kind(Form.WORD, (".docx",), re.compile(rb"PK\x03\x04.{26}\[Content_Types\]\.xml", re.DOTALL)),
    _Kind(Form.WACZ, (".wacz",), re.compile(rb"PK\x03\x04")),
    _Kind(
        Form.WARC,
        (".warc", ".warc.gz", ".warc.zst"),
        re.compile(rb"WARC/\d|\x1f\x8b\x08|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),  # last: a frame before zstd's
    ),
    _Kind(Form.HTML, (".html", ".htm", ".xhtml"), re.compile(_GAP + rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)),
    _Kind(Form.FEED, (".rss", ".atom"), re.compile(_GAP + _PROLOGUE + rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)),
    _Kind(Form.LINES, (".jsonl", ".ndjson"), re.compile(_GAP + rb"\{")),
    _Kind(Form.REFERENCES, (".ris",), re.compile(_GAP + rb"TY  - ")),
    _Kind(Form.MAIL, (".eml",), re.compile(rb"(?:Return-Path|Received|Delivered-To|MIME-Version): \S", re.IGNORECASE)),
)
_FORMS = {ending: kind.form for kind in _KINDS for ending in kind.endings}

ENDINGS = ", ".join(_FORMS)
"""The endings of all files that are read, as an error lists them."""
FIRST_BYTES = 512
"""How many of the first bytes tell a form."""


def form_of_name(name: str) -> Form | None:
    """The form of a file with this name, if its ending tells it."""
    lower = name.lower()
    return next((form for ending, form in _FORMS.items() if lower.endswith(ending)), None)


def form_of_bytes(first: bytes) -> Form | None:
    """The form of a file that begins so, if that tells it. It does not for text and tables."""
    return next((kind.form for kind in _KINDS if kind.beginning and kind.beginning.match(first)), None)
