"""What was given to be read, and what was not read or passed over and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from followthearms.register.intake import NOT_READ, PASSED_OVER
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.views.adding.intake import COLUMNS, intake_view, rows

router = APIRouter(tags=["sources"])

PAGE = 100
MOST = 100_000
"""Rows of the JSON and the CSV."""

_After = Annotated[int, Query(ge=0, le=2**53, description="The page begins after the input with this number.")]
_PassedOver = Annotated[bool, Query(description="List what was passed over instead of what could not be read.")]


@pages(router, "/intake", csv=True)
def intake(request: Request, register: Opened, after: _After = 0, passed_over: _PassedOver = False) -> Response:
    """The runs that read, the newest first, and the inputs that could not be read, in the order in which they came; or
    those that were passed over, as they do not look like arms trade."""
    is_page = links.is_page(request.url.path)
    listed = PASSED_OVER if passed_over else NOT_READ
    unread = register.intake.failures(listed, limit=PAGE + 1 if is_page else MOST, after=after)
    runs, reasons = register.intake.runs(), register.intake.reasons((*NOT_READ, *PASSED_OVER)) if is_page else {}
    view = intake_view(runs, reasons, unread, PAGE, passed_over=passed_over) if is_page else None
    data = {"runs": runs, "unread": [{"number": number, **entry.model_dump(mode="json")} for number, entry in unread]}
    return answer(request, Answer("adding/intake.html", view, data, Table("unread", COLUMNS, rows(unread))))
