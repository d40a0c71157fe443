"""Ruling on deals, entities, contradictions and sources; what is made one or taken apart is looked at first."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followthearms.errors import NotInRegister, UsageError
from followthearms.exchange.words import heading
from followthearms.model.decisions import Different, Grade, GradeSource, Note, Resolve, Ruling, Same, Verdict
from followthearms.model.query import Query as Search
from followthearms.register import Register
from followthearms.web import links
from followthearms.web.accounts.visitors import Analyst, Editor, Visitor
from followthearms.web.answers import named
from followthearms.web.done import told
from followthearms.web.opened import Opened
from followthearms.web.rendering import render
from followthearms.web.routes.deciding.fields import Back, Why
from followthearms.web.views.deciding import rulings
from followthearms.web.views.quotes import Library

router = APIRouter(tags=["deciding"])

FOUND = 10
"""Deals or entities among which another is chosen."""

_Id = Annotated[str, Form(max_length=2000)]
_Asked = Annotated[str, Query(max_length=1000, description="Words, filters, or an id.")]
_Other = Annotated[str, Query(max_length=2000, description="The id of the other one.")]
_Parts = Annotated[list[str] | None, Query(max_length=1000, description="What is ticked.")]


class Bond(StrEnum):
    """What two claims are to each other."""

    SAME = "same"
    DIFFERENT = "different"


@router.post("/rulings/resolve", response_class=RedirectResponse, status_code=303)
def resolve(
    register: Opened,
    visitor: Editor,
    contradiction: _Id,
    verdict: Annotated[Verdict, Form()],
    why: Why,
    back: Back = "/contradictions",
) -> str:
    """Rule on a contradiction."""
    found = register.ledger.contradiction(contradiction)
    return _decided(register, visitor, Resolve(contradiction=found, verdict=verdict), _reason(why), back)


@router.post("/rulings/merge", response_class=RedirectResponse, status_code=303)
def merge(
    register: Opened, visitor: Editor, name: Annotated[list[str], Form(max_length=20)], why: Why, back: Back = "/"
) -> str:
    """Make one of deals, or of entities; the first keeps its id."""
    return _decided(register, visitor, register.ledger.merging(name), _reason(why), back)


@router.post("/rulings/split", response_class=RedirectResponse, status_code=303)
def split(
    register: Opened,
    visitor: Editor,
    name: _Id,
    part: Annotated[list[str], Form(max_length=1000)],
    why: Why,
    back: Back = "/",
) -> str:
    """Take claims out of a deal, or names from an entity."""
    return _decided(register, visitor, register.ledger.splitting(name, part), _reason(why), back)


@router.post("/rulings/bind", response_class=RedirectResponse, status_code=303)
def bind(
    register: Opened,
    visitor: Analyst,
    left: _Id,
    right: _Id,
    bond: Annotated[Bond, Form()],
    why: Why,
    back: Back = "/",
) -> str:
    """Say of two claims or deals that they are of one deal, or not."""
    one, other = register.ledger.pair(left.strip(), right.strip())
    ruling = Same(left=one, right=other) if bond is Bond.SAME else Different(left=one, right=other)
    return _decided(register, visitor, ruling, _reason(why), back)


@router.post("/rulings/grade", response_class=RedirectResponse, status_code=303)
def grade(
    register: Opened,
    visitor: Editor,
    source: _Id,
    grade: Annotated[Grade, Form()],
    why: Why,
    back: Back = "/sources",
) -> str:
    """Grade a source by the Admiralty code."""
    return _decided(
        register, visitor, GradeSource(source=register.ledger.source(source), grade=grade), _reason(why), back
    )


@router.post("/rulings/note", response_class=RedirectResponse, status_code=303)
def note(
    register: Opened,
    visitor: Analyst,
    subject: _Id,
    text: Annotated[str, Form(max_length=10_000)],
    back: Back = "/",
) -> str:
    """Leave a note on a deal, an entity, a source, a document or a contradiction."""
    if not text.strip():
        raise UsageError("a note needs some words")
    return _decided(register, visitor, Note(about=register.ledger.about(subject), text=text), "", back)


@router.get("/deals/{name}/merge", response_class=HTMLResponse)
def merge_deal(
    request: Request, register: Opened, visitor: Editor, name: str, q: _Asked = "", other: _Other = ""
) -> Response:
    """Choose another deal that is the same, and look at what would come of it."""
    deal = register.deal(named(name, "deal"))
    wanted = other or _deal_named(register, q)
    found: tuple[rulings.Candidate, ...] = ()
    preview = None
    if wanted:
        second = register.deal(wanted)
        foreseen = register.ledger.foresee(register.ledger.merging([deal.id, second.id]), visitor.name)
        preview = rulings.merge_deals(deal, second, foreseen)
    else:
        page = register.search.deals(Search.parse(q) if q else rulings.like(deal), limit=FOUND + 1)
        found = tuple(rulings.deal_candidate(one.row, deal.id) for one in page.rows if one.row.id != deal.id)[:FOUND]
    page_of = links.deal(deal.id)
    view = rulings.MergeView("deal", heading(deal), f"{page_of}/merge", page_of, q, found, preview)
    return HTMLResponse(render(request, "deciding/merge.html", view))


@router.get("/deals/{name}/split", response_class=HTMLResponse)
def split_deal(request: Request, register: Opened, visitor: Editor, name: str, part: _Parts = None) -> Response:
    """Tick the claims that are another deal, and look at what would come of it."""
    deal = register.deal(named(name, "deal"))
    preview = None
    if part:
        foreseen = register.ledger.foresee(register.ledger.splitting(deal.id, part), visitor.name)
        preview = rulings.split_deal(deal, part, foreseen)
    library = Library(register.documents(deal.documents))
    page_of = links.deal(deal.id)
    parts = rulings.claims_of(deal, library, part or ())
    view = rulings.SplitView("deal", heading(deal), f"{page_of}/split", page_of, parts, preview)
    return HTMLResponse(render(request, "deciding/split.html", view))


@router.get("/entities/{name}/merge", response_class=HTMLResponse)
def merge_entity(
    request: Request, register: Opened, visitor: Editor, name: str, q: _Asked = "", other: _Other = ""
) -> Response:
    """Choose another name of the same, and look at both."""
    one = register.entities.get(named(name, "entity"))
    preview = None
    found: tuple[rulings.Candidate, ...] = ()
    page_of = links.entity(one.entity.id)
    if other:
        second = register.entities.get(other)
        merging = register.ledger.merging([one.entity.id, second.entity.id])
        preview = rulings.merge_entities(one, second, register.ledger.foresee(merging, visitor.name))
    elif q:
        alike = [known for known in register.entities.find(q) if known.id != one.entity.id][:FOUND]
        found = tuple(rulings.entity_candidate(known, one.entity.id) for known in alike)
    view = rulings.MergeView("entity", one.entity.label, f"{page_of}/merge", page_of, q, found, preview)
    return HTMLResponse(render(request, "deciding/merge.html", view))


@router.get("/entities/{name}/split", response_class=HTMLResponse)
def split_entity(request: Request, register: Opened, visitor: Editor, name: str, part: _Parts = None) -> Response:
    """Tick the words that mean something else, and look at what is known of it."""
    one = register.entities.get(named(name, "entity"))
    preview = None
    if part:
        splitting = register.ledger.splitting(one.entity.id, part)
        preview = rulings.split_entity(one, part, register.ledger.foresee(splitting, visitor.name))
    page_of = links.entity(one.entity.id)
    parts = rulings.names_of(one, part or ())
    view = rulings.SplitView("entity", one.entity.label, f"{page_of}/split", page_of, parts, preview)
    return HTMLResponse(render(request, "deciding/split.html", view))


def _decided(register: Register, visitor: Visitor, ruling: Ruling, why: str, back: str) -> str:
    """Take the ruling down; the page to go to, which tells of it."""
    return told(back, register.ledger.decide(ruling, visitor.name, why).decision.id)


def _reason(why: str) -> str:
    if not why.strip():
        raise UsageError("say why: others will ask; go back, and fill in the reason")
    return why


def _deal_named(register: Register, asked: str) -> str:
    """The id of the deal that a person means by it; empty if it is no id."""
    if " " in asked.strip() or ":" in asked or len(asked.strip()) < 5:
        return ""
    try:
        return register.deal(asked.strip()).id
    except NotInRegister:  # so it is something to search for
        return ""
