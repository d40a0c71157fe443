"""Collections of web archives (WACZ): a zip file with archives in it. Its index is not needed, and not believed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from followthearms.errors import InputError, UnreadableFile
from followthearms.sources.formats.warc import unpack_warc
from followthearms.sources.formats.zipped import opened_zip
from followthearms.sources.options import ReadOptions
from followthearms.sources.raw import Raw

_ARCHIVE = re.compile(r"\.warc(\.gz|\.zst)?\Z", re.IGNORECASE)


def unpack_wacz(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Raw | InputError]:
    """The pages of each archive in the collection, by name; see `unpack_warc`. Raises `UnreadableFile` if it is no such
    file, unpacks to too much or holds no archive."""
    with opened_zip(stream, where) as collection:
        archives = sorted(name for name in collection.namelist() if _ARCHIVE.search(name))
        if not archives:
            raise UnreadableFile(where, "is a zip file without web archives in it", "save what it holds as files")
        for name in archives:
            yield from _archive(collection, name, f"{where}, {name}", options)


def _archive(collection: zipfile.ZipFile, name: str, where: str, options: ReadOptions) -> Iterator[Raw | InputError]:
    try:
        archive = collection.open(name)
    except RuntimeError:  # how the library says that there is a password
        yield UnreadableFile(where, "is behind a password", "save it without one")
        return
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield UnreadableFile(where, f"is damaged ({error})", "fetch it again")
        return
    with archive:
        try:
            yield from unpack_warc(archive, where, options)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            yield UnreadableFile(where, f"is damaged ({error})", "what is sound is read; fetch it again for the rest")
