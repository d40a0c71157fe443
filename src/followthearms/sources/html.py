"""A saved web page: its main text and what its metadata say. Offsets are into the extracted text.

The page is never trusted as HTML again: only text leaves this module.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

import trafilatura
from trafilatura.settings import Document as Extracted

from followthearms.errors import UnreadableFile
from followthearms.model import Document
from followthearms.sources.decode import decode
from followthearms.sources.options import DateBasis, ReadOptions, document_id, iso_day, publication

for _library in ("trafilatura", "htmldate"):  # they log what our own error says better
    logging.getLogger(_library).addHandler(logging.NullHandler())

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DATE_NAMES = (  # of <meta name|property|itemprop>: the day of publication, never that of a change
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
)
_NO_ARTICLE, _SAVE_AS_TEXT = "no article was found in the page", "save its text as .txt"
_QUICK_DATES = {"extensive_search": False, "original_date": True}  # what it finds is not used: see `_published`


def read_html(data: bytes, where: str, name: str, options: ReadOptions) -> Document:
    """The document of one page. `name` is the file's bare name, `where` its full name for errors.

    Raises `UnreadableFile` if it cannot be decoded or holds no article.
    """
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    page = decode(data, where, options, declared[1].decode("ascii", "replace") if declared else None)
    tree = trafilatura.load_html(page)
    if tree is None:
        raise UnreadableFile(where, _NO_ARTICLE, _SAVE_AS_TEXT)
    stated, language = _published(tree), re.match("[A-Za-z]{2,3}", tree.get("lang") or "")
    found = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=_QUICK_DATES
    )
    text = (found.text or "").strip() if isinstance(found, Extracted) else ""
    if not isinstance(found, Extracted) or not text:
        raise UnreadableFile(where, _NO_ARTICLE, _SAVE_AS_TEXT)
    outlet = found.sitename or found.hostname
    date, basis = publication(options, stated, DateBasis.METADATA, found.url)
    return Document(
        id=document_id(text, found.url or outlet or name),
        title=found.title,
        date=date,
        date_basis=basis,
        outlet=outlet,
        url=found.url,
        language=language[0].lower() if language else None,
        licence=found.license,
        text=text,
    )


def _published(tree: Any) -> dt.date | None:
    """The day of publication that the page states in its metadata.

    Ours, because the library's search also guesses from the text and depends on today's date.
    """
    stated: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            stated.setdefault((meta.get(attribute) or "").lower(), meta.get("content") or "")
    candidates = [stated.get(name, "") for name in _DATE_NAMES]
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        candidates += _JSON_LD_DATE.findall(script.text or "")
    candidates += tree.xpath(".//time[@pubdate or @itemprop='datePublished']/@datetime")
    return next((day for day in map(iso_day, candidates) if day), None)
