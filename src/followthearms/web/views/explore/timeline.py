"""The timeline: which deals it counts in which year, by how far they got, and what the claims of each deal tell of.

Invariants: a deal is counted in one year; a mark of the years leads to as many deals as it shows, one of a deal to what
that deal's claims say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from followthearms.exchange import words
from followthearms.model.deals import ARRIVED, DealRow, Status
from followthearms.model.query import Condition, Query
from followthearms.register.answers.flows import Happening, Years
from followthearms.register.search.results import FoundDeal
from followthearms.register.search.results import Page as Found
from followthearms.web import links
from followthearms.web.views.explore.page import (
    Drawn,
    Listing,
    Page,
    Picture,
    at,
    counted,
    deals,
    listing,
    page,
)
from followthearms.web.views.explore.timeline_drawing import called, drawn_claims, drawn_years

COLUMNS = ("deal", "title", "kind", "modality", "negated", "first", "last", "claims")
DEALS = 40
"""Deals of which the claims are shown on a page."""

_STAGES = {
    "sought": (Status.MOOTED, Status.INTEREST, Status.REQUESTED, Status.OFFERED, Status.NEGOTIATING),
    "agreed": (
        *(Status.APPROVED, Status.PLEDGED, Status.SELECTED, Status.PLANNED, Status.AGREED),
        Status.IN_PRODUCTION,
    ),
    "delivered": tuple(status for status in Status if status in ARRIVED),
    "stopped": (Status.REFUSED, Status.SUSPENDED, Status.CANCELLED, Status.EMBARGOED),
    "without stages": (Status.REPORTED, Status.LIFTED),
}
"""How far deals have got, each class in a row of its own."""


@dataclass(frozen=True)
class TimelineView:
    """The page of the timeline. `years` are rows of the first picture, `rows` those of the second, by its deals."""

    page: Page
    pictures: tuple[Picture, ...]
    listing: Listing
    by_year: tuple[Drawn, ...]
    rows: tuple[Drawn, ...]
    first: str | None
    next: str | None


def timeline_view(
    query: Query,
    years: Years,
    found: Found[FoundDeal],
    happenings: Sequence[Happening],
    after: str | None,
    everything: bool,
) -> TimelineView:
    """The page of a query: all of its years, and the claims of the deals of one page."""
    shown = [one.row for one in found.rows]
    by_year = tuple(year_rows(query, years))
    rows = tuple(claim_rows(shown, happenings))
    notes = _notes(years, happenings)
    return TimelineView(
        page=page("timeline", query, query, notes, after=after),
        pictures=tuple(_pictures(by_year, shown, happenings)),
        listing=listing("timeline", query, ("Deal", "Claims tell of", "When", "Claims"), rows, everything, after=after),
        by_year=by_year,
        rows=rows,
        first=at("timeline", query) if after else None,
        next=at("timeline", query, after=found.next) if found.next else None,
    )


def _notes(years: Years, happenings: Sequence[Happening]) -> Iterator[str]:
    yield (
        "Each deal is counted once, in the year in which it got where it stands: of a delivered deal that of the last "
        "delivery that is told, of an agreed one that of the agreement."
    )
    yield "Where the texts do not date that, or only plan it, it is the year of their latest report."
    if years.undated:
        yield f"Not counted: {deals(years.undated)} whose texts tell neither that day nor their own."
    undated = sum(one.claims for one in happenings if not (one.first or one.last))
    if undated:
        yield f"{undated:,} claims of the deals below tell no date; the table has them."
    yield counted(years.counted, years.all_counted)


def year_rows(query: Query, years: Years) -> Iterator[Drawn]:
    """The deals of a query by year and class, the newest year first."""
    numbers: Counter[tuple[int, str]] = Counter()
    for one in years.years:
        stage = next(name for name, those in _STAGES.items() if one.status in those)
        numbers[one.year, stage] += one.deals
    for (year, stage), number in sorted(numbers.items(), key=lambda one: (-one[0][0], list(_STAGES).index(one[0][1]))):
        is_so = Condition("status", tuple(status.value.replace(" ", "-") for status in _STAGES[stage]))
        in_year = Query.parse(f"reached:{year:04}").conditions
        yield Drawn(
            held={"year": str(year), "stage": stage, "deals": str(number)},
            shown=(str(year), stage),
            deals=number,
            href=links.deals(replace(query, conditions=(*query.conditions, *in_year, is_so))),
        )


def claim_rows(shown: Sequence[DealRow], happenings: Sequence[Happening]) -> Iterator[Drawn]:
    """What the claims of these deals tell of."""
    told: dict[str, list[Happening]] = {}
    for one in happenings:
        told.setdefault(one.deal, []).append(one)
    for row in shown:
        title = words.heading(row)
        for one in told.get(row.id, ()):
            kind = called(one)
            yield Drawn(
                held={
                    **{"deal": row.id, "title": title, "kind": one.kind.value, "claims": str(one.claims)},
                    "modality": one.modality.value,
                    "negated": "yes" if one.negated else "no",
                    "first": one.first.isoformat() if one.first else "",
                    "last": one.last.isoformat() if one.last else "",
                },
                shown=(title, kind, words.days(one.first, one.last) or words.UNDATED),
                deals=one.claims,
                href=links.deal(row.id, "timeline"),
            )


def _pictures(by_year: Sequence[Drawn], shown: Sequence[DealRow], happenings: Sequence[Happening]) -> Iterator[Picture]:
    if by_year:
        yield drawn_years(by_year, tuple(_STAGES))
    dated = [one for one in happenings if one.first or one.last]
    if dated:
        yield drawn_claims(shown, dated)
