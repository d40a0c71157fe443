"""The list of sources, and the page of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.tables import Row
from followthearms.register.answers.sources import Source
from followthearms.web import links
from followthearms.web.views.asking import only
from followthearms.web.views.decisions import Decided
from followthearms.web.views.names.bars import Bar, bars
from followthearms.web.views.paging import turns

COLUMNS = ("id", "name", "kind", "state", "documents", "stories", "cited", "grade", "last", "months")

GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""The Admiralty code (NATO AJP-2.1)."""


@dataclass(frozen=True)
class Listed:
    """A source, with the page of it and the list of its documents."""

    source: Source
    name: str
    state: str
    grade: str
    last: str
    href: str
    documents: str
    years: tuple[Bar, ...]


@dataclass(frozen=True)
class SourceView:
    """The page of a source; `grades` are those that can be given, each with what it means."""

    told: Listed
    history: tuple[Decided, ...]
    grades: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SourcesView:
    """The list of sources; `unnamed` counts the documents that name none. `unlocated` are the documents with claims
    that their texts do not show: id, how many, page."""

    shown: tuple[Listed, ...]
    total: int
    previous: str | None
    next: str | None
    unnamed: int
    unlocated: tuple[tuple[str, int, str], ...]
    unlocated_claims: int


def sources_view(
    found: Sequence[Source], unnamed: int, unlocated: Mapping[str, int], start: int, size: int
) -> SourcesView:
    """A page of the list."""
    counted = {one.id: _years(one) for one in found}
    most = max((number for years in counted.values() for number in years.values()), default=1)
    previous, following = turns(lambda at: links.listing("/sources", start=at), start, size, len(found))
    return SourcesView(
        shown=tuple(_listed(one, counted[one.id], most) for one in found[start : start + size]),
        total=len(found),
        previous=previous,
        next=following,
        unnamed=unnamed,
        unlocated=tuple((name, number, links.document(name, "not-located")) for name, number in unlocated.items()),
        unlocated_claims=sum(unlocated.values()),
    )


def source_view(found: Source, history: tuple[Decided, ...]) -> SourceView:
    """The page of a source."""
    return SourceView(_listed(found, _years(found), None), history, tuple(GRADES.items()))


def rows(found: Iterable[Source]) -> Iterable[Row]:
    """Sources as rows of a table."""
    for one in found:
        yield {
            "id": one.id,
            "name": one.name,
            "kind": one.kind or "",
            "state": one.state or "",
            "documents": str(one.documents),
            "stories": str(one.stories),
            "cited": str(one.cited),
            "grade": one.grade.value if one.grade else "",
            "last": one.last.isoformat() if one.last else "",
            "months": "\n".join(f"{month} {number}" for month, number in one.months),
        }


def _listed(one: Source, years: dict[str, int], most: int | None) -> Listed:
    return Listed(
        source=one,
        name=words.one_line(one.name),
        state=words.state(one.state) if one.state else "",
        grade=f"{one.grade.value}: {GRADES[one.grade.value]}" if one.grade else "",
        last=words.day(one.last) if one.last else "",
        href=links.source(one.id),
        documents=links.listing("/documents", q=str(only("source", one.id))),
        years=bars(years, most),
    )


def _years(source: Source) -> dict[str, int]:
    found: dict[str, int] = {}
    for month, number in source.months:
        found[month[:4]] = found.get(month[:4], 0) + number
    return found
