"""A web page: its main text and what it says of itself. Offsets are into the extracted text.

The page is never trusted as HTML again: only text leaves this module. It is parsed once.
"""

from __future__ import annotations

import datetime as dt
import html
import logging
import re
from typing import Any

import trafilatura
from lxml import etree
from lxml.html import HTMLParser, document_fromstring
from trafilatura.settings import Document as Extracted

from followthearms.errors import UnreadableFile
from followthearms.model import Document
from followthearms.sources.metadata import page_metadata
from followthearms.sources.options import ReadOptions, document_id, publication
from followthearms.sources.text.decode import decoded
from followthearms.sources.text.language import language_of
from followthearms.sources.text.mending import mend

for _library in ("trafilatura", "htmldate"):  # they log what our own error says better
    logging.getLogger(_library).addHandler(logging.NullHandler())

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096
_NO_ARTICLE, _SAVE_AS_TEXT = "no article was found in the page", "save its text as .txt"
_MOST_ELEMENTS = 100_000
"""The main text is searched for in ten seconds among so many. A long parliamentary debate has a third of that."""
_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(map(chr, range(0x80, 0xA0)))
"""Characters that the extraction of the main text drops without a word."""
_STAND_INS = "".join(map(chr, range(0x4DC0, 0x4DC0 + len(_DROPPED))))
"""What they are carried through it as: hexagrams of the I Ching, which it keeps. A page's own are left out."""
_THERE, _BACK = str.maketrans(_DROPPED, _STAND_INS), str.maketrans(_STAND_INS, _DROPPED)
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
NOT_XML = re.compile(f"[{_CONTROLS}]")
"""Characters that no markup may hold, and that the parser refuses."""
_ODD = re.compile(f"[{_CONTROLS}{_STAND_INS}{_DROPPED}]")
_REFUSED = re.compile(f"[{_CONTROLS}{_STAND_INS}]")
_ENTITY = re.compile("&(?:shy|zwn?j|[lr]rm|#(?:173|820[3-7]|8288|65279)|#x(?:ad|200[b-f]|2060|feff));", re.IGNORECASE)


def read_html(
    data: bytes,
    where: str,
    name: str,
    options: ReadOptions,
    *,
    url: str | None = None,
    retrieved: dt.datetime | None = None,
    declared: str | None = None,
) -> Document:
    """The document of one page. `name` is the file's bare name, `where` its full name for errors.

    `url` is where it was found and `retrieved` when (UTC); `declared` is the encoding that its sender names.
    Raises `UnreadableFile` if it cannot be decoded, is nested too deeply or holds no article.
    """
    page, encoding = decoded(data, where, options, declared or declared_in(data))
    tree = _parsed(page, where)
    stated = page_metadata(tree, url, retrieved)
    text, mended = mend(_article(tree, where))
    date, basis = publication(options, stated.date, stated.basis, stated.url)
    return Document(
        id=document_id(text, stated.url or stated.outlet or name),
        title=_clean(stated.title),
        authors=tuple(filter(None, map(_clean, stated.authors))),
        date=date,
        date_basis=basis,
        outlet=_clean(stated.outlet),
        url=stated.url,
        language=language_of(text) or stated.language,
        licence=_clean(stated.licence),
        retrieved=retrieved,
        encoding=encoding,
        text=text,
        mended=mended,
    )


def declared_in(data: bytes) -> str | None:
    """The encoding that a page says it is in."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _parsed(page: str, where: str) -> Any:
    """The tree of a page. Raises `UnreadableFile` if there is none, or if it is so deep that the parser cut it off."""
    if _ODD.search(page):  # rarely: one look is three times as fast as mending what needs none
        page = _REFUSED.sub("", page).translate(_THERE)
    page = _ENTITY.sub(lambda entity: html.unescape(entity[0]).translate(_THERE), page)
    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
        huge_tree=True,  # 2,048 levels instead of 256, which tags that were never closed come to
    )
    try:
        tree = document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(where, _NO_ARTICLE, _SAVE_AS_TEXT) from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UnreadableFile(where, "its tags are nested deeper than 2,048 levels", _SAVE_AS_TEXT)
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise UnreadableFile(where, f"has more than {_MOST_ELEMENTS:,} elements, as no article has", _SAVE_AS_TEXT)
    return tree


def _article(tree: Any, where: str) -> str:
    """The main text. Raises `UnreadableFile` if there is none."""
    found = trafilatura.bare_extraction(tree, include_comments=False)
    text = (found.text or "").strip() if isinstance(found, Extracted) else ""
    if not text:
        raise UnreadableFile(where, _NO_ARTICLE, _SAVE_AS_TEXT)
    return text.translate(_BACK)


def _clean(words: str | None) -> str | None:
    return mend(words.translate(_BACK))[0].strip() or None if words else None
