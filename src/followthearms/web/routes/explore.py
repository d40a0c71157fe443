"""Pictures of the deals that meet a query: a map, a timeline, a matrix, a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.model.query import Query as Search
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import After, Q
from followthearms.web.views.explore import flowmap, matrix, network, timeline
from followthearms.web.views.explore.page import Drawn, transfers

router = APIRouter(tags=["explore"])

Every = Annotated[bool, Query(description="The whole table below the picture; JSON and CSV always have all rows.")]
Equipment = Annotated[network.Of, Query(description="What equipment is shown.")]


@router.get("/explore", response_class=RedirectResponse, status_code=307)
def explore(q: Q = "") -> str:
    """The first picture is the map."""
    return links.listing("/explore/map", q=q or None)


@pages(router, "/explore/map", csv=True)
@kept
def explore_map(request: Request, register: Opened, q: Q = "", everything: Every = False) -> Response:
    """From whom to whom the deals that meet a query go, as arcs on a map of the world."""
    query = Search.parse(q)
    found = register.flows.between(transfers(query))
    told = {"query": str(query), **found.model_dump(include={"both", "counted", "all_counted"})}
    rows = flowmap.map_rows(query, found)
    return _answer(request, flowmap.COLUMNS, rows, told, lambda: flowmap.map_view(query, found, everything))


@pages(router, "/explore/timeline", csv=True)
@kept
def explore_timeline(
    request: Request, register: Opened, q: Q = "", after: After = None, everything: Every = False
) -> Response:
    """The years of all deals that meet a query, and what the claims of a page of them tell of."""
    query = Search.parse(q)
    years = register.flows.years(query)
    found = register.search.deals(query, limit=timeline.DEALS, after=after)
    happenings = register.flows.happenings([one.row.id for one in found.rows])
    told = {"query": str(query), **years.model_dump(include={"undated", "counted", "all_counted"}), "next": found.next}
    told["years"] = [row.held for row in timeline.year_rows(query, years)]
    rows = tuple(timeline.claim_rows([one.row for one in found.rows], happenings))

    def view() -> timeline.TimelineView:
        return timeline.timeline_view(query, years, found, happenings, after, everything)

    return _answer(request, timeline.COLUMNS, rows, told, view)


@pages(router, "/explore/matrix", csv=True)
@kept
def explore_matrix(request: Request, register: Opened, q: Q = "") -> Response:
    """Suppliers by recipients, with the number of deals that meet a query and name both."""
    query = Search.parse(q)
    found = register.flows.matrix(transfers(query), matrix.MOST)
    told = {"query": str(query), **found.model_dump(include={"both", "counted", "all_counted"})}
    view = matrix.matrix_view(query, found)
    return _answer(request, matrix.COLUMNS, view.rows, told, lambda: view)


@pages(router, "/explore/network", csv=True)
@kept
def explore_network(
    request: Request, register: Opened, q: Q = "", of: Equipment = network.Of.TYPES, everything: Every = False
) -> Response:
    """Who deals in what, in deals that meet a query, as a network."""
    query = Search.parse(q)
    found = register.flows.ties(transfers(query), classes=of is network.Of.CLASSES)
    told = {"query": str(query), **found.model_dump(include={"counted", "all_counted"})}
    rows = network.network_rows(query, found)
    return _answer(request, network.COLUMNS, rows, told, lambda: network.network_view(query, found, of, everything))


def _answer(
    request: Request, columns: tuple[str, ...], rows: Sequence[Drawn], told: dict[str, Any], view: Callable[[], object]
) -> Response:
    """The rows that are drawn as JSON or CSV, or the page, for which alone the picture is drawn."""
    name, _, ending = request.url.path.rpartition("/")[2].partition(".")
    held = [row.held for row in rows]
    data = {**told, "count": len(held), "rows": held}
    return answer(request, Answer(f"explore/{name}.html", None if ending else view(), data, Table(name, columns, held)))
