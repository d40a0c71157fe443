"""The content of an answer, within a limit that holds before and after it is unpacked.

Invariant: never more than the limit and one piece is held, however well the content is compressed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_NAMES = frozenset({"gzip", "x-gzip"})
_PLAIN_NAMES = frozenset({"", "identity"})
_GZIP_BEGINS = b"\x1f\x8b"


class BadBody(Exception):
    """A content that is too large, damaged or packed in a way that was not asked for; the message says which."""


def body(pieces: Iterable[bytes], packed: str, most: int) -> bytes:
    """The content of pieces as they come, unpacked if `packed` (Content-Encoding) says so. Raises BadBody."""
    name = packed.strip().lower()
    if name not in _GZIP_NAMES | _PLAIN_NAMES:
        raise BadBody(f"is packed as {name[:40]!r}, which was not asked for")
    content = bytearray()
    for piece in _unpacked(pieces, most) if name in _GZIP_NAMES else pieces:
        content += piece
        if len(content) > most:
            raise BadBody(f"is larger than {most / 1e6:g} MB, the most that is fetched")
    return bytes(content)


def _unpacked(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """What gzip packed, in pieces of at most one byte more than `most`; one part after the other."""
    part = zlib.decompressobj(_GZIP)
    begun = False
    try:
        for piece in pieces:
            rest = piece
            while rest:
                begun = True
                yield part.decompress(rest, most + 1)
                rest = part.unconsumed_tail
                if part.eof:
                    rest = part.unused_data
                    if not rest.startswith(_GZIP_BEGINS):
                        return
                    part = zlib.decompressobj(_GZIP)
    except zlib.error as error:
        raise BadBody(f"is damaged ({error})") from error
    if begun and not part.eof:
        raise BadBody("ends too early")
