"""The outlets and publishers that the documents come from."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from followthearms.web.answers import Answer, Table, answer, named, pages
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import Start
from followthearms.web.views.decisions import decisions_view
from followthearms.web.views.names.sources import COLUMNS, rows, source_view, sources_view

router = APIRouter(tags=["sources"])

PAGE = 100


@pages(router, "/sources", csv=True)
def sources(request: Request, register: Opened, start: Start = 0) -> Response:
    """The sources, with their documents by month, stories, citations and grades; on the page a hundred at a time."""
    found = register.sources.all()
    unnamed = register.sources.unnamed()
    unlocated = register.sources.unlocated()
    view = sources_view(found, unnamed, unlocated, start, PAGE)
    data = {"count": len(found), "documents_of_no_source": unnamed, "unlocated": unlocated, "rows": found}
    return answer(request, Answer("names/sources.html", view, data, Table("sources", COLUMNS, rows(found))))


@pages(router, "/sources/{name}")
def source(request: Request, register: Opened, name: str) -> Response:
    """One source: what it published, how reliable analysts hold it to be, and why."""
    found = register.sources.get(named(name, "source"))
    history = decisions_view(register.ledger.history(found.id))
    return answer(request, Answer("names/source.html", source_view(found, history), found))
