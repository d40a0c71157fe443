"""Where reports of one deal differ."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from followthearms.model import Consistency, Topic
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.views.contradictions import COLUMNS, contradictions_view, rows, shown_first
from followthearms.web.views.quotes import Library

router = APIRouter(tags=["contradictions"])

Class = Annotated[Consistency | None, Query(alias="class", description="How the two sides stand to each other.")]
About = Annotated[Topic | None, Query(description="What the reports differ in.")]
Start = Annotated[int, Query(ge=0, le=10**9, description="How many to leave out, in their order.")]
PAGE = 20
"""Contradictions of a page: each brings several sentences."""


@pages(router, "/contradictions", csv=True)
def contradictions(
    request: Request, register: Opened, consistency: Class = None, topic: About = None, start: Start = 0
) -> Response:
    """The contradictions of a class and a topic, those first in which one side must be wrong."""
    everything = register.contradictions()
    wanted = shown_first(
        one
        for one in everything
        if (consistency is None or one.consistency is consistency) and (topic is None or one.topic is topic)
    )
    if not request.url.path.endswith((".json", ".csv")):
        page = wanted[start : start + PAGE]
        deals = register.belonging.rows({one.deal for one in page})
        refs = (ref for one in page for side in (one.left, one.right) for ref in side.refs)
        library = Library(register.documents(sorted({ref.document for ref in refs})))
        view = contradictions_view(everything, wanted, page, deals, library, (consistency, topic, start, PAGE))
    else:
        view = None
    data = {"count": len(wanted), "rows": wanted}
    return answer(request, Answer("contradictions.html", view, data, Table("contradictions", COLUMNS, rows(wanted))))
