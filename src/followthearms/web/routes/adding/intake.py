"""What was given to be read, and what was not read and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.views.adding.intake import COLUMNS, intake_view, rows

router = APIRouter(tags=["sources"])

PAGE = 100
MOST = 100_000
"""Rows of the JSON and the CSV."""

_After = Annotated[int, Query(ge=0, le=2**53, description="The page begins after the input with this number.")]


@pages(router, "/intake", csv=True)
def intake(request: Request, register: Opened, after: _After = 0) -> Response:
    """The runs that read, the newest first, and the inputs that are not read, in the order in which they came."""
    is_page = not request.url.path.endswith((".json", ".csv"))
    unread = register.intake.failures(limit=PAGE + 1 if is_page else MOST, after=after)
    runs, reasons = register.intake.runs(), register.intake.reasons()
    view = intake_view(runs, reasons, unread, PAGE) if is_page else None
    data = {"runs": runs, "unread": [{"number": number, **entry.model_dump(mode="json")} for number, entry in unread]}
    return answer(request, Answer("adding/intake.html", view, data, Table("unread", COLUMNS, rows(unread))))
