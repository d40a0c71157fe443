"""Files, folders and the standard input, each read by its kind. What is wrong with one does not stop the others.

Reading is cut in two: `raw_source` opens, walks folders and cuts files into their inputs, which is cheap; `read_raw`
makes documents of one input, which is not, and can be done elsewhere.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BufferedReader, BytesIO
from pathlib import Path

from followthearms.errors import InputError, PassedOver, UnreadableFile
from followthearms.model import Document
from followthearms.sources.formats.ris import attached_files
from followthearms.sources.forms import ENDINGS, FIRST_BYTES, form_of_bytes, form_of_name
from followthearms.sources.options import ReadOptions, document_id
from followthearms.sources.raw import Form, Raw, whole
from followthearms.sources.readers import CUTTERS, READERS, STRETCHED, UNPACKERS, Made
from followthearms.sources.streams import forwards
from followthearms.sources.stretches import WHOLE, Stretch

STANDARD_INPUT = "-"

Seen = Callable[[int], None]
"""Is told of bytes."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def read_sources(paths: Iterable[str | Path], options: ReadOptions | None = None) -> Iterator[Document | InputError]:
    """The documents of several paths, one after the other; see `read_source`."""
    for path in paths:
        yield from read_source(path, options)


def read_source(path: str | Path, options: ReadOptions | None = None) -> Iterator[Document | InputError]:
    """The documents of a file, of a folder (sorted, with what lies below it), of an address (https://…; of a feed, the
    pages that it links to) or, for "-", of the standard input.

    Where something cannot be taken in, the stream holds an `InputError` that names it and the remedy; what holds no
    article is counted in a `PassedOver`. In a folder, only files of a known kind are read; hidden ones and links to
    folders are passed over.
    """
    options = options or ReadOptions()
    for item in raw_source(path, options):
        if isinstance(item, Raw):
            yield from read_raw(item, options)
        else:
            yield item


