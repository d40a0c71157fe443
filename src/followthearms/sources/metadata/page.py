"""All that a page says of itself, brought together."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from followthearms.sources.metadata.elements import some, tokens, words
from followthearms.sources.metadata.linked import Linked, addresses, strings
from followthearms.sources.metadata.names import Meta, names
from followthearms.sources.metadata.people import authors
from followthearms.sources.metadata.published import published
from followthearms.sources.options import DateBasis

_SEPARATED = re.compile(r"\s+[|–—·•»:-]+\s+")
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)|publicdomain/(zero|mark))/(\d\.\d)")
_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark"}
_LONGEST_STATEMENT = 300


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page states. `url` is the address that it says is its own, else the one it was found at; `language` an
    ISO 639 code; `basis` says where `date` stands."""

    title: str | None
    authors: tuple[str, ...]
    date: dt.date | None
    basis: DateBasis
    outlet: str | None
    url: str | None
    language: str | None
    licence: str | None


def page_metadata(tree: Any, url: str | None = None, retrieved: dt.datetime | None = None) -> PageMetadata:
    """What the parsed page states. `url` is where it was found, `retrieved` when: no page is published later."""
    meta, linked = Meta(tree), Linked(tree)
    own = _address(tree, meta, linked, url)
    title = _title(tree, meta, linked, own)
    outlet = _outlet(meta, linked, own, title)
    date, basis = published(tree, meta, linked, own, title, retrieved)
    return PageMetadata(
        title=_without_outlet(title, outlet),
        authors=authors(tree, meta, linked, own, title),
        date=date,
        basis=basis,
        outlet=outlet or host(own),
        url=own,
        language=_language(tree, meta, linked),
        licence=_licence(tree, meta, linked, own, title),
    )


def host(url: str | None) -> str | None:
    """The name of an address's host, without www."""
    return ((urlsplit(url).hostname or "").removeprefix("www.") or None) if url else None


def _address(tree: Any, meta: Meta, linked: Linked, found_at: str | None) -> str | None:
    """The address that the page says is its own; a front page that stands for all articles of a site does not count."""
    canonical = [e.get("href") or "" for e in tree.iter("link") if "canonical" in tokens(e, "rel")]
    described = [one for node in linked.only() for one in addresses(node)]
    for stated in (*canonical, *meta.all(names().url), *described):
        whole = _whole(stated, found_at)
        if whole and not (urlsplit(whole).path in ("", "/") and found_at and urlsplit(found_at).path not in ("", "/")):
            return whole
    return _whole(found_at, None)


def _whole(stated: str | None, found_at: str | None) -> str | None:
    """An address of the web in full and without its fragment, or None."""
    try:
        parts = urlsplit(urljoin(found_at or "", (stated or "").strip()))
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
        return urlunsplit(parts._replace(fragment="")) if is_one else None
    except ValueError:  # no address at all, such as "http://[x"
        return None


def _title(tree: Any, meta: Meta, linked: Linked, url: str | None) -> str | None:
    if stated := meta.first(names().title):
        return stated
    described = (line for node in linked.only(url) for line in strings(node.get("headline")))
    if stated := next(described, None):
        return stated
    headlines = [line for element in some(tree, "h1") if (line := words(element))]
    if len(headlines) == 1:
        return headlines[0]
    return next((line for element in some(tree, "title") if (line := words(element))), None)


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """ "Howitzers for Latvia | Baltic Courier" without the name of the outlet."""
    if not title or not outlet:
        return title
    *rest, last = _SEPARATED.split(title)
    return title[: -len(last)].rstrip(" |–—·•»:-") if rest and last.casefold() == outlet.casefold() else title


def _outlet(meta: Meta, linked: Linked, url: str | None, title: str | None) -> str | None:
    described = (name for node in linked.about(url, title) for name in strings(node.get("publisher"), "name"))
    stated = (*meta.all(names().outlet[:1]), *described, *meta.all(names().outlet[1:]))
    return next((name for name in stated if not name.startswith("http")), None)


def _language(tree: Any, meta: Meta, linked: Linked) -> str | None:
    described = (code for node in linked.nodes for code in strings(node.get("inLanguage"), "alternateName", "name"))
    for stated in (tree.get("lang") or "", *meta.all(names().language), *described):
        if found := re.match(r"([A-Za-z]{2,3})(?![A-Za-z])", stated.strip()):
            return found[1].lower()
    return None


def _licence(tree: Any, meta: Meta, linked: Linked, url: str | None, title: str | None) -> str | None:
    nodes = linked.about(url, title)
    linked_to = (e.get("href") or "" for e in tree.iter("link", "a") if "license" in tokens(e, "rel"))
    described = (
        said
        for name in ("license", "copyrightNotice")
        for node in nodes
        for said in strings(node.get(name), "url", "name")
    )
    for stated in (*linked_to, *described, *meta.all(names().licence)):
        if stated.strip() and len(stated) <= _LONGEST_STATEMENT:
            return _named(stated.strip())
    return None


def _named(licence: str) -> str:
    """The name of a licence that is known by its address, or what is stated."""
    found = _CREATIVE_COMMONS.search(licence)
    if not found:
        return licence
    return f"{'CC ' + found[1].upper() if found[1] else _PUBLIC_DOMAIN[found[2]]} {found[3]}"
