"""RSS and Atom: what a feed tells of each article, and lists of feeds (OPML).

Invariant: no entity that a feed defines is expanded, and nothing that it names is opened.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.article import article
from followthearms.sources.days import stated_day
from followthearms.sources.formats.html import NOT_XML
from followthearms.sources.options import DateBasis, ReadOptions
from followthearms.sources.raw import Raw

_MOST_BYTES = 5_000_000
_MOST_ENTRIES = 2_000
"""A feed has tens of entries; reading so many takes two seconds."""
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b")
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split()
)
_NO_TEXT = ("script", "style", "iframe", "object", "svg", "template")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of one article. `url` is its page; `text` may be a summary, or nothing."""

    title: str | None
    url: str | None
    authors: tuple[str, ...]
    date: dt.date | None
    licence: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, and its entries in their order."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in a list of feeds."""

    title: str | None
    url: str


def read_feed(raw: Raw, options: ReadOptions) -> Iterator[Document | InputError]:
    """The articles of a feed as far as it tells them itself; an error for each that is only linked to."""
    feed = parse_feed(raw.data, raw.where, raw.url)
    for number, entry in enumerate(feed.entries, 1):
        if not entry.text:
            told = "give the address of the feed instead of a file, so that its pages are fetched"
            yield UnreadableFile(f"{raw.where}, entry {number}", "is linked to, and not told", told)
            continue
        yield article(
            entry.text,
            f"{raw.name}, {entry.title}",
            options,
            title=entry.title,
            authors=entry.authors,
            published=(entry.date, DateBasis.FEED),
            outlet=feed.title,
            url=entry.url,
            licence=entry.licence,
        )


def parse_feed(data: bytes, where: str, url: str | None = None) -> Feed:
    """The feed that the bytes hold; `url` is where it was found. Raises `UnreadableFile` if they hold none."""
    import feedparser  # a tenth of a second, which only feeds need

    _check(data, where, "a feed")
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise UnreadableFile(where, "is no feed", "give the address of an RSS or Atom feed")
    known = found.feed
    base = url or _web_address(known.get("link"), None)
    entries = tuple(_entry(one, known, base, str(found.get("version") or "")) for one in found.entries)
    return Feed(_line(known.get("title")), _line(known.get("language")), entries)


def parse_opml(data: bytes, where: str) -> tuple[Subscription, ...]:
    """The feeds of a list of feeds, each once. Raises `UnreadableFile` if the bytes hold no such list."""
    _check(data, where, "a list of feeds")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            where, f"is no OPML ({error.msg})", "export the list anew from your feed reader"
        ) from error
    found = {
        address: Subscription(_line(outline.get("title") or outline.get("text")), address)
        for outline in root.iter("outline")
        if (address := _web_address(outline.get("xmlUrl"), None))
    }
    if etree.QName(root).localname.lower() != "opml" or not found:
        raise UnreadableFile(where, "names no feeds", "export the list as OPML from your feed reader")
    return tuple(found.values())


def _check(data: bytes, where: str, what: str) -> None:
    """Raise `UnreadableFile` for what would take long, or is built to."""
    if len(data) > _MOST_BYTES or len(_ENTRY.findall(data)) > _MOST_ENTRIES:
        limits = f"{_MOST_BYTES / 1e6:g} MB or {_MOST_ENTRIES:,} entries"
        raise UnreadableFile(where, f"is larger than {what} may be ({limits})", "split it")
    if _ENTITY.search(data):
        raise UnreadableFile(where, "defines entities, which may expand without end", "save it without its DOCTYPE")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    with contextlib.suppress(
        etree.XMLSyntaxError
    ):  # feeds are broken more often than not; only their depth matters here
        etree.fromstring(data, parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile(where, "is nested deeper than 256 levels", "save it anew from its site")


def _entry(entry: Any, feed: Any, base: str | None, version: str) -> Entry:
    content = next((one.get("value") for one in entry.get("content", ()) if one.get("value")), None)
    stated = entry.get("published") or (entry.get("updated") if not version.startswith("atom") else None)
    return Entry(
        title=_line(entry.get("title")),
        url=_web_address(entry.get("link"), base),
        authors=tuple(name for one in entry.get("authors", ()) if (name := _line(one.get("name")))),
        date=stated_day(stated or ""),
        licence=_line(entry.get("license") or entry.get("rights") or feed.get("license") or feed.get("rights")),
        text=_text(content or entry.get("summary") or ""),
    )


def _text(fragment: str) -> str:
    """The words of a fragment of HTML, its blocks on lines of their own."""
    if not fragment.strip():
        return ""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    tree = html.fragment_fromstring(NOT_XML.sub("", fragment).encode(), create_parent="div", parser=parser)
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines))


def _line(words: str | None) -> str | None:
    """Words without markup, on one line; null where there are none."""
    return " ".join(_text(words).split()) or None if words else None


def _web_address(stated: str | None, base: str | None) -> str | None:
    """An address of the web in full, or null."""
    if not (stated or "").strip():
        return None
    try:
        whole = urljoin(base or "", (stated or "").strip())
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else None
    except ValueError:  # no address at all, such as "http://[x"
        return None
