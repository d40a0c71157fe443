"""The list of claims."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.exchange.tables import CLAIM_COLUMNS, claim_rows, told
from followthearms.model.filters import Target
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import Listed, gather
from followthearms.web.views.asking import sorted_by
from followthearms.web.views.documents.found import found_view

router = APIRouter(tags=["claims"])


@pages(router, "/claims", csv=True)
@kept
def claims(request: Request, register: Opened, asked: Listed) -> Response:
    """The claims that meet a query, each with its sentence, the newest first."""
    query = asked.query
    if asked.sort:
        return RedirectResponse(links.listing("/claims", q=str(sorted_by(query, asked.sort))), 303)
    page = gather(register.search.claims, query, asked, is_page=links.is_page(request.url.path))
    view = found_view("/claims", Target.CLAIMS, query, page, asked.limit, asked.after)
    data = {"query": str(query), **page.model_dump(mode="json", by_alias=True), "count": len(page.rows)}
    table = Table("claims", CLAIM_COLUMNS, claim_rows(told(register, page.rows)))
    return answer(request, Answer("documents/claims.html", view, data, table))
