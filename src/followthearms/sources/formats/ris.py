"""RIS, as Zotero and other reference managers export it: records of publications, with abstracts and attached files.

Invariant: a file that a record names is read only if it lies in the folder of the .ris file or below it, whatever the
name says and wherever links lead.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from followthearms.errors import InputError, PassedOver, UnreadableFile
from followthearms.model import Document
from followthearms.sources.article import article
from followthearms.sources.days import stated_day
from followthearms.sources.forms import form_of_name
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.raw import WHOLE, Raw, whole
from followthearms.sources.text.decode import decoded

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_MARKUP = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:(?=//|[^\\])", re.IGNORECASE)
_TITLE, _OUTLET, _DATE = ("TI", "T1"), ("T2", "JO", "JF", "JA", "PB"), ("DA", "Y1", "PY")
_AUTHORS, _TEXT, _FILES = ("AU", "A1"), ("AB", "N2", "N1", "RN"), ("L1",)
"""The tags of each field; of those that hold one value, the first that is given counts."""

Record = Mapping[str, Sequence[str]]


def unpack_ris(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Document | Raw | InputError]:
    """The files that are attached to each record, with what the record says of them; where none is there, its
    abstract and notes. Records with neither are counted.

    Raises `UnreadableFile` if the file is too large, no text or holds no record.
    """
    name = getattr(stream, "name", None)
    folder = Path(name).resolve().parent if isinstance(name, str) else None
    bare, number = 0, 0
    for number, record in enumerate(_records(stream, where, options), 1):
        place = f"{where}, record {number}"
        stated = _stated(record, options)
        found = [_attached(file, folder, place, stated, options) for file in _all(record, _FILES)]
        yield from found
        text = "\n\n".join(filter(None, map(_plain, _all(record, _TEXT))))
        if text and not any(isinstance(file, Raw) for file in found):
            yield article(text, "", options).model_copy(update=stated)
        bare += not text and not found
    if not number:
        raise UnreadableFile(where, "holds no record", "export it again as RIS")
    if bare:
        yield PassedOver(where, f"holds {bare} records without abstract, notes or attached files")


def attached_files(path: Path, options: ReadOptions) -> set[Path]:
    """The files that the records of a .ris file bring, which are not to be read once more beside it."""
    with path.open("rb") as stream:
        try:
            records = list(_records(stream, str(path), options))
        except InputError:  # told when the file itself is read
            return set()
    places = (_place(file, path.resolve().parent) for record in records for file in _all(record, _FILES))
    return {place for place in places if place}


def _records(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Record]:
    text = decoded(stream.read(options.max_bytes + 1), where, options).text
    record: dict[str, list[str]] = {}
    last: list[str] = []
    for line in text.split("\n"):
        found = _TAG.match(line)
        if not found:
            if last and line.strip():
                last[-1] += f"\n{line}"  # a note goes on
        elif found[1] == "ER":
            if record:
                yield record
            record, last = {}, []
        else:
            last = record.setdefault(found[1], [])
            last.append(found[2] or "")
    if record:
        yield record


def _all(record: Record, tags: Sequence[str]) -> list[str]:
    return [value.strip() for tag in tags for value in record.get(tag, ()) if value.strip()]


def _stated(record: Record, options: ReadOptions) -> dict[str, Any]:
    """The fields of a document that a record states; with `--date`, not the day."""
    title, outlet, address = (" ".join(_all(record, tags)[:1]) for tags in (_TITLE, _OUTLET, ("UR",)))
    day = next(filter(None, map(stated_day, _all(record, _DATE))), None)
    stated: dict[str, Any] = {
        "title": title,
        "outlet": outlet,
        "url": address,
        "authors": tuple(_all(record, _AUTHORS)),
    }
    if day and not options.date:
        stated |= {"date": day, "date_basis": DateBasis.METADATA}
    return {field: value for field, value in stated.items() if value}


def _plain(words: str) -> str:
    """A note without its markup, paragraphs kept."""
    return html.unescape(_MARKUP.sub("", re.sub(r"</p>|<br\s*/?>", "\n", words))).strip()


def _attached(
    file: str, folder: Path | None, where: str, stated: Mapping[str, Any], options: ReadOptions
) -> Raw | InputError:
    """An attached file, still to be read, or why it is not read."""
    where = f"{where}, attached {file}"
    if _ADDRESS.match(file):
        return PassedOver(where, "is an address, which is not fetched")
    if folder is None:
        return UnreadableFile(where, "no folder is known in which it lies", "give the .ris file itself")
    form = form_of_name(file)
    if form not in WHOLE:
        return PassedOver(where, "is of no kind that is read as an attached file")
    place = _place(file, folder)
    if place is None:
        return UnreadableFile(where, "is not in the folder of the .ris file", "export it anew together with its files")
    try:
        with place.open("rb") as stream:
            return whole(stream, where, place.name, form, options, stated)
    except OSError as error:
        return UnreadableFile(where, f"cannot be read ({error.strerror})")
    except InputError as error:
        return error


def _place(file: str, folder: Path) -> Path | None:
    """Where an attached file lies, if that is in the folder or below it."""
    name = unquote(file.removeprefix("file://")) if file.startswith("file:") else file
    try:
        place = (folder / name.replace("\\", "/")).resolve()
        return place if place.is_relative_to(folder) and place.is_file() else None
    except (OSError, ValueError):  # a name that none can have: too long, with a zero byte in it
        return None
