"""Who wrote an article, as a page states it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from followthearms.sources.metadata.elements import tokens, words
from followthearms.sources.metadata.linked import Linked, strings
from followthearms.sources.metadata.names import Meta, names

_BY = re.compile(r"^(?:written |reported |story )?by:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|\||\s&\s|\sand\s)\s*", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[<>{}]|\d{3}|^(?:admin|administrator|editor|staff|webmaster|null|none|unknown)$", re.I
)
_LONGEST_NAME = 80
_MOST = 30
_ELEMENTS = ("a", "span", "div", "p", "address")


def authors(tree: Any, meta: Meta, linked: Linked, url: str | None, title: str | None) -> tuple[str, ...]:
    """The names of those who wrote the article, each once: from JSON-LD, else metadata, else what is marked so."""
    described = (name for node in linked.about(url, title) for name in strings(node.get("author"), "name"))
    for stated in (described, meta.all(names().authors), _marked(tree)):
        if found := tuple(_names(stated)):
            return found[:_MOST]
    return ()


def _marked(tree: Any) -> Iterator[str]:
    called = (e for e in tree.iter(*_ELEMENTS) if "author" in tokens(e, "rel") + tokens(e, "itemprop"))
    for element in islice(called, _MOST):
        named = next((e for e in element.iter(*_ELEMENTS) if "name" in tokens(e, "itemprop")), element)
        yield words(named, _LONGEST_NAME)


def _names(statements: Iterable[str]) -> Iterator[str]:
    seen = set()
    for stated in statements:
        for name in _parted(_BY.sub("", stated)):
            if name and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) and name.casefold() not in seen:
                seen.add(name.casefold())
                yield name


def _parted(stated: str) -> list[str]:
    """The single names; a comma parts them if each side is a whole one, as it does not in "Berg, Anna"."""
    parts = [part.strip(" ,") for part in _BETWEEN.split(stated)]
    by_comma = [piece.strip() for part in parts for piece in part.split(",")]
    return by_comma if all(" " in piece for piece in by_comma) else parts
