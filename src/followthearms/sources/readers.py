"""Which reader reads which form.

Invariant: each form has one. `READERS` make documents of one input, whose bytes are all there; `UNPACKERS` cut what may
be larger than the memory into its inputs, or give documents where making them costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from followthearms.errors import InputError
from followthearms.model import Document
from followthearms.sources.formats.docx import read_docx
from followthearms.sources.formats.feeds import read_feed
from followthearms.sources.formats.html import read_html
from followthearms.sources.formats.mail import read_mail
from followthearms.sources.formats.pdf import read_pdf
from followthearms.sources.formats.plain import read_text
from followthearms.sources.formats.ris import unpack_ris
from followthearms.sources.formats.rows.lines import unpack_lines
from followthearms.sources.formats.rows.parquet import cut_parquet, unpack_parquet
from followthearms.sources.formats.rows.separated import unpack_separated
from followthearms.sources.formats.wacz import unpack_wacz
from followthearms.sources.formats.warc import cut_warc, unpack_warc
from followthearms.sources.options import ReadOptions
from followthearms.sources.raw import Form, Raw
from followthearms.sources.stretches import Stretch

Made = Iterator[Document | Raw | InputError]
"""What comes of an input: documents, further inputs that it holds, and what cannot be read of it."""
Reader = Callable[[Raw, ReadOptions], Made]
Unpacker = Callable[[BinaryIO, str, ReadOptions], Made]


def _text(raw: Raw, options: ReadOptions) -> Made:
    yield read_text(raw.data, raw.where, raw.name, options, raw.charset)


def _page(raw: Raw, options: ReadOptions) -> Made:
    yield read_html(raw.data, raw.where, raw.name, options, url=raw.url, retrieved=raw.retrieved, declared=raw.charset)


READERS: Mapping[Form, Reader] = {
    Form.TEXT: _text,
    Form.HTML: _page,
    Form.FEED: read_feed,
    Form.PDF: read_pdf,
    Form.WORD: read_docx,
    Form.MAIL: read_mail,
}
UNPACKERS: Mapping[Form, Unpacker] = {
    Form.LINES: unpack_lines,
    Form.TABLE: unpack_separated,
    Form.PARQUET: unpack_parquet,
    Form.WARC: unpack_warc,
    Form.WACZ: unpack_wacz,
    Form.REFERENCES: unpack_ris,
}
STRETCHED: Mapping[Form | None, Callable[[BinaryIO, str, ReadOptions, Stretch], Made]] = {
    Form.PARQUET: unpack_parquet,
    Form.WARC: unpack_warc,
}
"""The unpackers that can begin and end anywhere."""
CUTTERS: Mapping[Form | None, Callable[[BinaryIO, int, ReadOptions], list[Stretch]]] = {
    Form.PARQUET: cut_parquet,
    Form.WARC: cut_warc,
}
"""What finds the places where they may."""
