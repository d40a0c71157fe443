"""The list of deals, which is the first page, and each deal."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.exchange.tables import DEAL_COLUMNS, deal_rows
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, named, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.routes.deals.contradictions import closing
from followthearms.web.routes.lists import Listed, gather
from followthearms.web.views.asking import sorted_by
from followthearms.web.views.citing import cite_deal, data_block, deal_data
from followthearms.web.views.deals import saved
from followthearms.web.views.deals.columns import chosen
from followthearms.web.views.deals.deal import deal_view
from followthearms.web.views.deals.deals import deals_view
from followthearms.web.views.deals.joins import joins_view, parts_view
from followthearms.web.views.decisions import decisions_view
from followthearms.web.views.quotes import Library

router = APIRouter(tags=["deals"])

Columns = Annotated[list[str] | None, Query(max_length=40, description="The columns to show, by their names.")]

Full = Annotated[bool, Query(description="Every sentence and event, however many there are.")]


@router.get("/", response_class=RedirectResponse, status_code=307)
def home() -> str:
    """The first page is the register."""
    return links.page("/deals")


@pages(router, "/deals", csv=True)
@kept
def deals(request: Request, register: Opened, asked: Listed, columns: Columns = None) -> Response:
    """The deals that meet a query of the filter language, a page at a time."""
    query = asked.query
    if asked.sort:
        return RedirectResponse(links.deals(sorted_by(query, asked.sort), columns=columns), 303)
    is_page = links.is_page(request.url.path)
    page = gather(register.search.deals, query, asked, is_page=is_page)
    shown = chosen(columns or ())
    rows = [found.row for found in page.rows]
    facets = register.search.facets(query) if is_page else None
    filters = saved.load(request.cookies.get(saved.COOKIE))
    view = deals_view(query, page, facets, shown, columns or (), filters, asked.limit, asked.after) if facets else None
    data = {"query": str(query), **page.model_dump(mode="json", exclude={"rows"}), "count": len(rows), "rows": rows}
    table = Table("deals", DEAL_COLUMNS, deal_rows(rows))
    return answer(request, Answer("deals/deals.html", view, data, table))


@pages(router, "/deals/{name}")
@kept
def deal(request: Request, register: Opened, name: str, full: Full = False) -> Response:
    """One deal: its fields with the sentences that they were read from."""
    found = register.deal(named(name, "deal"))
    if request.url.path.endswith(".json"):
        return answer(request, Answer("deals/deal.html", None, found))
    if found.id != named(name, "deal"):
        return RedirectResponse(links.deal(found.id), 307)
    documents = register.documents(found.documents)
    library = Library(documents)
    view = {
        **vars(deal_view(found, library, closing(register, found.contradictions), is_full=full)),
        "joins": joins_view(register.belonging.joins(found.id), library),
        "parts": parts_view(register.relations.parts(found, documents)),
        "history": decisions_view(register.ledger.history(f"deal:{found.id}")),
        "cite": cite_deal(found, links.day() or dt.datetime.now(dt.UTC).date()),
        "block": data_block(deal_data(found, library)),
    }
    return answer(request, Answer("deals/deal.html", view, found))
