"""What pages call what they say of themselves (`data/sources/metadata.yaml`), and the `<meta>` under these names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from followthearms.tables import DATA, read_table

_NAMED_BY = ("property", "name", "itemprop", "http-equiv")
_LONGEST = 10_000
"""Characters of one statement; what is longer is an article put in the wrong place."""


class Names(BaseModel):
    """The names, the best first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    published: tuple[str, ...]
    dated: tuple[str, ...]
    title: tuple[str, ...]
    outlet: tuple[str, ...]
    authors: tuple[str, ...]
    url: tuple[str, ...]
    language: tuple[str, ...]
    licence: tuple[str, ...]
    articles: frozenset[str]
    pages: frozenset[str]
    byline: frozenset[str]
    elsewhere: tuple[str, ...]


@lru_cache(maxsize=1)
def names() -> Names:
    """The names that the package knows."""
    return read_table(DATA / "sources" / "metadata.yaml", Names)


class Meta:
    """The `<meta>` elements of a page, by their names in lower case."""

    def __init__(self, tree: Any) -> None:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for element in tree.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            if content and len(content) <= _LONGEST:
                for name in {(element.get(attribute) or "").strip().lower() for attribute in _NAMED_BY}:
                    found[name].append(content)
        self._found: Mapping[str, list[str]] = found

    def all(self, wanted: Iterable[str]) -> Iterator[str]:
        """What is stated under the names, in their order."""
        return (content for name in wanted for content in self._found.get(name, ()))

    def first(self, wanted: Iterable[str]) -> str | None:
        """What is stated first."""
        return next(self.all(wanted), None)
