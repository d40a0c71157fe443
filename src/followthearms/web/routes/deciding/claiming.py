"""Adding a claim that was missed: what would be saved is looked at first, then saved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followthearms.errors import UsageError
from followthearms.web import links
from followthearms.web.accounts.visitors import Analyst
from followthearms.web.answers import named
from followthearms.web.done import told
from followthearms.web.opened import Opened
from followthearms.web.rendering import render
from followthearms.web.routes.deciding.fields import MEANINGS, PLACES, WORDS, Why
from followthearms.web.views.deciding.claiming import Chosen, Weighed, add_view, weighed
from followthearms.web.views.deciding.correcting import Given

router = APIRouter(tags=["deciding"])

PATH = "/documents/{name}/add"
MOST_VALUES = 100

_KIND = "What the text reports; the best kind first, then perhaps a second; empty ones do not count."
_FLAG = "How the text says it."
_SLOT = "What the words of each value are for: trigger, evidence, or a slot."


@router.get(PATH, response_class=HTMLResponse)
def look(
    request: Request,
    register: Opened,
    visitor: Analyst,
    name: str,
    kind: Annotated[list[str] | None, Query(max_length=10, description=_KIND)] = None,
    modality: Annotated[str, Query(max_length=20, description=_FLAG)] = "actual",
    negated: Annotated[str, Query(max_length=3, description=_FLAG)] = "no",
    disputed: Annotated[str, Query(max_length=3, description=_FLAG)] = "no",
    slot: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=_SLOT)] = None,
    words: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=WORDS)] = None,
    place: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=PLACES)] = None,
    meaning: Annotated[list[str] | None, Query(max_length=MOST_VALUES, description=MEANINGS)] = None,
) -> Response:
    """A form beside the whole text; once words are given, the claim that would be saved."""
    if links.day():
        return RedirectResponse(links.parted(str(request.url.path))[1], 303)
    stands = register.ledger.standing(named(name, "document"))
    chosen = _chosen((kind, modality, negated, disputed), (slot, words, place, meaning))
    return HTMLResponse(render(request, "deciding/add.html", add_view(stands, chosen, weighed(chosen, stands.read))))


@router.post(PATH, response_class=RedirectResponse, status_code=303)
def save(
    request: Request,
    register: Opened,
    visitor: Analyst,
    name: str,
    kind: Annotated[list[str], Form(max_length=10, description=_KIND)],
    slot: Annotated[list[str], Form(max_length=MOST_VALUES, description=_SLOT)],
    words: Annotated[list[str], Form(max_length=MOST_VALUES, description=WORDS)],
    place: Annotated[list[str] | None, Form(max_length=MOST_VALUES, description=PLACES)] = None,
    meaning: Annotated[list[str] | None, Form(max_length=MOST_VALUES, description=MEANINGS)] = None,
    modality: Annotated[str, Form(max_length=20, description=_FLAG)] = "actual",
    negated: Annotated[str, Form(max_length=3, description=_FLAG)] = "no",
    disputed: Annotated[str, Form(max_length=3, description=_FLAG)] = "no",
    why: Why = "",
) -> Response:
    """Save a claim. Nothing is written, and what was given comes back, if it cannot be taken."""
    stands = register.ledger.standing(named(name, "document"))
    chosen = _chosen((kind, modality, negated, disputed), (slot, words, place, meaning))
    asked = weighed(chosen, stands.read)
    if ruling := asked.ruling:
        try:
            made = register.ledger.decide(ruling, visitor.name, why)
        except UsageError as error:
            asked = Weighed(asked.rows, problem=str(error))
        else:
            return RedirectResponse(told(links.claim(stands.read.id, ruling.claim.id), made.decision.id), 303)
    return HTMLResponse(render(request, "deciding/add.html", add_view(stands, chosen, asked, why)), 422)


def _chosen(choices: tuple[Sequence[str] | None, str, str, str], values: Sequence[Sequence[str] | None]) -> Chosen:
    kinds, modality, negated, disputed = choices
    told = {"kind": [one for one in kinds or () if one], "modality": [modality]}
    rows = zip_longest(*(some or () for some in values), fillvalue="")
    return Chosen(
        {**told, "negated": [negated], "disputed": [disputed]}, [(slot, Given(*given)) for slot, *given in rows]
    )
