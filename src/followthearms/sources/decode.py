"""From bytes to text. An encoding is taken only when it is certain: a byte mark, the option, UTF-8, a declaration."""

from __future__ import annotations

import codecs

from followthearms.errors import UnreadableFile
from followthearms.sources.options import ReadOptions

_BYTE_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_SAMPLE = 64
"""How many bytes tell UTF-16 without a mark: in that many of an English text every second one is zero."""


def byte_mark(data: bytes) -> str | None:
    """The encoding that the first bytes give away, if they do."""
    return next((encoding for mark, encoding in _BYTE_MARKS if data.startswith(mark)), None)


def decode(data: bytes, where: str, options: ReadOptions, declared: str | None = None) -> str:
    """The text of a file, with line ends made plain. `declared` is what an HTML page says of its encoding.

    Raises `UnreadableFile` for an empty, binary, too large or wrongly encoded file.
    """
    check_size(len(data), where, options)
    if not data.strip():
        raise UnreadableFile(where, "is empty", "save it again, or leave it out")
    certain = byte_mark(data) or options.encoding
    text = _strictly(data, where, certain) if certain else _utf8_or(declared, data, where)
    if "\0" in text:
        raise _binary(data, where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_size(size: int, where: str, options: ReadOptions) -> None:
    """Raise `UnreadableFile` if a text of so many bytes is over the limit."""
    if size > options.max_bytes:
        limit = f"{options.max_bytes / 1e6:g} MB"
        raise UnreadableFile(
            where,
            f"is larger than {limit}, the most that one text may have",
            "split it into articles, or set FTA_MAX_BYTES",
        )


def _utf8_or(declared: str | None, data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared:
            return _strictly(data, where, declared)
        if b"\0" in data:
            raise _binary(data, where) from error
        raise UnreadableFile(
            where,
            f"is not in UTF-8 (byte 0x{data[error.start]:02x} at position {error.start})",
            "give its encoding, such as --encoding cp1252, or save it as UTF-8",
        ) from error


def _binary(data: bytes, where: str) -> UnreadableFile:
    """The error of a file with zero bytes in it: a binary, or UTF-16 that lost its byte mark."""
    for encoding, is_high in (("utf-16-le", 1), ("utf-16-be", 0)):
        if not any(data[is_high:_SAMPLE:2]) and all(data[1 - is_high : _SAMPLE : 2]):
            return UnreadableFile(
                where, f"looks like {encoding} without a byte mark", f"give --encoding {encoding}, or save it as UTF-8"
            )
    return UnreadableFile(where, "is a binary file, not text", "save the article as .txt or .html in UTF-8")


def _strictly(data: bytes, where: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        problem = f"is not in {encoding}, as it claims or as --encoding says ({error})"
        raise UnreadableFile(where, problem, "give the right one with --encoding, or save it as UTF-8") from error
