"""States, bodies, groups, organisations, companies, people, equipment and places: what claims refer to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from followthearms.model import EntityKind
from followthearms.web.answers import Answer, Table, answer, named, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.views.asking import only
from followthearms.web.views.decisions import decisions_view
from followthearms.web.views.names.entities import COLUMNS, ROLES, entities_view, entity_view, rows

router = APIRouter(tags=["entities"])

Sort = Annotated[EntityKind, Query(description="What sort of entities to list.")]
Known = Annotated[bool | None, Query(description="Only those that no register of names knows, or only the others.")]
MOST = 500
"""Entities of a list; the search finds the others."""
_ROWS = 10
"""Deals that are shown of each role; the list of deals has the others."""


@pages(router, "/entities", csv=True)
@kept
def entities(request: Request, register: Opened, kind: Sort = EntityKind.STATE, provisional: Known = None) -> Response:
    """The entities of a sort, the most named first."""
    found = register.entities.review(kind, provisional=provisional, limit=MOST)
    ordered = sorted(found, key=lambda one: (-one.mentions, one.entity.id))
    view = entities_view(ordered, kind, provisional, len(found) == MOST)
    data = {"count": len(ordered), "rows": ordered}
    return answer(request, Answer("names/entities.html", view, data, Table("entities", COLUMNS, rows(ordered))))


@pages(router, "/entities/{name}")
@kept
def entity(request: Request, register: Opened, name: str) -> Response:
    """One entity: its names, the deals in which it plays a part, and the words that name it."""
    found = register.entities.get(named(name, "entity"))
    told = found.entity
    answers = {role: register.search.deals(only(role, told.id), limit=_ROWS) for role in ROLES[told.kind]}
    facets = register.search.facets(only(ROLES[told.kind][0], told.id))
    namings = register.entities.claims_of(told.id, limit=40)
    history = decisions_view(register.ledger.history(f"entity:{told.id}"))
    data = {**found.model_dump(mode="json"), "deals": {role: page.total.count for role, page in answers.items()}}
    return answer(request, Answer("names/entity.html", entity_view(found, answers, facets, namings, history), data))
