"""Claims and deals as flat tables, and tables as CSV (UTF-8, RFC 4180).

Invariant: no cell of a written file is a formula to a spreadsheet, and every claim and every deal is one row.
Several values in one cell stand one below the other, in the same order in each column that belongs together.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from followthearms.exchange import words
from followthearms.exchange.cells import SLOTS, cells
from followthearms.model import Claim, Document
from followthearms.model.deals import Deal, Named

Row = dict[str, str]
"""One row: the names of its columns and their text."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|\t")
"""Beginnings that a spreadsheet takes for a formula, the full-width forms included."""

CLAIM_COLUMNS = (
    *("document", "title", "outlet", "published", "claim", "kind", "modality", "negated", "disputed", "trigger"),
    *SLOTS,
    *("supplier_code", "recipient_code", "parties_code", "actor_code", "designation", "category", "number", "bound"),
    *("amount", "currency", "date_from", "date_to", "evidence", "evidence_start", "evidence_end", "method"),
)
DEAL_COLUMNS = (
    *("deal", "nature", "supplier", "recipient", "parties", "supplier_code", "recipient_code", "parties_code"),
    *("equipment", "ordered", "delivered", "value", "status", "sources", "places", "companies", "first", "conflicts"),
    *("documents", "claims"),
)


def claim_rows(documents: Iterable[Document]) -> Iterator[Row]:
    """One row for each claim: its slots in the words of the text, then what they were read as."""
    for document in documents:
        for claim in document.claims:
            yield {**_document(document), **_claim(document, claim), **_slots(claim), **_readings(claim)}


def deal_rows(deals: Iterable[Deal]) -> Iterator[Row]:
    """One row for each deal."""
    return (_deal(deal) for deal in deals)


def write_csv(rows: Iterable[Row], columns: Sequence[str], file: TextIO) -> int:
    """Write a header and the rows, a column that a row does not have empty; how many rows that were.

    `file` must be opened with `newline=""`.
    """
    writer = csv.DictWriter(file, fieldnames=list(columns), lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({column: harmless(row.get(column, "")) for column in columns})
        count += 1
    return count


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it and never runs it: what looks like a formula begins with an apostrophe."""
    cell = words.visible(cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _document(document: Document) -> Row:
    return {
        "document": document.id,
        "title": document.title or "",
        "outlet": document.outlet or "",
        "published": _text(document.date),
    }


def _claim(document: Document, claim: Claim) -> Row:
    return {
        "claim": claim.id,
        "kind": " / ".join(claim.kind),
        "modality": claim.modality,
        "negated": _flag(claim.negated),
        "disputed": _flag(claim.disputed),
        "trigger": claim.trigger.text,
        "evidence": document.words(claim.evidence),
        "evidence_start": str(claim.evidence.start),
        "evidence_end": str(claim.evidence.end),
        "method": f"{claim.method.by} {claim.method.rule}".strip() if claim.method else "",
    }


def _slots(claim: Claim) -> Row:
    row: dict[str, list[str]] = {}
    for cell in cells(claim):
        row.setdefault(cell.slot, []).append(" ".join(cell.span.text.split()))
    return {slot: "\n".join(texts) for slot, texts in row.items()}


def _readings(claim: Claim) -> Row:
    codes = {slot: getattr(claim, slot) for slot in ("supplier", "recipient", "parties", "actor")}
    counted = [item.quantity for item in claim.equipment]
    row = {f"{slot}_code": _lines(p.code for p in found) for slot, found in codes.items()}
    row["designation"] = _lines(item.designation for item in claim.equipment)
    row["category"] = _lines(item.category for item in claim.equipment)
    row["number"] = _lines(q and q.number for q in counted)
    row["bound"] = _lines(q and q.bound for q in counted)
    if claim.value:
        row |= {"amount": _text(claim.value.amount), "currency": _text(claim.value.currency)}
    if claim.date:
        row |= {"date_from": _text(claim.date.first), "date_to": _text(claim.date.last)}
    return row


def _deal(deal: Deal) -> Row:
    return {
        "deal": deal.id,
        "nature": deal.nature,
        "status": deal.status,
        **{side: _names(getattr(deal, side)) for side in ("supplier", "recipient", "parties")},
        **{
            f"{side}_code": _lines(p.code for p in getattr(deal, side)) for side in ("supplier", "recipient", "parties")
        },
        "equipment": _lines(item.label for item in deal.equipment),
        "ordered": _lines(words.figure(f) for f in deal.ordered),
        "delivered": _lines(words.figure(f) for f in deal.delivered),
        "value": _lines(words.money(a) for a in deal.values),
        "sources": str(deal.sources),
        "places": _lines(place.name for place in deal.places),
        "companies": _lines(company.name for company in deal.companies),
        "first": _text(deal.first),
        "conflicts": str(len(deal.conflicts)),
        "documents": str(len(deal.documents)),
        "claims": str(len({event.ref for event in deal.events})),
    }


def _names(found: Iterable[Named]) -> str:
    return _lines(words.party(named) for named in found)


def _lines(values: Iterable[object]) -> str:
    """Values one below the other, unknown ones as empty lines; empty if all are unknown."""
    return "\n".join(_text(value) for value in values).rstrip("\n")


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _flag(flag: bool) -> str:
    return "yes" if flag else "no"
