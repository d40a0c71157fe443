"""The list of claims."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.model.filters import Target
from followthearms.model.query import Query as Search
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import After, Everything, Limit, Q, Sorting, gather
from followthearms.web.views.asking import sorted_by
from followthearms.web.views.documents.found import CLAIM_COLUMNS, claim_rows, found_view

router = APIRouter(tags=["claims"])


@pages(router, "/claims", csv=True)
@kept
def claims(
    request: Request,
    register: Opened,
    q: Q = "",
    sort: Sorting = "",
    after: After = None,
    limit: Limit = 50,
    everything: Everything = False,
) -> Response:
    """The claims that meet a query, each with its sentence, the newest first."""
    query = Search.parse(q)
    if sort:
        return RedirectResponse(links.listing("/claims", q=str(sorted_by(query, sort))), 303)
    is_page = not request.url.path.endswith((".json", ".csv"))
    page = gather(register.search.claims, query, limit, after, everything and not is_page)
    view = found_view("/claims", Target.CLAIMS, query, page, limit, after)
    data = {"query": str(query), **page.model_dump(mode="json", by_alias=True), "count": len(page.rows)}
    table = Table("claims", CLAIM_COLUMNS, claim_rows(page.rows))
    return answer(request, Answer("documents/claims.html", view, data, table))
