"""JSON-LD: the node of schema.org that describes the article itself.

Invariant: nothing is taken from the description of another article, of a list of them or of a comment.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from followthearms.sources.days import stated_day
from followthearms.sources.metadata.names import names

_LED_TO_BY = ("@graph", "mainEntity", "mainEntityOfPage")
"""The properties that lead to what a page is about; others lead to what it mentions."""
_DEEPEST = 5
_MOST_NODES = 500
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)?|(?://\s*)?(?:-->|\]\]>)?[\s;]*$")
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')

Node = Mapping[str, Any]


class Linked:
    """What the JSON-LD of a page says of its article."""

    def __init__(self, tree: Any) -> None:
        scripts = (
            script.text or ""
            for script in tree.iter("script")
            if (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json"
        )
        nodes: list[Node] = []
        self._broken: list[str] = []
        for text in scripts:
            read = _parsed(text)
            if read is None:
                self._broken.append(text)
            else:
                nodes += _main(read)
        articles = [node for node in nodes if _is_one_of(node, names().articles)]
        self.nodes: Sequence[Node] = articles or [n for n in nodes if "@type" not in n or _is_one_of(n, names().pages)]
        self._are_articles = bool(articles)

    def about(self, url: str | None, title: str | None) -> Sequence[Node]:
        """The nodes that are of this address or have this title, or all if none does."""
        by_url = [node for node in self.nodes if url and _same(url, *addresses(node))]
        return by_url or [n for n in self.nodes if title and title in (n.get("headline"), n.get("name"))] or self.nodes

    def only(self, url: str | None = None) -> Sequence[Node]:
        """The one article that is described, at this address if there are several; else nothing."""
        found = self.about(url, None)
        return found if self._are_articles and len(found) == 1 else ()

    def day(self, url: str | None, title: str | None) -> dt.date | None:
        """The day of publication, if all that is said of the article says the same."""
        stated = [node.get("datePublished") for node in self.about(url, title)]
        if not self.nodes:  # JSON that is broken still says what it says, once
            stated = [found for text in self._broken for found in _STATED.findall(text)]
        days = {day for words in stated if isinstance(words, str) and (day := stated_day(words))}
        return days.pop() if len(days) == 1 else None


def strings(value: Any, *properties: str) -> Iterator[str]:
    """The words of a value: text itself, what a node has under the first of the properties it has, each of a list."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            one = next((one[name] for name in properties if one.get(name)), None)
        if isinstance(one, str) and one.strip():
            yield " ".join(html.unescape(one).split())


def addresses(node: Node) -> Iterator[str]:
    """The addresses that a node says it is found at."""
    for name in ("url", "@id", "mainEntityOfPage"):
        yield from strings(node.get(name), "@id", "url")


def _parsed(text: str) -> Any:
    """The JSON of a script, or None if it is broken."""
    inner = _WRAPPING.sub("", text)
    for attempt in (inner, html.unescape(inner)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _main(read: Any) -> list[Node]:
    """The nodes that stand for the page, by way of lists, graphs and main entities."""
    found: list[Node] = []
    level = [read]
    for _ in range(_DEEPEST):
        level = [one for item in level for one in (item if isinstance(item, list) else [item])][:_MOST_NODES]
        nodes = [item for item in level if isinstance(item, Mapping)]
        found += [node for node in nodes if "@type" in node or "datePublished" in node]
        level = [node[name] for node in nodes for name in _LED_TO_BY if isinstance(node.get(name), (list, Mapping))]
    return found


def _is_one_of(node: Node, types: frozenset[str]) -> bool:
    return any(kind.rpartition("/")[2].rpartition(":")[2] in types for kind in strings(node.get("@type")))


def _same(url: str, *others: str) -> bool:
    return any(_bare(url) == _bare(other) for other in others)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", url.strip())
