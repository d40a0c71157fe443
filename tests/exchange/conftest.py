"""Documents and deals made by hand, with our own sentences about public facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from followthearms.model import Claim, DateRange, Document, Equipment, Extent, Kind, Money, Party, Quantity, Span
from followthearms.model.deals import (
    Amount,
    Consistency,
    Contradiction,
    Deal,
    Event,
    Figure,
    Item,
    Named,
    Nature,
    Ref,
    Side,
    Status,
    Topic,
)

TEXT = (
    "Russia agreed in October 2018 to make 700,000 AK-203 rifles in India for $1.2 billion.\n\n"
    "Moscow refused to sell Pakistan rifles."
)


def place(text: str, quote: str, **more: Any) -> dict[str, Any]:
    """The fields of the span in which a quote first stands in a text."""
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, **more}


@pytest.fixture
def article() -> Document:
    first, second = TEXT.split("\n\n")
    rifles = Equipment(
        **place(TEXT, "AK-203 rifles", designation="AK-203", category="rifle"),
        quantity=Quantity(**place(TEXT, "700,000", number=700000)),
    )
    agreement = Claim(
        kind=(Kind.AGREEMENT,),
        evidence=Extent(start=0, end=len(first)),
        trigger=Span(**place(TEXT, "agreed")),
        supplier=(Party(**place(TEXT, "Russia", code="RU")),),
        recipient=(Party(**place(TEXT, "India", code="IN")),),
        equipment=(rifles,),
        value=Money(**place(TEXT, "$1.2 billion", amount=1200000000, currency="USD")),
        date=DateRange(**place(TEXT, "October 2018"), first=dt.date(2018, 10, 1), last=dt.date(2018, 10, 31)),
        place=Span(**place(TEXT, "India")),
    )
    refusal = Claim(
        kind=(Kind.REFUSAL,),
        evidence=Extent(start=TEXT.index(second), end=len(TEXT) - 1),
        trigger=Span(**place(TEXT, "refused")),
        supplier=(Party(**place(TEXT, "Moscow", code="RU")),),
        recipient=(Party(**place(TEXT, "Pakistan", code="PK")),),
    )
    return Document(
        id="made:1",
        title="A plant and a refusal",
        outlet="Quillon",
        date=dt.date(2019, 3, 4),
        text=TEXT,
        claims=(agreement, refusal),
    )


@pytest.fixture
def deal(article: Document) -> Deal:
    claim = article.claims[0]
    ref = Ref(document=article.id, claim=claim.id)
    difference = Contradiction(
        id="x1",
        deal="deal1",
        topic=Topic.QUANTITY,
        consistency=Consistency.CONFLICTING,
        left=Side(value="700,000", refs=(ref,)),
        right=Side(value="750,000", refs=(ref,)),
        reason="both are told of the whole order",
    )
    return Deal(
        id="deal1",
        nature=Nature.PRODUCTION,
        status=Status.AGREED,
        supplier=(Named(name="Russia", code="RU", refs=(ref,)),),
        recipient=(Named(name="India", code="IN", refs=(ref,)),),
        equipment=(Item(label="AK-203 rifle", designation="AK-203", category="rifle", refs=(ref,)),),
        quantity=(Figure(number=700000, refs=(ref,)), Figure(number=750000, bound="about", refs=(ref,))),
        values=(Amount(amount=1200000000, currency="USD", refs=(ref,)),),
        events=(
            Event(
                ref=ref,
                kind=Kind.AGREEMENT,
                first=dt.date(2018, 10, 1),
                last=dt.date(2018, 10, 31),
                published=article.date,
                stage=Status.AGREED,
                quote=article.words(claim.evidence),
            ),
        ),
        contradictions=(difference,),
        sources=2,
    )