def read_raw(raw: Raw, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of one input and of what is attached to it, or why there is none."""
    waiting: list[Raw] = [raw]
    while waiting:
        at = waiting.pop()
        found: list[Raw] = []
        try:
            for item in _made(at, options):
                if isinstance(item, Raw):
                    found.append(item)
                elif isinstance(item, Document):
                    yield _with_what_is_known(item, at)
                else:
                    yield item
        except InputError as error:
            yield error
        waiting += reversed(found)


def raw_source(path: str | Path, options: ReadOptions, seen: Seen = lambda _: None) -> Made:
    """The inputs of a path as `read_source` finds them, still unread; documents where reading them costs little.

    `seen` is told, before each input, how many bytes of files it took to come to it from the one before.
    """
    if is_address(path):
        yield from _fetched(str(path), options)
        return
    if str(path) == STANDARD_INPUT:
        stream = forwards(sys.stdin.buffer, FIRST_BYTES)
        yield from _told(Path(path), lambda: _read_stream(stream, "standard input", "", None, options))
        return
    for at in listed(path, options):
        if isinstance(at, Path):
            yield from _told(at, partial(_read_file, at, options, seen))
        else:
            yield at


def is_address(path: str | Path) -> bool:
    """Whether it is no path but an address (https://…)."""
    return bool(_ADDRESS.match(str(path)))


def listed(path: str | Path, options: ReadOptions) -> Iterator[Path | InputError]:
    """The files that `raw_source` reads at a path, in its order, and what is wrong with its folders."""
    waiting = [Path(path)]  # a list, as folders may lie in each other more deeply than calls can
    attached: set[Path] = set()  # comes with the records of a reference manager
    while waiting:
        at = waiting.pop()
        try:
            if at.is_dir():
                entries, others = _entries(at)
                attached |= {file for entry in entries for file in _attached(entry, options)}
                waiting += reversed(entries)
                yield from others
            elif not attached or at.resolve() not in attached:
                yield at
        except InputError as error:
            yield error
        except OSError as error:
            yield _refused(at, error)


def read_stretch(path: Path, stretch: Stretch, options: ReadOptions) -> Made:
    """The inputs of a stretch of a file, as `raw_source` finds them in the whole."""

    def read() -> Made:
        with path.open("rb") as stream:
            yield from STRETCHED[_form(path, stream)](stream, _shown(path), options, stretch)

    yield from _told(path, read)


def stretches(path: Path, most: int, options: ReadOptions) -> list[Stretch]:
    """A file cut into stretches of about `most` bytes each; a single one if it is no larger, or of a kind that can
    only be read from its beginning. A web archive is gone through for that."""
    try:
        if path.stat().st_size <= most:
            return [WHOLE]
        with path.open("rb") as stream:
            cut = CUTTERS.get(_form(path, stream))
            return cut(stream, most, options) if cut else [WHOLE]
    except (OSError, InputError):  # reading it will tell what is wrong
        return [WHOLE]


def _told(at: Path, read: Callable[[], Made]) -> Made:
    """What is read, and at last what stopped it."""
    try:
        yield from read()
    except InputError as error:
        yield error
    except OSError as error:
        yield _refused(at, error)


def _refused(at: Path, error: OSError) -> UnreadableFile:
    remedy = "allow yourself to read it" if isinstance(error, PermissionError) else ""
    return UnreadableFile(_shown(at), f"cannot be read ({error.strerror or error})", remedy)


def _fetched(url: str, options: ReadOptions) -> Made:
    from followthearms.sources.web import raw_address  # with it comes the network, which few readings need

    yield from raw_address(url, options)


def size_of(path: str | Path) -> int | None:
    """The bytes of the files that `raw_source` reads at a path; null where that cannot be told beforehand."""
    at = Path(path)
    files = at.rglob("*") if at.is_dir() else [at]
    try:
        sizes = [file.stat().st_size for file in files if file.is_file() and (file == at or form_of_name(file.name))]
    except OSError:  # reading will tell what is wrong with it
        return None
    return sum(sizes) or None


def _made(raw: Raw, options: ReadOptions) -> Made:
    if raw.form in READERS:
        return READERS[raw.form](raw, options)
    return UNPACKERS[raw.form](BytesIO(raw.data), raw.where, options)


def _with_what_is_known(document: Document, raw: Raw) -> Document:
    """A document with what is known of its copy, and with what somebody stated of it beside the file."""
    if raw.form not in READERS:  # its rows and pages are inputs of their own
        return document
    unsaid = {name: value for name, value in raw.otherwise.items() if not getattr(document, name)}
    made = document.model_copy(update={"raw_hash": raw.hash, "retrieved": raw.retrieved, **unsaid, **raw.stated})
    origin = made.url or made.outlet or raw.name
    return made.model_copy(update={"id": document_id(made.text, origin)}) if raw.stated else made


def _entries(folder: Path) -> tuple[list[Path], list[PassedOver]]:
    """What a folder holds to read, sorted, and a count of what else. Raises `UnreadableFile` if there is nothing."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    wanted = [
        entry
        for entry in entries
        if (entry.is_dir() and not entry.is_symlink()) or (entry.is_file() and form_of_name(entry.name))
    ]
    if not wanted:
        raise UnreadableFile(_shown(folder), "holds nothing to read", f"these are read: {ENDINGS}")
    others = Counter(_kind(entry) for entry in entries if entry not in set(wanted))
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
    told = PassedOver(_shown(folder), f"holds what is of no kind that is read: {listed}")
    return wanted, [told] if others else []


def _attached(entry: Path, options: ReadOptions) -> set[Path]:
    return attached_files(entry, options) if form_of_name(entry.name) is Form.REFERENCES and entry.is_file() else set()


def _kind(entry: Path) -> str:
    if entry.is_symlink():
        return "link to a folder" if entry.is_dir() else "broken link"
    return entry.suffix.lower() or "without an ending"


def _read_file(path: Path, options: ReadOptions, seen: Seen) -> Made:
    where = _shown(path)
    if not path.exists():
        raise UnreadableFile(where, "does not exist", "check the name and the folder you are in")
    if not path.is_file():
        raise UnreadableFile(where, "is of a kind that is not read", f"these are: {ENDINGS}")
    with path.open("rb") as stream:
        form = _form(path, stream)
        if form is None and path.suffix:
            raise UnreadableFile(where, "is of a kind that is not read", f"these are: {ENDINGS}")
        before = 0
        for item in _read_stream(stream, where, path.name, form, options):
            at = stream.tell()
            seen(max(0, at - before))  # in a ZIP file it goes back and forth
            before = max(at, before)
            yield item


def _form(path: Path, stream: BufferedReader) -> Form | None:
    return form_of_name(path.name) or form_of_bytes(stream.peek(FIRST_BYTES)[:FIRST_BYTES])


def _read_stream(stream: BufferedReader, where: str, name: str, form: Form | None, options: ReadOptions) -> Made:
    """What a stream holds; what says nothing of itself is text. At most one text is held in memory, or one file."""
    form = form or form_of_bytes(stream.peek(FIRST_BYTES)[:FIRST_BYTES]) or Form.TEXT
    if form in UNPACKERS:
        yield from UNPACKERS[form](stream, where, options)
        return
    yield whole(stream, where, name, form, options)


def _shown(path: Path) -> str:
    """The path as it can be printed: names that are not UTF-8 come with replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")
