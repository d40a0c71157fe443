"""Where reports of one deal differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from followthearms.model import Consistency, Contradiction, Decision, Topic
from followthearms.register import Register
from followthearms.register.answers.differing import Case
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import Start
from followthearms.web.views.deals.contradictions import COLUMNS, contradictions_view, rows
from followthearms.web.views.quotes import Library

router = APIRouter(tags=["contradictions"])

Class = Annotated[Consistency | None, Query(alias="class", description="How the two sides stand to each other.")]
About = Annotated[Topic | None, Query(description="What the reports differ in.")]
Ruled = Annotated[Case | None, Query(description="Those on which nobody has ruled, or the others.")]
PAGE = 20
"""Contradictions of a page: each brings several sentences."""


@pages(router, "/contradictions", csv=True)
@kept
def contradictions(
    request: Request,
    register: Opened,
    consistency: Class = None,
    topic: About = None,
    case: Ruled = None,
    start: Start = 0,
) -> Response:
    """The contradictions of a class and a topic, open or closed, those first in which one side must be wrong."""
    if not links.is_page(request.url.path):
        view, wanted = None, register.differing.page(consistency, topic, case)
    else:
        wanted = register.differing.page(consistency, topic, case, start=start, limit=PAGE)
        deals = register.belonging.rows({one.deal for one in wanted})
        refs = (ref for one in wanted for side in (one.left, one.right) for ref in side.refs)
        library = Library(register.documents(sorted({ref.document for ref in refs})))
        asked = (consistency, topic, case, start, PAGE)
        rulings = closing(register, wanted)
        view = contradictions_view(register.differing.counts(), wanted, deals, library, rulings, asked)
    data = {"count": len(wanted), "rows": wanted}
    return answer(
        request, Answer("deals/contradictions.html", view, data, Table("contradictions", COLUMNS, rows(wanted)))
    )


def closing(register: Register, found: Iterable[Contradiction]) -> dict[str, Decision]:
    """The decisions that closed contradictions, by their ids."""
    wanted = {one.ruling for one in found if one.ruling}
    return {made.id: made for made in register.ledger.decisions() if made.id in wanted} if wanted else {}
