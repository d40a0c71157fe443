"""The trail of all decisions."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from followthearms.errors import UsageError
from followthearms.exchange.history import as_json
from followthearms.model import Act
from followthearms.register.decisions.trail import Wanted
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, pages
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import After, Everything, Limit
from followthearms.web.views.paging import PAGE
from followthearms.web.views.past.trail import COLUMNS, rows, trail_view

router = APIRouter(tags=["decisions"])

Day = Annotated[str, Query(max_length=10, description="A day in UTC, as 2019-03-04.")]


@pages(router, "/decisions", csv=True)
def decisions(
    request: Request,
    register: Opened,
    who: Annotated[str, Query(max_length=1_000, description="Only this person's.")] = "",
    act: Annotated[str, Query(max_length=20, description="Only of this sort: accept, reject, correct, …")] = "",
    since: Day = "",
    until: Day = "",
    after: After = None,
    limit: Limit = PAGE,
    everything: Everything = False,
) -> Response:
    """Who decided what, when and why: the newest first."""
    wanted = Wanted(who or None, _act(act), _day(since), _day(until))
    is_page = links.is_page(request.url.path)
    found = register.trail.find(wanted) if everything and not is_page else register.trail.find(wanted, limit, after)
    data = {
        "total": found.total,
        "count": len(found.steps),
        "next": found.next,
        "rows": [as_json(step.entry) for step in found.steps],
    }
    view = trail_view(found, wanted, limit, after)
    return answer(request, Answer("past/trail.html", view, data, Table("decisions", COLUMNS, rows(found.steps))))


def _act(word: str) -> Act | None:
    if word and word not in list(Act):
        raise UsageError(f"no such sort of decision: {word}; there are {', '.join(Act)}")
    return Act(word) if word else None


def _day(word: str) -> dt.date | None:
    """A day as a form sends it, which is empty where none was chosen."""
    try:
        return dt.date.fromisoformat(word) if word else None
    except ValueError as error:
        raise UsageError(f"{word!r} is no day; write it as 2019-03-04") from error
