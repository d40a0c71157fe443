"""Numbers that count things: "50,000", "a dozen", "hundreds", "70-80", "five lakh".

Invariant: a mention's number is what its own words say; hedges stay outside the quote and only set the bound.
Measures, ages, times, money, dates, ordinals and parts of designations are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from followthearms.extract.mentions.dates.find import find_dates
from followthearms.extract.mentions.figures.money import find_money
from followthearms.knowledge.numerals import AMOUNT, Amount, hedge, read_amount
from followthearms.knowledge.units import ATTACHED, BEFORE_ONE, GROUP, MEASURES, NOT_ONE, NUMBERED
from followthearms.model import Bound, Extent, Quantity
from followthearms.model.mentions import Mention, MentionType

_NUMBER = re.compile(rf"(?<![\w$€£₹¥₽.,/:'’+°-]){AMOUNT}(?![\w’'°]|[.,:/]\d|/|\s?%)", re.IGNORECASE)
_AGAIN = re.compile(rf"\s*\(\s*({AMOUNT})\s*\)", re.IGNORECASE)
_NEXT = re.compile(r"(\+|-plus|-odd)?([\s-]+)(%|[^\W_](?:[\w.’'/-]*\w)?(?!-))")
_LAST = re.compile(r"(?:^|[\s(\[\"“‘,;])((?:[^\W_]|[.&/-])+)[\s(]*$")
_LONG_NUMBER = re.compile(r"(?:\+\d[\d ()-]{7,}\d|\b\d{2,5}(?:[ -]\d{2,5}){2,}\b|\b\d{9,}\b)")
_UNIT_WORDS = 4
"""Words after a number in which its unit is sought: "five S-400 air defence squadrons"."""
_WINDOW = 24
_SMALL = 10
"""Below it, figures after a capitalised word number a type ("Leopard 2"): prose spells such counts out."""
_OPENERS = frozenset(
    "the in with of for from at on by over about around only all and or but while when after as its his her their "
    "another additional these those some nearly almost both last first next who that than to".split()
)


def find_quantities(text: str, taken: Sequence[Extent] | None = None) -> list[Mention]:
    """The quantities of a text, in order.

    `taken` are the stretches that money and dates hold, of which none can be a quantity; if it is not given,
    they are sought here. A word for a group right after the number goes into `unit`. Of a number written twice, in
    words and in figures, the first writing counts: "sixty-three (63) missiles".
    """
    if taken is None:
        taken = [m.span for m in (*find_money(text), *find_dates(text, None))]
    blocked = _cover([*taken, *(_extent(m) for m in _LONG_NUMBER.finditer(text))])
    found, floor = [], 0
    for match in _NUMBER.finditer(text):
        if match.start() < floor:
            continue
        floor = _end(text, match)
        for quantity in _quantity(text, match, floor):
            if not any(i in blocked for i in range(quantity.start, quantity.end)):
                found.append(Mention(MentionType.QUANTITY, quantity))
    return found


def _end(text: str, match: re.Match[str]) -> int:
    """Where the number ends, the same number in brackets behind it included."""
    again = _AGAIN.match(text, match.end())
    return again.end() if again and read_amount(again[1]) == read_amount(match[0]) else match.end()


def _cover(extents: Sequence[Extent]) -> set[int]:
    return {i for e in extents for i in range(e.start, e.end)}


def _extent(match: re.Match[str]) -> Extent:
    return Extent(start=match.start(), end=match.end())


def _quantity(text: str, match: re.Match[str], behind: int) -> Iterator[Quantity]:
    """The match as a quantity, if it is one. What it counts stands from `behind` on."""
    start, end = match.span()
    amount = read_amount(match[0])
    if amount is None or amount.number == 0 or not _counts(text, start, end, behind, amount):
        return
    bound = hedge(text, start, end)
    if amount.bound is not Bound.EXACT or bound is None:
        bound = amount.bound
    yield Quantity(start=start, end=end, text=match[0], number=amount.number, bound=bound, unit=_unit(text, behind))


def _counts(text: str, start: int, end: int, behind: int, amount: Amount) -> bool:
    """True if the number counts things."""
    joint, after = _word_after(text, behind)
    before = _word_before(text, start)
    low = before.lower()
    if after in MEASURES or ("-" in joint and after and after not in ATTACHED):
        return False
    if low in NUMBERED or ("-" in before and any(c.isdigit() for c in before) and not before.islower()):
        return False
    if amount.number == 1 and (after in NOT_ONE or not after or low in BEFORE_ONE):
        return False
    figures = text[start:end].isdigit()
    return not (figures and _names_a_type(text, start, before, low, int(amount.number)))


def _names_a_type(text: str, start: int, before: str, low: str, number: int) -> bool:
    """True for the figure of "Leopard 2" or "MQ 9": after a name with small figures, after a code with any."""
    if not before[:1].isupper() or low in _OPENERS or _opens_sentence(text, start, before):
        return False
    shouted = text[max(0, start - 2 * _WINDOW) : start].isupper()
    code = before.isupper() and len(before) <= 3 and not shouted and number < 1000
    return code or (number < _SMALL and not shouted)


def _opens_sentence(text: str, start: int, before: str) -> bool:
    """True if the word before the number owes its capital to the start of a sentence."""
    at = text.rfind(before, 0, start)
    return before[1:].islower() and not text[:at].rstrip()[-1:].isalnum() and text[:at].rstrip()[-1:] not in (",", "-")


def _word_after(text: str, end: int) -> tuple[str, str]:
    """What joins the next word to the number (a blank, a hyphen), and the word in lower case."""
    match = _NEXT.match(text, end, end + _WINDOW)
    return (match[2], match[3].lower()) if match else ("", "")


def _word_before(text: str, start: int) -> str:
    match = _LAST.search(text[max(0, start - _WINDOW) : start])
    return match[1] if match else ""


def _unit(text: str, end: int) -> str | None:
    """The group that the number counts, if a word for one stands among the next words before any punctuation."""
    words = re.match(rf"[+-]?(?:\s+(?:[^\W_]|[-/’'])+){{1,{_UNIT_WORDS}}}", text[end : end + 4 * _WINDOW])
    for word in words[0].lower().split() if words else ():
        if word in GROUP:
            return GROUP[word]
        if word in NOT_ONE:
            return None
    return None
