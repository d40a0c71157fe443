"""Web archives (WARC; plain, gzip or zstd): the pages in them, each still to be read.

Invariant: a damaged record never hides those after it. Where the archive cannot be followed, that is told once, and it
is taken up again at the next place that looks like the beginning of a record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from io import BytesIO
from typing import IO

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from followthearms.errors import InputError, PassedOver, UnreadableFile
from followthearms.sources.forms import FIRST_BYTES, form_of_bytes
from followthearms.sources.options import ReadOptions
from followthearms.sources.raw import Form, Origin, Raw
from followthearms.sources.stretches import WHOLE, Stretch
from followthearms.sources.text.decode import check_size

_BOOKKEEPING = WarcRecordType.warcinfo | WarcRecordType.request | WarcRecordType.metadata
_PAGES = WarcRecordType.response | WarcRecordType.resource
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_CHUNK = re.compile(rb"[0-9A-Fa-f]+[ \t]*[;\r\n]")
_GZIP, _ZSTD, _PLAIN = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"WARC/1."
_CODINGS: dict[str, tuple[bytes, Callable[[BytesIO], WarcReader]]] = {
    "gzip": (_GZIP, GzipReader),
    "x-gzip": (_GZIP, GzipReader),
    "zstd": (_ZSTD, ZstdReader),
    "br": (b"", BrotliReader),
}
"""What a body that is coded begins with, and what decodes it."""
_NEXT_RECORD = b"\r\n\r\nWARC/1."
_MOST_STARTS = 100
"""How many places in a row may look like the beginning of a record and be none. A compressed file has such bytes by
chance once in 16 MB; only one that is made to has a hundred."""
_PIECE = 1 << 20
_REMEDY = "what is sound is read; fetch it again for the rest"


class _Damaged(OSError):
    """Found here as the library's own errors are found there: the record, or what follows it, cannot be followed."""


def unpack_warc(
    stream: IO[bytes],
    where: str,
    options: ReadOptions,
    stretch: Stretch = WHOLE,
    met: Callable[[int, int], None] = lambda number, at: None,
) -> Iterator[Raw | InputError]:
    """The pages of an archive in their order: HTML that the server sent with status 200, or that was put in as such.

    An error for each place where the archive is damaged, and for each page over the limit. At the end a `PassedOver`
    counts what is no such page by its kind; requests, metadata and the archive's own description do not count.
    `met` is told the number and the offset of each record.
    """
    number, at, failures = stretch.before, -1, 0
    if stretch.start:
        stream.seek(stretch.start)
    others = Counter[str]()
    while True:
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                if stretch.end is not None and record.stream_pos >= stretch.end:
                    break
                number, at, failures = number + 1, record.stream_pos, 0
                met(number, at)
                yield from _page(record, f"{where}, record {number}", options, others)
            break
        except OSError as error:
            if not failures:
                yield _damage(where, number, error)
            failures += 1
            at = _next_start(stream, at + 1) if failures < _MOST_STARTS else -1
            if at < 0:
                break
    if others:
        listed = ", ".join(f"{count} {kind}" for kind, count in others.most_common())
        yield PassedOver(where, f"holds what is no page: {listed}")
    elif not number and not failures:
        yield UnreadableFile(where, "is empty", "save it again, or leave it out")


def cut_warc(stream: IO[bytes], most: int, options: ReadOptions) -> list[Stretch]:
    """The stretches of an archive, each of about `most` bytes: the whole is gone through as it will be read."""
    found = [WHOLE]

    def met(number: int, at: int) -> None:
        if at - found[-1].start >= most:
            found[-1] = replace(found[-1], end=at)
            found.append(Stretch(at, None, number - 1))

    for _ in unpack_warc(stream, "", options, met=met):
        pass
    return found


def _damage(where: str, number: int, error: OSError) -> UnreadableFile:
    if not number:
        return UnreadableFile(where, f"is no web archive, or a damaged one ({error})", "check where it came from")
    place = f"{where}, record {number}" if isinstance(error, _Damaged) else f"{where}, after record {number}"
    return UnreadableFile(place, f"the archive is damaged ({error})", _REMEDY)


