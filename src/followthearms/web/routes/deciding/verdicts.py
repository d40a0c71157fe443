"""Deciding on claims, and undoing what was decided, wherever it is shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followthearms.errors import Overtaken, UsageError
from followthearms.model import Ref
from followthearms.model.decisions import Accept, Note, Reject, Ruling, Target
from followthearms.web import links
from followthearms.web.accounts.visitors import Analyst
from followthearms.web.done import may_undo, told
from followthearms.web.opened import Opened
from followthearms.web.rendering import render
from followthearms.web.routes.deciding.fields import Back, Why
from followthearms.web.views.deciding.review import shown
from followthearms.web.views.documents.cases import MOST_PICKED, picked, target

router = APIRouter(tags=["deciding"])

Picks = Annotated[list[str] | None, Form(max_length=MOST_PICKED, description="The claims, as the page has them.")]


class Do(StrEnum):
    """What can be done with a claim, or with several at once."""

    ACCEPT = "accept"
    REJECT = "reject"
    NOTE = "note"


@router.post("/decide", response_class=RedirectResponse, status_code=303)
def decide(
    request: Request,
    register: Opened,
    visitor: Analyst,
    do: Annotated[Do, Form(description="What is decided.")],
    pick: Picks = None,
    why: Why = "",
    back: Back = "/",
    here: Annotated[str, Form(max_length=4000, description="The page to go back to from a note.")] = "",
) -> Response:
    """Accept or reject claims, or note something on them: on all of them, or on none.

    Nothing is done if one was decided on since the page was made: the answer then shows how it stands now.
    """
    picks = picked(pick or [])
    if not picks:
        raise UsageError("no claim is ticked; go back, and tick those that are meant")
    found = {target(register, one.document, one.claim)[2]: one.newest for one in picks}
    try:
        made = register.ledger.decide_all(
            [_ruling(do, one, why) for one in found],
            visitor.name,
            "" if do is Do.NOTE else why,
            seen={} if do is Do.NOTE else found,
        )
    except Overtaken:
        refs = [Ref(document=one.document, claim=one.claim) for one in picks]
        view = {"do": do.value, "why": why, "back": links.local(back), "cases": shown(register, refs)}
        return HTMLResponse(render(request, "deciding/overtaken.html", view), 409)
    return RedirectResponse(told(here if here and do is Do.NOTE else back, made[0].decision.id), 303)


@router.post("/undo", response_class=RedirectResponse, status_code=303)
def undo(
    register: Opened,
    visitor: Analyst,
    decision: Annotated[str, Form(max_length=40, description="The id of the decision.")],
    whole: Annotated[bool, Form(description="With all that was decided with it at once.")] = False,
    why: Why = "",
    back: Back = "/",
) -> Response:
    """Undo a decision, or all that was decided with it at once; to undo an undoing restores it."""
    if not may_undo(visitor, register.ledger.act(decision)):
        raise HTTPException(403, "Analysts undo what they decided themselves, and editors anybody's decisions")
    ledger = register.ledger
    undone = ledger.undo_act(decision, visitor.name, why) if whole else (ledger.undo(decision, visitor.name, why),)
    return RedirectResponse(told(back, undone[0].decision.id), 303)


def _ruling(do: Do, on: Target, why: str) -> Ruling:
    match do:
        case Do.ACCEPT:
            return Accept(claim=on)
        case Do.REJECT:
            return Reject(claim=on)
        case Do.NOTE:
            if not why.strip():
                raise UsageError("a note needs some words; go back, and write them")
            return Note(about=on, text=why.strip())
