"""Zip files of strangers: what they hold is told before it is unpacked, and read only as far as a limit allows.

Invariant: neither the names in such a file nor the sizes that it states are trusted. Names are shown and compared, and
never become paths; sizes are checked, and what is unpacked is counted.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from followthearms.errors import UnreadableFile

MOST_MEMBERS = 10_000
MOST_EXPANSION = 200
"""How many times its size a whole file may unpack to. A document of words and empty table cells reaches 60; what is
made to fill the memory, 1,000."""
_ALWAYS_ALLOWED = 20_000_000
"""Bytes that may be unpacked from however small a file: a page of zeros is no attack."""
_ENTRY_BYTES = 300
"""Of the directory, for one member with a long name."""
_PIECE = 1 << 16
_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64_SIZE = struct.Struct("<40xQ")
_REMEDY = "check where it came from"


def opened_zip(stream: BinaryIO, where: str) -> zipfile.ZipFile:
    """The file, its directory checked. Raises `UnreadableFile` if it is damaged or would unpack to too much."""
    if not stream.seekable():
        raise UnreadableFile(where, "is a zip file, which is read from its end", "save it, and give the file")
    try:
        size = stream.seek(0, 2)
        if _directory_size(stream, size) > MOST_MEMBERS * _ENTRY_BYTES:
            raise UnreadableFile(where, f"is a zip file of more than {MOST_MEMBERS:,} members", _REMEDY)
        opened = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(where, f"is damaged, or no zip file ({error})", "save it again") from error
    members = opened.infolist()
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(where, f"is a zip file of {len(members):,} members", _REMEDY)
    unpacked = sum(member.file_size for member in members)
    if unpacked > max(_ALWAYS_ALLOWED, MOST_EXPANSION * size):
        problem = f"would unpack to {unpacked / 1e6:,.0f} MB, {unpacked / size:,.0f} times its size"
        raise UnreadableFile(where, problem, _REMEDY)
    return opened


def member_bytes(opened: zipfile.ZipFile, name: str, where: str, most: int) -> bytes:
    """What a member holds, in bytes. Raises `UnreadableFile` if it is over `most`, damaged or behind a password."""
    pieces, left = [], most + 1
    try:
        with opened.open(name) as stream:
            while left > 0 and (piece := stream.read(min(left, _PIECE))):  # unpacks no more than is asked for
                pieces.append(piece)
                left -= len(piece)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise UnreadableFile(where, f"is damaged ({error})", "save it again") from error
    except RuntimeError as error:  # how the library says that there is a password
        raise UnreadableFile(where, "is behind a password", "save it without one") from error
    if left <= 0:
        raise UnreadableFile(where, f"holds more than {most / 1e6:g} MB of text", "split it, or set FTA_MAX_BYTES")
    return b"".join(pieces)


def _directory_size(stream: BinaryIO, size: int) -> int:
    """Bytes of the directory as the end of the file states them: the library reads that many at once."""
    tail_size = min(size, _END.size + 0xFFFF)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile("it has no directory")
    stated: int = _END.unpack_from(tail, at)[5]
    if at >= _END64_PLACE.size and tail[at - _END64_PLACE.size :].startswith(b"PK\x06\x07"):
        stream.seek(_END64_PLACE.unpack_from(tail, at - _END64_PLACE.size)[2])
        (stated,) = _END64_SIZE.unpack(stream.read(_END64_SIZE.size))
    return stated
