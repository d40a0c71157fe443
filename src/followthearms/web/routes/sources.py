"""The outlets and publishers that the documents come from."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.views.sources import COLUMNS, rows, sources_view

router = APIRouter(tags=["sources"])


@pages(router, "/sources", csv=True)
def sources(request: Request, register: Opened) -> Response:
    """The sources, with their documents by month, stories, citations and grades."""
    found = register.sources.all()
    unnamed = register.sources.unnamed()
    view = sources_view(found, unnamed)
    data = {"count": len(found), "documents_of_no_source": unnamed, "rows": found}
    return answer(request, Answer("sources.html", view, data, Table("sources", COLUMNS, rows(found))))
