"""Documents made by hand: a text, and claims whose slots are given by the words of the text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from followthearms.model import Bound, Document

Fields = dict[str, Any]


def draft(name: str, text: str, *claims: Fields, date: str | None = None, outlet: str | None = None) -> Document:
    """A document with claims as `said` makes them."""
    return Document(
        id=name,
        text=text,
        date=dt.date.fromisoformat(date) if date else None,
        outlet=outlet,
        claims=[_placed(text, claim) for claim in claims],
    )


def said(kind: str, trigger: str, **slots: Any) -> Fields:
    """A claim: parties as "words/CODE", equipment as "words/designation/category/number/bound" (from the right, what
    is not told may be left out), value as ("words", amount, currency), date as ("words", from, to)."""
    return {"kind": [kind], "trigger": trigger, **slots}


def _placed(text: str, claim: Fields) -> Fields:
    made: Fields = {"evidence": {"start": 0, "end": len(text)}}
    for slot, value in claim.items():
        if slot in ("supplier", "recipient", "actor", "parties", "speaker"):
            made[slot] = [_party(text, party) for party in _many(value)]
        elif slot == "equipment":
            made[slot] = [_equipment(text, item) for item in _many(value)]
        elif slot == "company":
            made[slot] = [_span(text, firm) for firm in _many(value)]
        elif slot in ("trigger", "place", "medium"):
            made[slot] = _span(text, value)
        elif slot == "value":
            quote, amount, currency, *bound = value
            made[slot] = {**_span(text, quote), "amount": amount, "currency": currency}
            made[slot] |= {"bound": bound[0]} if bound else {}
        elif slot == "date":
            quote, first, last = value
            made[slot] = {**_span(text, quote), "from": first, "to": last}
        else:
            made[slot] = value
    return made


def _party(text: str, party: str) -> Fields:
    quote, _, code = party.partition("/")
    return {**_span(text, quote), "code": code or None}


def _equipment(text: str, item: str) -> Fields:
    quote, designation, category, number, bound = (item + "////").split("/")[:5]
    made: Fields = {**_span(text, quote), "designation": designation or None, "category": category or None}
    if number:
        counted = _span(text, f"{int(number):,}")
        made["quantity"] = {**counted, "number": int(number), "bound": bound or Bound.EXACT}
    return made


def _span(text: str, quote: str) -> Fields:
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote}


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
