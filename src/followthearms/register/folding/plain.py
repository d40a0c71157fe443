"""Deals and claims in plain columns, as a spreadsheet has them: what the views for other programs are made of.

Invariant: they say what the CSV of the same name says. Several values in a column stand one after the other, and those
of a column and of its codes in the same order; what is not told is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from followthearms.knowledge.states import name_of
from followthearms.model import Amount, Claim, Deal, Figure, Money, Named, Quantity, Span
from followthearms.register.tables.views import BETWEEN


def sheet(told: Deal) -> dict[str, Any]:
    """The row of a deal in `derived.sheets`."""
    sides = {"supplier": told.supplier, "recipient": told.recipient, "parties": told.parties, "actors": told.actors}
    return {
        "deal": told.id,
        **{side: _joined(map(_party, named)) for side, named in sides.items()},
        **{f"{side}_code": _joined(party.code for party in named) for side, named in sides.items()},
        "equipment": _joined(_line(item.label) for item in told.equipment),
        "designation": _joined(dict.fromkeys(item.designation for item in told.equipment if item.designation)),
        "category": _joined(dict.fromkeys(item.category for item in told.equipment if item.category)),
        **_number(told.quantity[0] if told.quantity else None),
        "delivered_total": told.delivered_total,
        **_money(told.own_value),
        "companies": _joined(_line(one.name) for one in told.companies),
        "places": _joined(_line(one.name) for one in told.places),
        "documents": len(told.documents),
        "contradictions": len(told.contradictions),
    }


def slots(claim: Claim) -> dict[str, Any]:
    """What the row of a claim in `derived.statements` says of its slots."""
    sides = {"supplier": claim.supplier, "recipient": claim.recipient, "parties": claim.parties, "actor": claim.actor}
    return {
        **{side: _words(parties) for side, parties in sides.items()},
        **{f"{side}_code": _joined(party.code for party in parties) for side, parties in sides.items()},
        **_money(claim.value),
        "place": _line(claim.place.text) if claim.place else None,
        "company": _words(claim.company),
    }


def lots(claim: Claim) -> Iterator[dict[str, Any]]:
    """The rows of a claim in `derived.lots`, without where the claim stands."""
    for number, item in enumerate(claim.equipment, 1):
        yield {
            "item": number,
            "start": item.start,
            "equipment": _line(item.text),
            "designation": item.designation,
            "category": item.category,
            "quantity": _line(item.quantity.text) if item.quantity else None,
            **_number(item.quantity),
        }


def _party(named: Named) -> str:
    return name_of(named.code) or named.code if named.code else _line(named.name)


def _number(found: Figure | Quantity | None) -> dict[str, Any]:
    if found is None:
        return dict.fromkeys(("number", "bound", "unit"))
    return {"number": found.number, "bound": found.bound.value, "unit": found.unit}


def _money(found: Amount | Money | None) -> dict[str, Any]:
    if found is None:
        return dict.fromkeys(("amount", "currency", "value_bound", "value_per"))
    told = {"currency": found.currency, "value_bound": found.bound.value, "value_per": found.per}
    return {"amount": found.amount, **told}


def _words(spans: Iterable[Span]) -> str | None:
    return _joined(_line(span.text) for span in spans)


def _joined(values: Iterable[str | None]) -> str | None:
    told = [value or "" for value in values]
    return BETWEEN.join(told) if any(told) else None


def _line(text: str) -> str:
    return " ".join(text.split())
