"""Claims one by one, and groups of them, to be decided on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.model import Ref, Standing
from followthearms.model.query import Query as Search
from followthearms.web import links
from followthearms.web.accounts.visitors import Analyst
from followthearms.web.answers import Answer, answer, pages
from followthearms.web.done import FIELD, told
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import Q, Sorting
from followthearms.web.views.asking import sorted_by
from followthearms.web.views.deals.deal import refs_of
from followthearms.web.views.deciding.review import GROUPS, Likeness, members, review_view, shown
from followthearms.web.views.documents.cases import MOST_PICKED

router = APIRouter(tags=["review"])

USUAL = "standing:pending"
"""What is reviewed if nothing else is asked for."""

OfDocument = Annotated[str, Query(max_length=2000, description="The id of the claim's document.")]
Named = Annotated[str, Query(max_length=2000, description="The id of the claim.")]


@pages(router, "/review")
def review(
    request: Request,
    register: Opened,
    visitor: Analyst,
    q: Q = USUAL,
    sort: Sorting = "",
    document: OfDocument = "",
    claim: Named = "",
    following: Annotated[bool, Query(description="Lead to the claim after that one.")] = False,
) -> Response:
    """A claim among those that meet a query: the one of a document and an id, else the first."""
    if links.day():
        return RedirectResponse(links.parted(str(request.url.path))[1], 303)
    query = Search.parse(q or USUAL)
    if sort:
        return RedirectResponse(links.review(str(sorted_by(query, sort))), 303)
    at = Ref(document=document, claim=claim) if claim else None
    place = register.search.place(query, at)
    if following:
        beyond = (place.next.document, place.next.claim) if place.next else None
        address = links.review(str(query), beyond)
        return RedirectResponse(
            told(address, request.query_params[FIELD]) if FIELD in request.query_params else address, 303
        )
    similar = register.search.similar(place.claim) if place.claim else ()
    data = {"query": str(query), **place.model_dump(mode="json"), "similar": similar}
    return answer(
        request, Answer("deciding/review.html", review_view(register, query, place, similar, visitor.name), data)
    )


@pages(router, "/review/cell")
def cell(
    request: Request,
    register: Opened,
    visitor: Analyst,
    deal: Annotated[str, Query(max_length=2000, description="The id of the deal.")],
    part: Annotated[str, Query(max_length=20, description="The field, as the page of the deal names it.")],
    value: Annotated[int, Query(ge=1, le=10**6, description="Which of its values, counted from 1.")] = 1,
) -> Response:
    """The claims that tell a value of a deal and are still to be decided on, to be decided on at once."""
    found = register.deal(deal)
    told_by = refs_of(found, part, value)
    cases = [
        one
        for one in shown(register, told_by[:MOST_PICKED])
        if one.told.case and one.told.case.standing == Standing.PENDING
    ]
    here = links.deal(found.id, part)
    view = {"cases": cases, "label": "", "here": here, "back": here}
    return answer(request, Answer("deciding/group.html", view, {"deal": found.id, "part": part, "claims": told_by}))


@pages(router, "/review/group")
def group(
    request: Request,
    register: Opened,
    visitor: Analyst,
    document: OfDocument,
    claim: Named,
    by: Annotated[Likeness, Query(description="What the claims have in common.")] = Likeness.VALUE,
    q: Q = USUAL,
) -> Response:
    """Claims like one that are to be decided on, with it, to be looked at and decided on at once."""
    at = Ref(document=document, claim=claim)
    alike = members(register.search.similar(at), by)[: MOST_PICKED - 1]
    refs = [at, *(Ref(document=one.found.document, claim=one.found.claim.id) for one in alike)]
    here = links.review(str(Search.parse(q or USUAL)), (document, claim))
    view = {
        "cases": shown(register, refs),
        "label": GROUPS[by],
        "here": here,
        "back": f"{here}&following=1",
    }
    return answer(request, Answer("deciding/group.html", view, {"by": by, "claims": refs}))