def _next_start(stream: IO[bytes], start: int) -> int:
    """The next offset from `start` on where a record may begin, and the stream is then there; -1 if there is none."""
    if not stream.seekable():
        return -1
    stream.seek(0)
    first = stream.read(4)
    mark = next((mark for mark in (_GZIP, _ZSTD) if first.startswith(mark)), _PLAIN)
    stream.seek(start)
    before = b""
    while piece := stream.read(_PIECE):
        found = (before + piece).find(mark)
        if found >= 0:
            return stream.seek(start - len(before) + found)
        start += len(piece)
        before = piece[1 - len(mark) :]
    return -1


def _page(record: WarcRecord, where: str, options: ReadOptions, others: Counter[str]) -> Iterator[Raw | InputError]:
    """The page of a record, if it has one; what it is instead is counted. Raises OSError where it is damaged."""
    kind = record.record_type
    if record.record_id is None or "Content-Length" not in record.headers:
        raise _Damaged("its header is cut short")
    if kind & _PAGES and record.content_length <= options.max_bytes:
        other = yield from _opened(record, where, options)
    elif kind & _PAGES:
        yield UnreadableFile(where, f"is larger than {options.max_bytes / 1e6:g} MB", "set FTA_MAX_BYTES to read it")
        other = _skipped(record, "")
    else:
        other = _skipped(record, "" if kind & _BOOKKEEPING else f"{kind} records")
    if other:
        others[other] += 1


def _skipped(record: WarcRecord, kind: str) -> str:
    """Go over a record, and say what it was. Raises OSError if it is shorter than it says."""
    length = record.content_length
    if record.reader.consume(length) < length:
        raise _Damaged(f"it says that it has {length} bytes, and the file ends before")
    return kind


def _opened(record: WarcRecord, where: str, options: ReadOptions) -> Generator[Raw | InputError, None, str]:
    """The page of a record that may be one; returns what it is if not."""
    length = record.content_length
    if record.is_http:
        record.parse_http(strict_mode=False)
        if record.http_headers.status_code is None and length and not record.content_length:
            raise _Damaged(f"it says that it has {length} bytes, and the file ends before")
    length = record.content_length
    body = record.reader.read(length) if length else b""
    sound, next_record, _ = body.partition(_NEXT_RECORD)
    if len(body) < length and not next_record:
        raise _Damaged(f"it says that it has {length} bytes, and the file ends after {len(body)}")
    other = _other(record, sound)
    if not other:
        yield _raw(record, sound, where, options)
    if next_record:
        raise _Damaged(f"it says that it has {length} bytes, and another record begins within them")
    return other


def _other(record: WarcRecord, body: bytes) -> str:
    """What the record is if it is no page; empty if it is one."""
    status = record.http_headers.status_code if record.is_http else _OK
    if status != _OK:
        return f"of status {status}"
    stated = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    content = (stated or "").partition(";")[0].strip().lower()
    is_page = content in _PAGE_TYPES if content else form_of_bytes(body[:FIRST_BYTES]) is Form.HTML
    return "" if is_page else content or "of no stated type"


def _raw(record: WarcRecord, body: bytes, where: str, options: ReadOptions) -> Raw | UnreadableFile:
    try:
        data = _decoded(record, body, options.max_bytes + 1) if record.is_http else body
        check_size(len(data), where, options)
    except UnreadableFile as error:
        return error
    except OSError as error:
        return UnreadableFile(where, f"is not coded as its header says ({error})", "fetch the page again")
    return Raw(
        where,
        "",
        Form.HTML,
        data,
        url=record.headers.get("WARC-Target-URI"),
        retrieved=record.record_date,
        charset=record.http_charset if record.is_http else None,
        origin=Origin.ARCHIVED,
    )


def _decoded(record: WarcRecord, body: bytes, most: int) -> bytes:
    """The body as the server meant it, `most` bytes of it. What is no longer coded, though its header says so, stays:
    crawlers that decode what they fetch keep the header."""
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and _CHUNK.match(body):
        body = _read(ChunkedReader(BytesIO(body)), most)
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    mark, reader = _CODINGS.get(coding, (b"", None))
    return _read(reader(BytesIO(body)), most) if reader and body.startswith(mark) else body


def _read(reader: WarcReader, most: int) -> bytes:
    """What a reader gives, `most` bytes of it: it may give less than asked for at a time."""
    pieces, left = [], most
    while left and (piece := reader.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
