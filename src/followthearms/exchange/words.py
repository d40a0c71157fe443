"""The values of the register in words for people.

Invariant: what leaves `visible` moves no cursor, hides no character and turns no line round; it is as long as what
came in, so that offsets still hold. Numbers and dates are never rounded: the words say what the value says.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from followthearms.knowledge.states import name_of
from followthearms.model import DateRange, Document, Equipment, Modality, Money, Party, Quantity, Span
from followthearms.model.deals import Amount, Deal, DealRow, Figure, Item, Named, Status

ARROW = " → "
UNSAID = "–"
"""Shown where no text says anything."""
UNDATED = "day unknown"
"""Shown for the day of what tells none."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line feed, explicit changes of direction, lone surrogates."""

_LONGEST_TITLE = 120

_SCALE = ((10**9, "billion"), (10**6, "million"))
_BESIDE = 3
"""How many other things a sum of several is said to be of; the rest is counted."""


def visible(text: str) -> str:
    """The text with each character that could fool a terminal or a reader shown as U+FFFD; of the same length."""
    if text.isprintable():  # then it has none of them; a page has thousands of such texts
        return text
    return _UNSHOWABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text made visible, its white space run together."""
    return " ".join(visible(text).split())


def short(text: str, most: int) -> str:
    """The text on one line of `most` code points at most; of one that is cut, the last is an ellipsis."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def state(code: str) -> str:
    """The name of a state; the code itself where there is none: bodies, groups in capitals."""
    return visible(name_of(code) or code)


def party(named: Named | Party) -> str:
    """A party of a deal or of a claim, by the name of its state if it has one."""
    words = named.name if isinstance(named, Named) else named.text
    return state(named.code) if named.code else one_line(words)


def parties(found: Iterable[Named | Party], between: str = ", ") -> str:
    """Parties in a row, each once; `UNSAID` if no text names any."""
    return between.join(dict.fromkeys(party(p) for p in found)) or UNSAID


def sides(deal: Deal | DealRow) -> str:
    """Who gives and who gets ("Russia → India"), or the two sides of a relation ("India – Russia"); for what has no
    sides, who acts in it and what it is ("UN: embargo")."""
    if deal.supplier or deal.recipient:
        return parties(deal.supplier) + ARROW + parties(deal.recipient)
    if deal.parties:
        return parties(deal.parties, " – ")
    return f"{parties(deal.actors)}: {deal.nature.value}" if deal.actors else deal.nature.value.capitalize()


def heading(deal: Deal | DealRow) -> str:
    """A deal in one line: its sides and its equipment, or what it is if none is told and the sides do not say so."""
    if deal.equipment:
        return f"{sides(deal)}: {items(deal.equipment)}"
    has_sides = deal.supplier or deal.recipient or deal.parties
    return f"{sides(deal)}: {deal.nature.value}" if has_sides else sides(deal)


def items(equipment: Iterable[Item]) -> str:
    """The equipment of a deal, each label once."""
    return ", ".join(dict.fromkeys(one_line(item.label) for item in equipment)) or UNSAID


def figure(found: Figure | Quantity) -> str:
    """A number of items with its bound: "at least 600,000", "2 squadron"."""
    unit = f" {one_line(found.unit)}" if found.unit else ""
    return found.bound.of(f"{number(found.number)}{unit}")


def number(value: int | float) -> str:
    """A number with its thousands apart; one that is whole without decimals."""
    return f"{int(value) if value == int(value) else value:,}"


def money(found: Amount | Money) -> str:
    """An amount of money: "about USD 1.2 billion per year", "part of USD 500 million (with howitzer)"."""
    currency = f"{visible(found.currency)} " if found.currency else ""
    rate = f" {one_line(found.per)}" if found.per else ""
    said = found.bound.of(f"{currency}{_large(found.amount)}{rate}")
    beside = found.beside if isinstance(found, Amount) else ()
    if not beside:
        return said
    more = (f"{len(beside) - _BESIDE} more",) if len(beside) > _BESIDE else ()
    return f"part of {said} (with {', '.join((*map(one_line, beside[:_BESIDE]), *more))})"


def _large(amount: int | float) -> str:
    for size, word in _SCALE:
        short = amount / size
        if abs(amount) >= size and round(short, 3) * size == amount:
            return f"{short:,.3f}".rstrip("0").rstrip(".") + f" {word}"
    return number(amount)


def days(first: dt.date | None, last: dt.date | None) -> str:
    """A stretch of days: "3 March 2019", "October 2018", "2018", "by 31 December 2025"; empty if both are unknown."""
    if first is None or last is None:
        return f"from {day(first)}" if first else f"by {day(last)}" if last else ""
    if first == last:
        return day(first)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1] and first.year == last.year:
        if first.month == last.month:
            return f"{calendar.month_name[first.month]} {first.year}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    return f"{day(first)} to {day(last)}"


def day(when: dt.date) -> str:
    """One day: "3 March 2019"."""
    return f"{when.day} {calendar.month_name[when.month]} {when.year}"


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: "1 deal", "1,204 deals", "2 copies"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def certainty(modality: Modality, negated: bool, disputed: bool) -> str:
    """How firmly a text says it, in words; empty for what it reports as fact."""
    said = [] if modality is Modality.ACTUAL else [modality.value]
    return ", ".join(said + ["did not happen"] * negated + ["disputed"] * disputed)


def reading(span: Span) -> str:
    """What the words of a slot were read as, where that is more than the words: "Russia (RU)", "50,000"."""
    match span:
        case Party(code=str() as code):
            name = state(code)
            return f"{name} ({visible(code)})" if name != visible(code) else name
        case Equipment():
            return ", ".join(one_line(part) for part in (span.designation, span.category) if part)
        case Quantity():
            return figure(span)
        case Money():
            return money(span)
        case DateRange():
            return days(span.first, span.last) or UNDATED
        case _:
            return ""


def published(on: dt.date | None) -> str:
    """The day of publication, `UNDATED` if it is not known."""
    return day(on) if on else UNDATED


def title(document: Document) -> str:
    """The title of a document, or else the beginning of its first line."""
    return short(document.title or document.text.lstrip()[:200].split("\n")[0], _LONGEST_TITLE)


def outlet(document: Document) -> str:
    """The outlet of a document, or else its id."""
    return one_line(document.outlet or document.id)


def named(found: Named) -> str:
    """A company or place by its own name."""
    return one_line(found.name)


def delivered(deal: Deal | DealRow) -> str:
    """What has been delivered in all, or the figures as reported."""
    if deal.delivered_total is not None:
        return number(deal.delivered_total)
    return "; ".join(figure(f) for f in deal.delivered) or UNSAID


def quantity(deal: Deal | DealRow) -> str:
    """The numbers that are told of all of it, the best supported first: of an order, or of what its status says."""
    return "; ".join(figure(f) for f in deal.quantity) or UNSAID


def worth(deal: Deal | DealRow) -> str:
    """The values that are told, the best supported first."""
    return "; ".join(money(a) for a in deal.values) or UNSAID


def standing(deal: Deal | DealRow) -> str:
    """Where a deal stands; for what has no stages, what it is."""
    return deal.nature.value if deal.status is Status.REPORTED else deal.status.value
