"""Claims and deals as flat tables, and tables as CSV: RFC 4180, UTF-8 with a byte order mark, as spreadsheets want it.

Invariants: no cell of a written file is a formula to a spreadsheet. A deal is one row; a claim one for each item of
equipment and each deal that this item is part of, so that both tables can be joined by `deal`. Where several values
stand in one cell, each is a line of it, and the lines of a column and of its codes are of the same values. Whoever adds
up `amount` over rows counts no sum twice.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from followthearms.exchange import words
from followthearms.exchange.cells import SLOTS, filling
from followthearms.model import Claim, Document, Equipment, Money, Quantity, Ref
from followthearms.model.deals import Amount, DealRow, Figure, Named
from followthearms.register import Register
from followthearms.register.search import FoundClaim

Row = dict[str, str]
"""One row: the names of its columns and their text."""

MARK = "\ufeff"
"""The byte order mark that a file begins with: without it, Excel takes UTF-8 for the code page of its machine."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|\t")
"""Beginnings that a spreadsheet takes for a formula, the full-width forms included."""
_BATCH = 500
"""Claims of which the texts are held at once."""

CLAIM_COLUMNS = (
    *("deal", "document", "url", "title", "outlet", "published", "claim", "item", "standing", "kind", "modality"),
    *("negated", "disputed", "trigger"),
    *SLOTS,
    *("supplier_code", "recipient_code", "parties_code", "actor_code", "designation", "category"),
    *("number", "bound", "unit", "amount", "shared_amount", "currency", "value_bound", "value_per"),
    *("date_from", "date_to", "evidence", "evidence_start", "evidence_end", "method"),
)
DEAL_COLUMNS = (
    *("deal", "nature", "supplier", "recipient", "parties", "actors"),
    *("supplier_code", "recipient_code", "parties_code", "actors_code", "equipment", "status"),
    *("quantity", "number", "bound", "unit", "delivered", "delivered_total"),
    *("value", "amount", "currency", "value_bound", "value_per", "first", "last", "reached", "reported"),
    *("sources", "documents", "claims", "contradictions", "conflicts", "companies", "places"),
)
_PARTIES = ("supplier", "recipient", "parties", "actor")
_OF_ITEMS = ("equipment", "quantity")
_SIDES = ("supplier", "recipient", "parties", "actors")


@dataclass(frozen=True)
class Told:
    """A claim as decided, in its document. `deals`: those of each item, by where it starts (`Belonging.of_items`)."""

    document: Document
    claim: Claim
    standing: str = ""
    deals: Mapping[int | None, Sequence[str]] = field(default_factory=dict)


def told(register: Register, found: Iterable[FoundClaim]) -> Iterator[Told]:
    """The claims of an answer of the register, in its order, with all that a row tells of them."""
    rest = iter(found)
    while part := list(islice(rest, _BATCH)):
        names = {one.document for one in part}
        documents = {document.id: document for document in register.documents(names)}
        deals = register.belonging.of_items(names)
        for one in part:
            ref = Ref(document=one.document, claim=one.claim.id)
            yield Told(documents[one.document], one.claim, one.standing.value, deals.get(ref, {}))


def claim_rows(found: Iterable[Told]) -> Iterator[Row]:
    """The rows of each claim: its slots in the words of the text, then what they were read as."""
    for one in found:
        parts = list(_parts(one))
        row = {**_document(one.document), **_claim(one), **_slots(one.claim), **_readings(one.claim, len(parts) > 1)}
        yield from ({**row, **part} for part in parts)


def deal_rows(deals: Iterable[DealRow]) -> Iterator[Row]:
    """One row for each deal."""
    return (_deal(deal) for deal in deals)


def write_csv(rows: Iterable[Row], columns: Sequence[str], file: TextIO) -> int:
    """Write a header and the rows, a column that a row does not have empty; how many rows that were.

    `file` must be opened with `newline=""`, for UTF-8.
    """
    file.write(MARK)
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
        "url": document.url or "",
        "title": document.title or "",
        "outlet": document.outlet or "",
        "published": _text(document.date),
    }


def _claim(found: Told) -> Row:
    document, claim = found.document, found.claim
    return {
        "claim": claim.id,
        "standing": found.standing,
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


def _parts(found: Told) -> Iterator[Row]:
    """What each row of a claim has of its own: an item, and a deal that this is part of."""
    every = sorted({name for names in found.deals.values() for name in names})
    for number, item in enumerate(found.claim.equipment or (None,), 1):
        deals = found.deals.get(item.start if item else None, every)
        for deal in deals or ("",):
            yield {**_item(item), "item": str(number), "deal": deal}


def _slots(claim: Claim) -> Row:
    return {
        slot: _lines(words.one_line(span.text) for span in filling(claim, slot))
        for slot in SLOTS
        if slot not in _OF_ITEMS
    }


def _readings(claim: Claim, has_several_rows: bool) -> Row:
    row = {f"{slot}_code": _lines(party.code for party in getattr(claim, slot)) for slot in _PARTIES}
    if claim.value:
        row |= _money(claim.value, "shared_amount" if has_several_rows else "amount")
    if claim.date:
        row |= {"date_from": _text(claim.date.first), "date_to": _text(claim.date.last)}
    return row


def _item(item: Equipment | None) -> Row:
    """The words of one item and of its number, and what they were read as."""
    if item is None:
        return {}
    row = {
        "equipment": words.one_line(item.text),
        "designation": _text(item.designation),
        "category": _text(item.category),
    }
    return row | ({"quantity": words.one_line(item.quantity.text)} | _number(item.quantity) if item.quantity else {})


def _deal(deal: DealRow) -> Row:
    sides = {side: getattr(deal, side) for side in _SIDES}
    row = {
        "deal": deal.id,
        "nature": deal.nature,
        "status": deal.status,
        **{side: _lines(map(words.party, named)) for side, named in sides.items()},
        **{f"{side}_code": _lines(party.code for party in named) for side, named in sides.items()},
        "equipment": _lines(words.one_line(item.label) for item in deal.equipment),
        "quantity": _lines(map(words.figure, deal.quantity)),
        "delivered": _lines(map(words.figure, deal.delivered)),
        "delivered_total": _count(deal.delivered_total),
        "value": _lines(map(words.money, deal.values)),
        "companies": _names(deal.companies),
        "places": _names(deal.places),
        **{name: _text(getattr(deal, name)) for name in ("first", "last", "reached", "sources", "documents", "claims")},
        "reported": _text(deal.told),
        "contradictions": str(deal.contradictions),
        "conflicts": str(deal.conflicts),
    }
    best_number = _number(deal.quantity[0]) if deal.quantity else {}
    return row | best_number | (_money(deal.own_value) if deal.own_value else {})


def _number(found: Quantity | Figure) -> Row:
    return {"number": _count(found.number), "bound": found.bound, "unit": _text(found.unit)}


def _money(found: Money | Amount, column: str = "amount") -> Row:
    return {
        column: _count(found.amount),
        "currency": _text(found.currency),
        "value_bound": found.bound,
        "value_per": _text(found.per),
    }


def _names(found: Iterable[Named]) -> str:
    return _lines(map(words.named, found))


def _lines(values: Iterable[object]) -> str:
    """Each value as a line, an unknown one as an empty line; empty if all are unknown."""
    lines = [_text(value) for value in values]
    return "\n".join(lines) if any(lines) else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _count(number: int | float | None) -> str:
    """A number as programs read it; one that is whole without decimals."""
    return _text(int(number) if number is not None and number == int(number) else number)


def _flag(flag: bool) -> str:
    return "yes" if flag else "no"
