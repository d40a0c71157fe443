"""Sums of money: "$30 billion", "Rs 5,100 crore", "five billion dollars", "US$1.7bn".

Invariant: amount and currency are what the quote says; hedges and rates ("about", "a year") stay outside of it and
set `bound` and `per`. A range is its lower end, about: so the codebook rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from followthearms.knowledge.currencies import NAMES, SCALED, SYMBOLS, currency_named, shared_currency
from followthearms.knowledge.numerals import AMOUNT, SHORT_SCALE, Amount, hedge, one_of, read_amount, with_short_scale
from followthearms.model import Bound, Money
from followthearms.model.mentions import Mention, MentionType

_SIGN = rf"(?P<sign>{one_of(SYMBOLS)})"
_NAME = rf"(?P<name>{one_of(NAMES)})"
_BEFORE = re.compile(
    rf"(?<![\w$]){_SIGN}[\s-]?(?P<amount>(?i:{AMOUNT})(?P<second>(?:\s?[-–—]\s?|\s+to\s+)(?:{one_of(SYMBOLS)})\s?(?i:{AMOUNT}))?)"
    rf"(?:(?<=\d)\s?(?P<short>(?i:{SHORT_SCALE}))n?)?(?!\w|[.,]\d|%)"
)
_AFTER = re.compile(
    rf"(?<![\w$€£₹.,-])(?P<amount>{AMOUNT})(?:(?<=\d)\s?(?P<short>{SHORT_SCALE}))?(?:[\s-]?|\s+of\s+){_NAME}(?!-?\w)",
    re.IGNORECASE,
)
_CRORES = re.compile(
    rf"\b(?:worth|at|costs?|of|for)\s+(?P<amount>{AMOUNT}(?<=[\s-]crore|crores))"
    r"(?=\s*(?:[.,;:)]|$|\n)|\s+(?:and|as|for|to|in|by|with|from|under|per|each|over|which|that)\b)",
    re.IGNORECASE,
)
"""Crores of nothing that is named are rupees: "a deal worth 350 crores"."""
_VAST = re.compile(rf"(?<![\w-])multi-?\s?(?P<scale>million|billion|trillion)(?:-|\s+){_NAME}(?!-?\w)", re.IGNORECASE)
_RATE = re.compile(
    r"\s*(?:(?:a|per|each|every)\s+(?P<noun>(?:year|month|week|day|annum|quarter))\b(?!\s+(?:ago|later|earlier|before))"
    r"|(?P<yearly>annually|yearly|p\.a\.)|per\s+(?P<thing>[a-z]+(?:-[a-z]+)*)|(?P<single>apiece|each|a\s+piece)\b)",
    re.IGNORECASE,
)
_SECOND_SIGN = re.compile(rf"(?<=[-–—\s])(?:{one_of(SYMBOLS)})")
_UNIT_PRICE = re.compile(r"\b(?:unit|per-unit|flyaway)\s+(?:cost|price)\b[^.;\n]{0,60}$", re.IGNORECASE)
_UNIT_REACH = 90
_LARGE = 1000
"""A currency's letters ("SAR", "RON") make money only of amounts from here on, or they are part of a designation."""


def find_money(text: str) -> list[Mention]:
    """The sums of money of a text, in order and without overlap."""
    every = (*_scan(text, _BEFORE), *_scan(text, _AFTER), *_vast(text), *_crores(text))
    found = sorted(every, key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in (Mention(MentionType.MONEY, money) for money in found):
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    return kept


def with_currencies(figures: Iterable[Mention], actors: Iterable[Mention]) -> list[Mention]:
    """The figures, sums in a currency whose name several states share placed with that of the states that are named."""
    named = Counter(actor.code for actor in actors if actor.code)
    return [_placed(figure, named) for figure in figures]


def _placed(figure: Mention, named: Counter[str]) -> Mention:
    money = figure.span
    if not isinstance(money, Money) or money.currency is not None:
        return figure
    return replace(figure, span=money.model_copy(update={"currency": shared_currency(money.text, named)}))


def _scan(text: str, pattern: re.Pattern[str]) -> Iterator[Money]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        words = _SECOND_SIGN.sub("", parts["amount"]) if parts.get("second") else parts["amount"]
        amount = with_short_scale(words, parts["short"]) if parts["short"] else read_amount(words)
        if amount is None or not _is_money(parts, amount):
            continue
        sign = parts.get("sign")
        yield _money(text, match.span(), amount, SYMBOLS[sign] if sign else currency_named(parts["name"]))


def _is_money(parts: dict[str, str | None], amount: Amount) -> bool:
    """False where a code or an everyday word beside a small number is no currency ("SAR 21", "500 pounds")."""
    sign, name = parts.get("sign"), parts.get("name")
    lettered = sign is not None and sign.isalpha() and sign.isupper()
    everyday = name is not None and name.lower() in SCALED
    return amount.number >= (_LARGE**2 if everyday else _LARGE if lettered else 0)


def _vast(text: str) -> Iterator[Money]:
    """The "multibillion-dollar" deal: a billion or more."""
    for match in _VAST.finditer(text):
        amount = read_amount(f"{match['scale']}s")
        if amount:
            yield _money(text, match.span(), amount, currency_named(match["name"]))


def _crores(text: str) -> Iterator[Money]:
    for match in _CRORES.finditer(text):
        amount = read_amount(match["amount"])
        if amount:
            yield _money(text, match.span("amount"), amount, "INR")


def _money(text: str, at: tuple[int, int], amount: Amount, currency: str | None) -> Money:
    start, end = at
    bound = Bound.ABOUT if amount.is_range else amount.bound
    if bound is Bound.EXACT:
        bound = hedge(text, start, end) or bound
    return Money(
        start=start,
        end=end,
        text=text[start:end],
        amount=amount.low,
        currency=currency,
        bound=bound,
        per=_rate(text, start, end),
    )


def _rate(text: str, start: int, end: int) -> str | None:
    """The period or thing that the sum is for: "per year", "per unit"; None if it is a total."""
    if match := _RATE.match(text, end):
        if match["yearly"]:
            return "per year"
        noun = (match["noun"] or match["thing"] or "unit").lower()
        return f"per {'year' if noun == 'annum' else noun}"
    return "per unit" if _UNIT_PRICE.search(text[max(0, start - _UNIT_REACH) : start]) else None
