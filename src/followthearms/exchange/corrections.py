"""Corrections as a person writes them: "Moscow=RU", "last October=2018-10-01..2018-10-31".

A value is the words of the text, `@` and their first code point where they occur more than once, and after `=` what
they mean. Invariant: what is read of it quotes the document; words that it does not have are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from followthearms.errors import UsageError
from followthearms.exchange.places import places
from followthearms.exchange.words import one_line
from followthearms.knowledge.numerals import read_amount
from followthearms.knowledge.states import name_of
from followthearms.model import (
    Bound,
    Claim,
    DateRange,
    Document,
    Equipment,
    Kind,
    Modality,
    Money,
    Party,
    Quantity,
    Slot,
    Span,
)

QUANTITY = "quantity"
"""Named as a slot, though it stands on an item of the equipment."""

NAMES = (*(slot.value for slot in Slot), QUANTITY)
"""What can be corrected."""

_PLACED = re.compile(r"(?P<words>.+?)(?:@(?P<at>\d+))?", re.DOTALL)
_SUM = re.compile(r"(?P<figure>.+?)(?:\s+(?P<currency>[A-Z]{3}))?")
_CODE = re.compile(r"[A-Z][A-Z0-9 .&'-]*")
_MANY = frozenset(
    {Slot.KIND, Slot.SUPPLIER, Slot.RECIPIENT, Slot.ACTOR, Slot.PARTIES, Slot.COMPANY, Slot.PERSONS, Slot.SPEAKER}
    | {Slot.EQUIPMENT}
)
MEANT = frozenset({"supplier", "recipient", "actor", "parties", "speaker", "equipment", "quantity", "value", "date"})
"""The slots whose words mean something beside themselves."""
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_AROUND = 24
"""Code points shown on either side of words that occur more than once."""


@dataclass(frozen=True, slots=True)
class Written:
    """One value as a person gives it: words of the text, the code point at which they begin if that is told, and what
    they mean if that is told."""

    words: str
    at: int | None = None
    meaning: str | None = None

    def __str__(self) -> str:
        place = "" if self.at is None else f"@{self.at}"
        return f"{self.words}{place}" + ("" if self.meaning is None else f"={self.meaning}")


def read_correction(
    name: str, values: Sequence[str | Written], document: Document, claim: Claim, item: str | None = None
) -> tuple[Slot, Any]:
    """The slot to correct and its new value, from what a person wrote; no values empty it.

    `name` is one of `NAMES`; `claim` is the claim as it stands; `item` tells by a part of its words which item of
    equipment a quantity is of. Raises UsageError, with what to write instead.
    """
    if name not in NAMES:
        raise UsageError(f"no such slot: {name}; there are {', '.join(NAMES)}")
    given = [written(value, name) if isinstance(value, str) else value for value in values]
    if name == QUANTITY:
        return Slot.EQUIPMENT, _with_quantity(given, document, claim, item)
    slot = Slot(name)
    if not given:
        return slot, None
    found = tuple(_READERS[slot](value, document, claim) for value in given)
    if slot in _MANY:
        return slot, found
    if len(found) > 1:
        raise UsageError(f"{name} takes one value, not {len(found)}; put words with blanks between quotation marks")
    return slot, found[0]


def meaning(span: Span) -> str:
    """What the words of a slot mean, as a correction writes it; empty for words that mean themselves."""
    match span:
        case Party():
            return span.code or ""
        case Equipment():
            return f"{span.designation or ''}/{span.category or ''}"
        case Quantity():
            return f"{_digits(span.number)}/{span.bound.value}"
        case Money():
            said = " ".join(part for part in (_digits(span.amount), span.currency) if part)
            return "/".join(part for part in (said, span.bound.value, span.per) if part)
        case DateRange():
            first, last = (day.isoformat() if day else "" for day in (span.first, span.last))
            return first if first and first == last else f"{first}..{last}"
        case _:
            return ""


def _digits(number: int | float) -> str:
    return str(int(number)) if number == int(number) else f"{number:f}".rstrip("0")


def written(value: str, name: str) -> Written:
    """What a person wrote on one line for a slot: "words", "words@123", "words=meaning", "words@123=meaning".

    Raises UsageError if it quotes nothing.
    """
    words, equals, meant = value.rpartition("=") if name in MEANT else ("", "", "")
    placed = _PLACED.fullmatch(words if equals else value)
    if placed is None:
        raise UsageError("quote some words of the text")
    return Written(placed["words"], int(placed["at"]) if placed["at"] else None, meant if equals else None)


def _party(value: Written, document: Document, claim: Claim) -> Party:
    code = _meant(value).strip().upper()
    known = name_of(code) is not None if len(code) == 2 else bool(_CODE.fullmatch(code))
    if not known and code != "EU" and code != "UN":
        _bad(value, "name the state as in ISO 3166, a body or a group", "Moscow=RU")
    return Party(**_fields(value, document, claim), code=code)


def _speaker(value: Written, document: Document, claim: Claim) -> Party:
    return _party(value, document, claim) if value.meaning else Party(**_fields(value, document, claim))


def _span(value: Written, document: Document, claim: Claim) -> Span:
    return Span(**_fields(value, document, claim))


def _equipment(value: Written, document: Document, claim: Claim) -> Equipment:
    """With the quantity that the claim has on the same words."""
    designation, slash, category = (part.strip() for part in _meant(value).partition("/"))
    if not slash:
        _bad(value, "give designation and category, of which one may be empty", "AK-203 rifles=AK-203/assault rifle")
    span = Span(**_fields(value, document, claim))
    same = [item for item in claim.equipment if item.overlaps(span)]
    quantity = same[0].quantity if len(same) == 1 else None
    known = {"designation": designation or None, "category": category or None, "quantity": quantity}
    return Equipment(**span.model_dump(exclude={"by"}), **known)


def _money(value: Written, document: Document, claim: Claim) -> Money:
    told, *more = (part.strip() for part in _meant(value).split("/"))
    found = _SUM.fullmatch(told)
    amount = read_amount(found["figure"]) if found else None
    per = [part for part in more if part.startswith("per ")]
    bounds = [part for part in more if part in set(Bound)]
    if found is None or amount is None or len(per) + len(bounds) < len(more):
        _bad(value, f"give amount and currency, and perhaps {'|'.join(Bound)} or a period", "$2 billion=2000000000 USD")
    return Money(
        **_fields(value, document, claim),
        amount=amount.number,
        currency=found["currency"],
        bound=Bound(bounds[0]) if bounds else Bound.EXACT,
        per=per[0] if per else None,
    )


def _date(value: Written, document: Document, claim: Claim) -> DateRange:
    first, dots, last = _meant(value).strip().partition("..")
    try:
        days = [dt.date.fromisoformat(day) if day else None for day in (first, last if dots else first)]
    except ValueError:
        days = []
    if not days or (days[0] and days[1] and days[0] > days[1]):
        _bad(value, "give a day or the first and last", "last October=2018-10-01..2018-10-31")
    return DateRange(**_fields(value, document, claim), first=days[0], last=days[1])


def _with_quantity(
    values: Sequence[Written], document: Document, claim: Claim, named: str | None
) -> tuple[Equipment, ...]:
    """The equipment of the claim with another quantity on the item that is meant."""
    found = [one for one in claim.equipment if named is None or named.casefold() in one.text.casefold()]
    meant = [one for one in found if one.text == named] or found
    if len(meant) != 1:
        items = ", ".join(f"“{one_line(one.text)}”" for one in claim.equipment) or "none"
        raise UsageError(f"the claim's items are {items}; say with --item which one the quantity is of")
    if len(values) > 1:
        raise UsageError(f"an item has one quantity, not {len(values)}")
    quantity = _quantity(values[0], document, claim) if values else None
    return tuple(one.model_copy(update={"quantity": quantity}) if one is meant[0] else one for one in claim.equipment)


def _quantity(value: Written, document: Document, claim: Claim) -> Quantity:
    span = Span(**_fields(value, document, claim))
    figure, _, bound = (part.strip() for part in (value.meaning or span.text).partition("/"))
    amount = read_amount(figure)
    if amount is None or (bound and bound not in set(Bound)):
        _bad(value, f"give the number, and perhaps {'|'.join(Bound)}", "dozens=24/over")
    return Quantity(
        **span.model_dump(exclude={"by"}), number=amount.number, bound=Bound(bound) if bound else amount.bound
    )


def _flag(value: Written, _document: Document, _claim: Claim) -> bool:
    if value.words.lower() not in _YES_NO:
        raise UsageError(f"{value.words!r} is neither yes nor no")
    return _YES_NO[value.words.lower()]


def _modality(value: Written, _document: Document, _claim: Claim) -> Modality:
    if value.words not in set(Modality):
        raise UsageError(f"no such modality: {value.words}; there are {', '.join(Modality)}")
    return Modality(value.words)


def _kind(value: Written, _document: Document, _claim: Claim) -> Kind:
    if value.words not in set(Kind):
        raise UsageError(f"no such kind: {value.words}; there are {', '.join(Kind)}")
    return Kind(value.words)


_READERS: Mapping[Slot, Callable[[Written, Document, Claim], Any]] = {
    Slot.KIND: _kind,
    Slot.SUPPLIER: _party,
    Slot.RECIPIENT: _party,
    Slot.ACTOR: _party,
    Slot.PARTIES: _party,
    Slot.COMPANY: _span,
    Slot.PERSONS: _span,
    Slot.SPEAKER: _speaker,
    Slot.MEDIUM: _span,
    Slot.EQUIPMENT: _equipment,
    Slot.VALUE: _money,
    Slot.DATE: _date,
    Slot.PLACE: _span,
    Slot.MODALITY: _modality,
    Slot.NEGATED: _flag,
    Slot.DISPUTED: _flag,
}


def _meant(value: Written) -> str:
    if value.meaning is None:
        raise UsageError(f"{str(value)!r} says not what the words mean; write it after them, as in 'Moscow=RU'")
    return value.meaning


def quoted(value: Written, document: Document, claim: Claim) -> Span:
    """Where the words stand: where that is told, else in the evidence, else as near to it as they occur. Raises
    UsageError if they do not, or at several places."""
    found, near = places(value.words, document, claim)
    if value.at is not None:
        near = tuple(span for span in found if span.start == value.at)
    if not near:
        where = f" at {value.at}" if value.at is not None else ""
        raise UsageError(
            f"{value.words!r} does not stand{where} in document {document.id}; quote the text to the letter"
        )
    if len(near) > 1:
        _several(value.words, near, document)
    return near[0].model_copy(update={"inherited": not claim.evidence.covers(near[0])})


def _fields(value: Written, document: Document, claim: Claim) -> dict[str, Any]:
    return quoted(value, document, claim).model_dump(exclude={"by"})


def _several(words: str, near: Sequence[Span], document: Document) -> NoReturn:
    shown = "; ".join(
        f"{words}@{s.start} (…{one_line(document.text[max(0, s.start - _AROUND) : s.end + _AROUND])}…)" for s in near
    )
    raise UsageError(f"{words!r} stands there {len(near)} times; write which one: {shown}")


def _bad(value: Written, wanted: str, example: str) -> NoReturn:
    raise UsageError(f"{str(value)!r} cannot be understood: {wanted}, as in '{example}'")
