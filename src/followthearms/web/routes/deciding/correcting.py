"""Correcting a slot of a claim: what would be saved is looked at first, then saved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followthearms.errors import NotInRegister, Overtaken
from followthearms.web import links
from followthearms.web.accounts.visitors import Analyst
from followthearms.web.answers import named
from followthearms.web.done import told
from followthearms.web.opened import Opened
from followthearms.web.rendering import render
from followthearms.web.routes.deciding.fields import MEANINGS, PLACES, WORDS, Back, Why
from followthearms.web.views.deciding.correcting import At, Given, edit_view, weighed
from followthearms.web.views.documents.cases import picked

router = APIRouter(tags=["deciding"])

PATH = "/documents/{name}/claims/{claim}/edit"
MOST_VALUES = 40
USUAL = "supplier"

_SLOT = "The slot that is corrected."
_ITEM = "The words of the item that a quantity is of."


@router.get(PATH, response_class=HTMLResponse)
def edit(
    request: Request,
    register: Opened,
    visitor: Analyst,
    name: str,
    claim: str,
    slot: Annotated[str, Query(max_length=20, description=_SLOT)] = USUAL,
    words: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=WORDS)] = None,
    place: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=PLACES)] = None,
    meaning: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=MEANINGS)] = None,
    item: Annotated[str, Query(max_length=2000, description=_ITEM)] = "",
    empty: Annotated[bool, Query(description="The text tells nothing of it.")] = False,
    back: Annotated[str, Query(max_length=4000, description="The page to go back to.")] = "",
) -> Response:
    """A slot of a claim beside the whole text; once words are given, what would stand there."""
    if links.day():
        return RedirectResponse(links.parted(str(request.url.path))[1], 303)
    at = _claim(register, name, claim)
    asked = weighed(slot, [] if empty else _given(words, place, meaning), item, at)  # refuses what is no slot
    state = {"item": item, "back": links.local(back) if back else ""}
    view = edit_view(at, slot, asked if words or place or empty else None, state)
    return HTMLResponse(render(request, "deciding/edit.html", view))


@router.post(PATH, response_class=RedirectResponse, status_code=303)
def save(
    request: Request,
    register: Opened,
    visitor: Analyst,
    name: str,
    claim: str,
    pick: Annotated[str, Form(max_length=4000, description="The claim, as the page has it.")],
    slot: Annotated[str, Form(max_length=20, description=_SLOT)],
    words: Annotated[list[str] | None, Form(max_length=MOST_VALUES, description=WORDS)] = None,
    place: Annotated[list[str] | None, Form(max_length=MOST_VALUES, description=PLACES)] = None,
    meaning: Annotated[list[str] | None, Form(max_length=MOST_VALUES, description=MEANINGS)] = None,
    item: Annotated[str, Form(max_length=2000, description=_ITEM)] = "",
    why: Why = "",
    back: Back = "",
) -> Response:
    """Save a correction. Nothing is written, and what was given comes back, if it cannot be taken, or if the claim was
    decided on since the page was made."""
    at = _claim(register, name, claim)
    [seen] = picked([pick])
    asked = weighed(slot, _given(words, place, meaning), item, at)
    state = {"item": item, "back": links.local(back) if back else "", "why": why}
    if asked.ruling is None:
        return HTMLResponse(render(request, "deciding/edit.html", edit_view(at, slot, asked, state)), 422)
    try:
        [made] = register.ledger.decide_all([asked.ruling], visitor.name, why, seen={asked.ruling.claim: seen.newest})
    except Overtaken:
        now = _claim(register, name, claim)
        again = weighed(slot, _given(words, place, meaning), item, now)
        view = edit_view(now, slot, again, {**state, "is_overtaken": "1"})
        return HTMLResponse(render(request, "deciding/edit.html", view), 409)
    here = links.edit(at.document.id, at.claim.id, slot=slot, item=item, back=state["back"])
    return RedirectResponse(told(here, made.decision.id), 303)


def _claim(register: Opened, name: str, claim: str) -> At:
    """A claim by the ids in an address. Raises NotInRegister."""
    (stands, newest), wanted = register.ledger.with_newest(named(name, "document")), named(claim, "claim")
    for place, one in enumerate(stands.read.claims):
        if one.id == wanted:
            return At(stands, newest, place)
    raise NotInRegister(f"document {stands.read.id} has no claim {wanted!r}; its page shows all that it has")


def _given(words: Sequence[str] | None, place: Sequence[str] | None, meaning: Sequence[str] | None) -> list[Given]:
    return [Given(*row) for row in zip_longest(words or (), place or (), meaning or (), fillvalue="")]
