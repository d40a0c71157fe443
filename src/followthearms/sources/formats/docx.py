"""Word files (.docx): paragraphs and tables in their order, and what the file says of its title and author.

A zip of XML, of which two members are read, within our own limits: the library for it unpacks every member whole before
one can look (docs/decisions/0021-readers.md). Invariant: no entity is expanded and nothing outside the file is loaded;
when the file was made is not the day of publication, and is not taken for it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from followthearms.errors import UnreadableFile
from followthearms.model import Document
from followthearms.sources.article import article
from followthearms.sources.formats.zipped import member_bytes, opened_zip
from followthearms.sources.options import ReadOptions
from followthearms.sources.raw import Raw

_BODY, _CORE = "word/document.xml", "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_TEXT = f"{_W}t"
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOT_SHOWN = frozenset(
    {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_W}del", f"{_W}moveFrom", f"{_W}tabs"}
)
"""What older programs show in place of its neighbour, what was deleted or moved away, and the places of tabulators."""


def read_docx(raw: Raw, options: ReadOptions) -> Iterator[Document]:
    """The document of a Word file. Raises `UnreadableFile` if it is none, is damaged or holds no text."""
    with opened_zip(BytesIO(raw.data), raw.where) as opened:
        body = _tree(opened, _BODY, raw.where, options)
        core = _tree(opened, _CORE, raw.where, options) if _CORE in opened.namelist() else None
    text = "\n\n".join(filter(None, map(str.strip, _blocks(body))))
    if not text:
        raise UnreadableFile(raw.where, "holds no text", "if it holds pictures of pages, have their text recognised")
    said = {name: (core.findtext(f"{_DC}{name}") or "") if core is not None else "" for name in ("title", "creator")}
    yield article(
        text,
        raw.name,
        options,
        title=said["title"],
        authors=said["creator"].split(";"),
        url=raw.url,
    )


def _tree(opened: zipfile.ZipFile, name: str, where: str, options: ReadOptions) -> etree._Element:
    if name not in opened.namelist():
        raise UnreadableFile(where, f"is no Word file: it holds no {name}", "save it as .docx or .txt")
    data = member_bytes(opened, name, where, options.max_bytes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(where, f"is damaged ({error})", "save it again") from error
    if tree.getroottree().docinfo.doctype:
        raise UnreadableFile(where, "declares a document type, which no Word file does", "check where it came from")
    return tree


def _blocks(at: etree._Element) -> Iterator[str]:
    """The paragraphs below an element, and its tables: a line for each row, with tabs between the cells."""
    for child in at:
        if child.tag == _PARAGRAPH:
            yield "".join(_words(child))
        elif child.tag == _TABLE:
            rows = (child_row.iterfind(_CELL) for child_row in child.iterfind(_ROW))
            yield "\n".join("\t".join(" ".join(" ".join(_blocks(cell)).split()) for cell in row) for row in rows)
        elif child.tag not in _NOT_SHOWN:
            yield from _blocks(child)


def _words(at: etree._Element) -> Iterator[str]:
    """The text of a paragraph, with that of the boxes anchored in it; what was deleted or moved away is not in it."""
    for child in at:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _NOT_SHOWN:
            yield " " if child.tag == _PARAGRAPH else ""
            yield from _words(child)
