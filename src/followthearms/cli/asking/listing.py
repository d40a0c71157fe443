"""What the register holds, on a terminal: deals, one deal, claims, contradictions."""

from __future__ import annotations

from itertools import islice
from typing import Any

from rich.text import Text

from followthearms.cli import console, tables
from followthearms.cli.asking.found import claims_found, deals_found, in_full
from followthearms.cli.stored import Asked
from followthearms.exchange import words
from followthearms.model import Consistency, Topic
from followthearms.model.query import Query
from followthearms.register import Register
from followthearms.register.search import FoundClaim


def print_deals(asked: Asked, query: Query, limit: int | None) -> None:
    """The deals that meet a query, one row each; all that is told of each as JSON."""
    with asked.register() as register:
        rows = list(islice(deals_found(register, query), limit))
        full = in_full(register, rows) if asked.as_json else []
        nothing = "" if rows else _nothing(register, asked, "deals")
    if asked.as_json:
        console.print_json([deal.model_dump(mode="json") for deal in full])
    elif rows:
        console.console().print(tables.deals_table(rows))
    else:
        console.console(error=True).print(Text(nothing))


def print_deal(asked: Asked, name: str, wants_joins: bool) -> None:
    """One deal in full; if wanted, also why its claims are one deal."""
    with asked.register() as register:
        deal = register.deal(name)
        documents = {document.id: document for document in register.documents(deal.documents)}
        parts = register.relations.parts(deal, documents.values())
        joins = register.belonging.joins(deal.id) if wants_joins else None
    if asked.as_json:
        beside = {"parts": parts} if joins is None else {"parts": parts, "joins": joins}
        told = {name: [one.model_dump(mode="json") for one in found] for name, found in beside.items()}
        console.print_json(deal.model_dump(mode="json") | told)
        return
    console.console().print(tables.deal_in_full(deal, documents, parts))
    if joins is not None:
        console.console().print(tables.joins_list(joins, documents))


def print_claims(asked: Asked, query: Query, limit: int | None) -> None:
    """The claims that meet a query, with the words that carry them."""
    with asked.register() as register:
        found = list(islice(claims_found(register, query), limit))
        documents = {document.id: document for document in register.documents({one.document for one in found})}
        nothing = "" if found else _nothing(register, asked, "claims")
    if asked.as_json:
        console.print_json([_statement(one) for one in found])
    elif found:
        console.console().print(tables.claims_table((documents[one.document], one.claim) for one in found))
    else:
        console.console(error=True).print(Text(nothing))


def print_contradictions(
    asked: Asked, query: Query, consistency: Consistency | None, topic: Topic | None, limit: int | None
) -> None:
    """Where reports of one deal differ, of the deals that meet a query; those first where one side must be wrong."""
    with asked.register() as register:
        found = register.contradictions(consistency=consistency, topic=topic)
        if str(query):
            meant = {row.id for row in deals_found(register, query)}
            found = tuple(one for one in found if one.deal in meant)
        deals = {deal.id: deal for deal in register.deals({one.deal for one in found})}
        ordered = sorted(found, key=lambda one: (one.consistency is not Consistency.CONFLICTING, -deals[one.deal].rank))
        shown = [(deals[one.deal], one) for one in ordered[:limit]]
        names = {ref.document for _, one in shown for side in (one.left, one.right) for ref in side.refs}
        documents = {document.id: document for document in register.documents(names)}
    if asked.as_json:
        console.print_json([one.model_dump(mode="json") for _, one in shown])
    else:
        console.console().print(tables.contradictions_list(shown, documents))


def _statement(found: FoundClaim) -> dict[str, Any]:
    published = found.published.isoformat() if found.published else None
    where = {"document": found.document, "outlet": found.outlet, "published": published}
    return {**where, "standing": found.standing.value, **found.claim.model_dump(mode="json", by_alias=True)}


def _nothing(register: Register, asked: Asked, what: str) -> str:
    """Why there is nothing to show: nothing fits, or nothing was there (yet)."""
    day = words.day(asked.as_of) if asked.as_of else ""
    if register.counts().documents:
        return f"The register {f'of {day} held' if day else 'holds'} no {what} that fit."
    return (
        f"The register was empty on {day}: nothing had been added."
        if day
        else "The register is empty; `fta add` adds articles."
    )
