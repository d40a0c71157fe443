"""The list of documents, each document with its claims, and each claim by its permanent address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from followthearms.errors import NotInRegister
from followthearms.exchange.tables import CLAIM_COLUMNS, Told, claim_rows
from followthearms.exchange.words import heading
from followthearms.model import Document, Ref
from followthearms.model.filters import Target
from followthearms.model.format import dump_line
from followthearms.web import links
from followthearms.web.answers import Answer, Table, answer, named, pages
from followthearms.web.kept import kept
from followthearms.web.opened import Opened
from followthearms.web.routes.lists import Listed, gather
from followthearms.web.views.asking import sorted_by
from followthearms.web.views.citing import cite_document, data_block, document_data
from followthearms.web.views.decisions import decisions_view, on_claim
from followthearms.web.views.documents.cases import Case, cases
from followthearms.web.views.documents.document import document_view, told
from followthearms.web.views.documents.found import DOCUMENT_COLUMNS, document_rows, found_view
from followthearms.web.views.quotes import quote

router = APIRouter(tags=["documents"])


@pages(router, "/documents", csv=True)
@kept
def documents(request: Request, register: Opened, asked: Listed) -> Response:
    """The documents that meet a query, or of which a claim meets it, the newest first."""
    query = asked.query
    if asked.sort:
        return RedirectResponse(links.listing("/documents", q=str(sorted_by(query, asked.sort))), 303)
    page = gather(register.search.documents, query, asked, is_page=links.is_page(request.url.path))
    view = found_view("/documents", Target.DOCUMENTS, query, page, asked.limit, asked.after)
    data = {"query": str(query), **page.model_dump(mode="json"), "count": len(page.rows)}
    table = Table("documents", DOCUMENT_COLUMNS, document_rows(page.rows))
    return answer(request, Answer("documents/documents.html", view, data, table))


@pages(router, "/documents/{name}", csv=True)
@kept
def document(request: Request, register: Opened, name: str) -> Response:
    """One document: its text with all its claims. The JSON is in the claim format."""
    stands, newest = register.ledger.with_newest(named(name, "document"))
    found, standing = stands.linked, cases(stands, newest)
    view = {
        **vars(document_view(stands.document, _deals(register, found.id), standing)),
        "cite": cite_document(found),
        "block": data_block(document_data(found)),
        "story": [(one, links.document(one)) for one in register.belonging.copies(found.id)],
    }
    return answer(
        request,
        Answer(
            "documents/document.html",
            view,
            json.loads(dump_line(found)),
            Table("claims", CLAIM_COLUMNS, claim_rows(_told(register, stands.document, standing))),
        ),
    )


@pages(router, "/documents/{name}/claims/{claim}")
@kept
def claim(request: Request, register: Opened, name: str, claim: str) -> Response:
    """One claim: its sentence, its slots, the deals that it is part of."""
    (stands, newest), wanted = register.ledger.with_newest(named(name, "document")), named(claim, "claim")
    found, standing = stands.document, cases(stands, newest)
    numbered = next(((n, one) for n, one in enumerate(found.claims, 1) if one.id == wanted), None)
    if numbered is None:
        raise NotInRegister(f"document {found.id} has no claim {wanted!r}; its page shows all that it has")
    view = {
        "told": told(found, *numbered, _deals(register, found.id).get(wanted, ()), standing[wanted]),
        "document": found,
        "quote": quote(found, numbered[1]),
        "history": decisions_view(on_claim(register.ledger.history(f"document:{found.id}"), wanted)),
    }
    return answer(request, Answer("documents/claim.html", view, numbered[1]))


def _told(register: Opened, document: Document, standing: Mapping[str, Case]) -> Iterator[Told]:
    """All claims of a document as rows tell them, rejected ones too."""
    deals = register.belonging.of_items([document.id])
    for claim in document.claims:
        ref = Ref(document=document.id, claim=claim.id)
        yield Told(document, claim, standing[claim.id].standing, deals.get(ref, {}))


def _deals(register: Opened, document: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each claim of a document the deals that it is part of, as id and heading."""
    found = register.belonging.of_document(document)
    return {name: tuple((row.id, heading(row)) for row in rows) for name, rows in found.items()}
