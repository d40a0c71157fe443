"""A made-up world of arms deals, told in documents with their claims: as large a register as is asked for.

Deals have a supplier, a recipient, a type with a category, a number, a value and a life of some years; each is told in
one to forty documents by several outlets, a few much and most once or twice. Parties are drawn as the trade has them:
a supplier in proportion to the types that it makes, a recipient by Zipf's law. The same seed and size give the same
world; a larger world has more deals rather than longer ones, as more years and more countries are read.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from followthearms.knowledge.equipment import designations
from followthearms.knowledge.states import name_of, states
from followthearms.model import Document

CLAIMS_A_DOCUMENT = 5
DOCUMENTS_A_DEAL = 2.0
OUTLETS = 400
FIRST_YEAR, LAST_YEAR = 1990, 2026

_STEPS = (
    ("negotiation", "is negotiating", "{s} is negotiating {o} with {r}."),
    ("agreement", "signed", "{s} and {r} signed an agreement on {o}, worth {v}, on {d}."),
    ("delivery", "delivered", "{s} delivered {o} to {r} on {d}."),
    ("supply", "supplies", "{s} supplies {o} to {r}."),
    ("approval", "approved", "{s} approved the sale of {o} to {r} on {d}."),
    ("request", "asked", "{r} asked {s} for {o}."),
    ("refusal", "refused", "{s} refused {r} {o}."),
)
_WORDS = (
    "talks capital officials ministry budget parliament timetable analysts spokesman comment weeks border exercise "
    "training crews maintenance depot contract clause offset industry workers union election visit summit minister "
    "general staff briefing statement evening morning delayed agreed expected earlier later several further new old "
    "northern southern coastal regional joint national foreign domestic senior former current annual second third"
).split()


@dataclass(frozen=True)
class _Deal:
    supplier: tuple[str, str]
    recipient: tuple[str, str]
    designation: str
    category: str
    number: int
    millions: int
    start: dt.date


def documents(claims: int, seed: int = 7, *, prefix: str = "w") -> Iterator[Document]:
    """Documents with about so many claims in all."""
    draw = random.Random(f"{seed} {prefix}")
    count = max(1, claims // CLAIMS_A_DOCUMENT)
    deals = [_deal(draw) for _ in range(max(1, int(count / DOCUMENTS_A_DEAL)))]
    weights = [1 / (rank + 5) ** 0.5 for rank in range(len(deals))]
    told = draw.choices(deals, weights, k=count)
    for number, deal in enumerate(told):
        yield _document(draw, f"{prefix}{number:07d}", deal, draw.choice(deals))


def _deal(draw: random.Random) -> _Deal:
    known = _types()
    designation, category, makers = draw.choice(known)
    supplier = draw.choice(makers)
    recipient = draw.choices(_states(), _zipf(), k=1)[0]
    while recipient[0] == supplier:
        recipient = draw.choices(_states(), _zipf(), k=1)[0]
    names = dict(_states())
    start = dt.date(FIRST_YEAR, 1, 1) + dt.timedelta(days=draw.randrange((LAST_YEAR - FIRST_YEAR) * 365))
    number = draw.choice((2, 4, 6, 8, 12, 18, 24, 36, 48, 100, 1000))
    return _Deal((supplier, names[supplier]), recipient, designation, category, number, draw.randrange(5, 9000), start)


def _document(draw: random.Random, name: str, deal: _Deal, aside: _Deal) -> Document:
    published = deal.start + dt.timedelta(days=int(draw.expovariate(1 / 500)))
    text, claims = "", []
    for place in range(CLAIMS_A_DOCUMENT):
        about = aside if place == CLAIMS_A_DOCUMENT - 1 else deal
        sentence, claim = _sentence(draw, about, published, len(text))
        text += f"{sentence} {' '.join(draw.choices(_WORDS, k=12)).capitalize()}. "
        claims.append(claim)
    return Document(
        id=name,
        title=f"{deal.recipient[1]} and the {deal.designation}",
        date=published,
        outlet=f"Outlet {draw.randrange(OUTLETS)}",
        text=text,
        claims=claims,
    )


def _sentence(draw: random.Random, deal: _Deal, published: dt.date, start: int) -> tuple[str, dict[str, Any]]:
    kind, trigger, pattern = draw.choice(_STEPS)
    amount, item = str(deal.number), f"{deal.designation} {deal.category}s"
    day, money = published.isoformat(), f"${deal.millions} million"
    words = {"s": deal.supplier[1], "r": deal.recipient[1], "o": f"{amount} {item}", "v": money, "d": day}
    sentence = pattern.format(**words)

    def span(quote: str, after: int = 0) -> dict[str, Any]:
        place = start + sentence.index(quote, after)
        return {"start": place, "end": place + len(quote), "text": quote}

    at = sentence.index(words["o"])
    claim: dict[str, Any] = {
        "kind": [kind],
        "evidence": {"start": start, "end": start + len(sentence)},
        "trigger": span(trigger),
        "supplier": [{**span(words["s"]), "code": deal.supplier[0]}],
        "recipient": [{**span(words["r"]), "code": deal.recipient[0]}],
        "equipment": [
            {
                **span(item, at),
                "designation": deal.designation,
                "category": deal.category,
                "quantity": {**span(amount, at), "number": deal.number},
            }
        ],
        "method": {"by": "world"},
    }
    if money in sentence:
        claim["value"] = {**span(money), "amount": deal.millions * 1_000_000, "currency": "USD"}
    if day in sentence:
        claim["date"] = {**span(day), "from": day, "to": day}
    return sentence, claim


@cache
def _types() -> list[tuple[str, str, tuple[str, ...]]]:
    names = dict(_states())
    found = [(one, tuple(state for state in one.states if state in names)) for one in designations().values()]
    return [(one.designation, one.category, makers) for one, makers in found if makers]


@cache
def _states() -> list[tuple[str, str]]:
    return [(code, name_of(code) or code) for code in states() if len(code) == 2]


@cache
def _zipf() -> list[float]:
    return [1 / (rank + 3) for rank in range(len(_states()))]
