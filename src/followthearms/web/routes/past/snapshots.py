"""The register's memory: snapshots, what lies between two of them, and the log of corrections."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.exchange.tables import DEAL_COLUMNS, deal_rows
from followthearms.model import DealRow
from followthearms.model.snapshots import NOW
from followthearms.web import links
from followthearms.web.accounts.visitors import Editor
from followthearms.web.answers import Answer, Table, answer, named, pages
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import Start
from followthearms.web.views.paging import PAGE, exports
from followthearms.web.views.past import changes, snapshots

router = APIRouter(tags=["snapshots"])

Side = Annotated[str, Query(max_length=100, description=f"A snapshot, or {NOW} for the register as it stands.")]


@pages(router, "/snapshots", csv=True)
def taken(request: Request, register: Opened) -> Response:
    """All snapshots with their hashes."""
    found = register.snapshots.all()
    data = {"count": len(found), "rows": found}
    view = {"taken": snapshots.taken(found), "names": (*(one.name for one in found), NOW)}
    return answer(
        request, Answer("past/snapshots.html", view, data, Table("snapshots", snapshots.COLUMNS, snapshots.rows(found)))
    )


@router.post("/snapshots", response_class=RedirectResponse, status_code=303)
def take(
    register: Opened,
    visitor: Editor,
    name: Annotated[str, Form(max_length=100)],
    note: Annotated[str, Form(max_length=1000)] = "",
) -> str:
    """Freeze the deals as they stand under a name."""
    made = register.snapshots.take(name.strip(), note.strip(), who=visitor.name)
    return links.snapshot(made.name)


@router.get("/diff", response_class=RedirectResponse, status_code=303)
def compare(left: Side, right: Side = NOW) -> str:
    """The page with what lies between two snapshots."""
    return links.diff(left, right)


@pages(router, "/snapshots/{name}", csv=True)
def snapshot(request: Request, register: Opened, name: str, start: Start = 0) -> Response:
    """One snapshot: how to cite it, and the deals that were frozen; on the page fifty at a time."""
    wanted = named(name, "snapshot")
    is_page = links.is_page(request.url.path)
    one = register.snapshots.get(wanted)
    deals = register.snapshots.deals(wanted, start=start if is_page else 0, limit=PAGE if is_page else None)
    [shown] = (told for told in snapshots.taken(register.snapshots.all()) if told.snapshot == one)
    table = Table(f"snapshot-{one.name}", DEAL_COLUMNS, deal_rows(map(DealRow.of, deals)))
    data = {"snapshot": one, "citation": shown.cite, "count": len(deals), "rows": deals}
    view = snapshots.snapshot_view(shown, deals, start, PAGE)
    return answer(request, Answer("past/snapshot.html", view, data, table))


@pages(router, "/snapshots/{left}/diff/{right}", csv=True)
def diff(request: Request, register: Opened, left: str, right: str, start: Start = 0) -> Response:
    """What has changed from one snapshot to another, or to the register as it stands, and why."""
    found = register.snapshots.diff(named(left, "snapshot"), named(right, "snapshot"))
    view = changes.diff_view(found, register.snapshots.all(), start, PAGE)
    data = {"summary": view.summary, **found.model_dump(mode="json", by_alias=True)}
    table = Table(f"diff-{found.left}-{found.right}", changes.DIFF_COLUMNS, changes.diff_rows(found))
    return answer(request, Answer("past/diff.html", view, data, table))


@pages(router, "/corrections", csv=True)
def corrections(
    request: Request,
    register: Opened,
    since: Annotated[dt.date | None, Query(description="Only those from this day on, in UTC.")] = None,
) -> Response:
    """Every decision that changed what is published; the newest first on the page, else in their order."""
    found = register.snapshots.corrections(since)
    state = since.isoformat() if since else None
    view = {
        "rows": changes.corrections_view(found),
        "since": state,
        "exports": exports(lambda form: links.listing(f"/corrections.{form}", since=state)),
    }
    data = {"count": len(found), "rows": found}
    table = Table("corrections", changes.CORRECTION_COLUMNS, changes.correction_rows(found))
    return answer(request, Answer("past/corrections.html", view, data, table))
