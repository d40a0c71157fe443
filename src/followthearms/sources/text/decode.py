"""From bytes to text: by a byte mark, by the option, as UTF-8, as declared, or by looking at the bytes, in this order.

Invariant: where the bytes are not what they claim, or claim nothing, the result says how they were read.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from followthearms.errors import UnreadableFile
from followthearms.sources.options import ReadOptions

_BYTE_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # that it is declared could be read, so it isn't
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What a declaration means, by Python's names, where browsers take it for more (WHATWG Encoding Standard, 4.2)."""

_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
"""Encodings whose bytes pass as ASCII."""
_SHIFTS = re.compile(rb"\x1b[$(]|~\{")

_SAMPLE = 64
"""How many bytes tell UTF-16 without a mark: in that many of an English text every second one is zero."""
_DETECTED_FROM = 8_192
"""Bytes, from the first that is not ASCII, by which an encoding is detected; detection takes 5 ms for them."""
_FEWEST_BYTES = 32
_MOSTLY_ASCII = 0.75
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS = re.compile("[\x80-\x9f]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_PROVEN = 2
"""How many characters of UTF-8 there must be for each byte out of place."""
_WESTERN = "cp1252"


class Decoded(NamedTuple):
    """A text with plain line ends, and how its bytes were read where they are not what they claim or claim nothing."""

    text: str
    encoding: str | None


def byte_mark(data: bytes) -> str | None:
    """The encoding that the first bytes give away, if they do."""
    return next((encoding for mark, encoding in _BYTE_MARKS if data.startswith(mark)), None)


def decoded(data: bytes, where: str, options: ReadOptions, declared: str | None = None) -> Decoded:
    """The text of a file. `declared` is what the sender or the page says of its encoding.

    Raises `UnreadableFile` for an empty, binary or too large file, and for one whose encoding cannot be told.
    """
    check_size(len(data), where, options)
    if not data.strip(b" \t\r\n\f\v\0"):
        raise UnreadableFile(where, "is empty", "save it again, or leave it out")
    certain = byte_mark(data) or options.encoding
    text, told = (_strictly(data, where, certain), None) if certain else _by_its_bytes(data, where, declared)
    if "\0" in text:
        raise _binary(data, where)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), told)


def check_size(size: int, where: str, options: ReadOptions) -> None:
    """Raise `UnreadableFile` if a text of so many bytes is over the limit."""
    if size > options.max_bytes:
        limit = f"{options.max_bytes / 1e6:g} MB"
        raise UnreadableFile(
            where,
            f"is larger than {limit}, the most that one text may have",
            "split it into articles, or set FTA_MAX_BYTES",
        )


def _by_its_bytes(data: bytes, where: str, declared: str | None) -> tuple[str, str | None]:
    """The text, and how it was read where that has to be told."""
    named = _codec(declared)
    if named in _SEVEN_BITS and _SHIFTS.search(data) and (text := _tried(data, named)) is not None:
        return text, None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, where, declared, named, error)
    is_told = declared is not None and named != "utf-8" and not data.isascii()
    return text, f"utf-8, though {declared} is declared" if is_told else None


def _not_utf8(
    data: bytes, where: str, declared: str | None, named: str | None, error: UnicodeDecodeError
) -> tuple[str, str | None]:
    if b"\0" in data:
        raise _binary(data, where) from error
    if named and named != "utf-8" and (text := _tried(data, named)) is not None:
        return text, None if _keeps_its_word(data, declared) else f"{named}, though {declared} is declared"
    though = f"though {declared} is declared" if declared else "as nothing is declared"
    mixed, strange = _mixed(data)
    if mixed is not None:
        return mixed, f"utf-8, with {strange} bytes that are not, read as {_WESTERN}"
    text, found = _detected(data)
    if text is None:
        raise UnreadableFile(
            where,
            f"is not in UTF-8 (byte 0x{data[error.start]:02x} at position {error.start}), {though}",
            "give its encoding, such as --encoding cp1252, or save it as UTF-8",
        ) from error
    return text, f"{found} by its bytes, {though}"


def _plain_codec(label: str | None) -> str | None:
    """The name that Python has for a label, or None if it has no such encoding of text."""
    try:
        name = codecs.lookup((label or "").strip()).name
        b"text".decode(name, "replace")
    except (LookupError, ValueError):  # no encoding, or not one of text; ValueError: a zero byte in the label
        return None
    return name


def _codec(label: str | None) -> str | None:
    """The encoding that is meant by a label, as browsers understand it."""
    name = _plain_codec(label)
    return _AS_BROWSERS_DO.get(name, name) if name else None


def _keeps_its_word(data: bytes, declared: str | None) -> bool:
    """True if the bytes are text in the very encoding that is declared; the control characters of ISO 8859 are none."""
    plain = _plain_codec(declared)
    text = _tried(data, plain) if plain else None
    return text is not None and not _CONTROLS.search(text)


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _mixed(data: bytes) -> tuple[str | None, int]:
    """A text that is UTF-8 but for few bytes, and how many those are; pages are put together by machines that disagree.

    None where most of what is not ASCII is out of place: then it is another encoding.
    """
    text = data.decode("utf-8", "surrogateescape")
    strange = sum(map(len, _ESCAPED.findall(text)))
    if sum(not char.isascii() for char in text) <= _PROVEN * strange:
        return None, strange
    western = _ESCAPED.sub(lambda odd: odd[0].encode("utf-8", "surrogateescape").decode(_WESTERN, "replace"), text)
    return western, strange


def _detected(data: bytes) -> tuple[str | None, str]:
    """The text by what its bytes look like, and the name of that encoding.

    Text that is mostly ASCII is taken for Western European, as browsers do: too few of its bytes could tell more.
    """
    ascii_share = sum(byte < 0x80 for byte in data[:_DETECTED_FROM]) / len(data[:_DETECTED_FROM])
    first = next(n for n, byte in enumerate(data) if byte >= 0x80)
    around = data[max(0, first - _DETECTED_FROM // 8) :][:_DETECTED_FROM]
    if ascii_share >= _MOSTLY_ASCII and (text := _tried(data, _WESTERN)) is not None and not _BINARY.search(text):
        return text, _WESTERN
    if len(around) >= _FEWEST_BYTES and (best := from_bytes(around).best()) is not None:
        text = _tried(data, best.encoding)
        if text is not None and not _BINARY.search(text):
            return text, best.encoding
    return None, ""


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
