"""Files, folders and the standard input, each read by its kind. What is wrong with one does not stop the others.

Reading is cut in two: `raw_source` opens, walks folders and cuts files into their inputs, which is cheap; `read_raw`
makes documents of one input, which is not, and can be done elsewhere.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.claimlines import read_claim_lines
from followthearms.sources.decode import decode
from followthearms.sources.html import read_html
from followthearms.sources.options import ReadOptions
from followthearms.sources.plain import read_plain
from followthearms.sources.raw import Form, Raw

STANDARD_INPUT = "-"
_HTML_BEGINS = re.compile(rb"<(!doctype\s+html|html)\b", re.IGNORECASE)

_FORMS = {".txt": Form.TEXT, ".html": Form.HTML, ".htm": Form.HTML, ".jsonl": Form.CLAIMS}
_KINDS = ", ".join(_FORMS)

_READERS: Mapping[Form, Callable[[Raw, ReadOptions], Document]] = {
    Form.TEXT: lambda raw, options: read_plain(decode(raw.data, raw.where, options), raw.where, raw.name, options),
    Form.HTML: lambda raw, options: read_html(raw.data, raw.where, raw.name, options),
}
"""What makes a document of one input of each form; the lines of the claim format are documents already."""


def read_sources(paths: Iterable[str | Path], options: ReadOptions | None = None) -> Iterator[Document | InputError]:
    """The documents of several paths, one after the other; see `read_source`."""
    for path in paths:
        yield from read_source(path, options)


def read_source(path: str | Path, options: ReadOptions | None = None) -> Iterator[Document | InputError]:
    """The documents of a file, of a folder (sorted, with what lies below it) or, for "-", of the standard input.

    Where something cannot be taken in, the stream holds an `InputError` that names it and the remedy.
    In a folder, only files of a known kind are read; hidden ones and links to folders are passed over.
    """
    options = options or ReadOptions()
    for item in raw_source(path, options):
        if isinstance(item, Raw):
            yield from read_raw(item, options)
        else:
            yield item


def read_raw(raw: Raw, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of one input, or why there is none."""
    try:
        yield _READERS[raw.form](raw, options)
    except InputError as error:
        yield error


def raw_source(path: str | Path, options: ReadOptions) -> Iterator[Raw | Document | InputError]:
    """The inputs of a path as `read_source` finds them, still unread; documents where reading them costs little."""
    waiting = [Path(path)]  # a list, as folders may lie in each other more deeply than calls can
    while waiting:
        at = waiting.pop()
        try:
            if str(path) == STANDARD_INPUT:
                yield from _read_stream(sys.stdin.buffer, "standard input", "", None, options)
            elif at.is_dir():
                waiting += reversed(_entries(at))
            else:
                yield from _read_file(at, options)
        except InputError as error:
            yield error
        except OSError as error:
            remedy = "allow yourself to read it" if isinstance(error, PermissionError) else ""
            yield UnreadableFile(_shown(at), f"cannot be read ({error.strerror or error})", remedy)


def _entries(folder: Path) -> list[Path]:
    """What a folder holds to read, sorted. Raises `UnreadableFile` if that is nothing."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    wanted = [
        entry
        for entry in entries
        if (entry.is_dir() and not entry.is_symlink()) or (entry.is_file() and entry.suffix.lower() in _FORMS)
    ]
    if not wanted:
        raise UnreadableFile(_shown(folder), "holds nothing to read", f"these are read: {_KINDS}")
    return wanted


def _read_file(path: Path, options: ReadOptions) -> Iterator[Raw | Document | InputError]:
    where = _shown(path)
    if not path.exists():
        raise UnreadableFile(where, "does not exist", "check the name and the folder you are in")
    form = _FORMS.get(path.suffix.lower())
    if form is None or not path.is_file():
        raise UnreadableFile(where, "is of a kind that is not read", f"these are: {_KINDS}")
    with path.open("rb") as stream:
        yield from _read_stream(stream, where, path.name, form, options)


def _read_stream(
    stream: BinaryIO, where: str, name: str, form: Form | None, options: ReadOptions
) -> Iterator[Raw | Document | InputError]:
    """What a stream holds; without a form, what its first line looks like. At most one text is held in memory."""
    most = options.max_bytes + 1
    first = stream.readline(most)
    form = form or _looks_like(first)
    if form is Form.CLAIMS:
        rest = iter(functools.partial(stream.readline, most), b"")
        yield from read_claim_lines(chain([first] if first else [], rest), where, options)
        return
    yield Raw(where, name, form, first + stream.read(most - len(first)))


def _looks_like(first: bytes) -> Form:
    beginning = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if beginning.startswith(b"{"):
        return Form.CLAIMS
    return Form.HTML if _HTML_BEGINS.match(beginning) else Form.TEXT


def _shown(path: Path) -> str:
    """The path as it can be printed: names that are not UTF-8 come with replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")
