"""Corrections as a person writes them: "Moscow=RU", "last October=2018-10-01..2018-10-31".

A value is the words of the text, `@` and their first code point where they occur more than once, and after `=` what
they mean. Invariant: what is read of it quotes the document; words that it does not have are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from followthearms.errors import UsageError
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
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_AROUND = 24
"""Code points shown on either side of words that occur more than once."""


def read_correction(
    name: str, values: Sequence[str], document: Document, claim: Claim, item: str | None = None
) -> tuple[Slot, Any]:
    """The slot to correct and its new value, from what a person wrote; no values empty it.

    `name` is one of `NAMES`; `claim` is the claim as it stands; `item` tells by a part of its words which item of
    equipment a quantity is of. Raises UsageError, with what to write instead.
    """
    if name not in NAMES:
        raise UsageError(f"no such slot: {name}; there are {', '.join(NAMES)}")
    if name == QUANTITY:
        return Slot.EQUIPMENT, _with_quantity(values, document, claim, item)
    slot = Slot(name)
    if not values:
        return slot, None
    found = tuple(_READERS[slot](value, document, claim) for value in values)
    if slot in _MANY:
        return slot, found
    if len(found) > 1:
        raise UsageError(f"{name} takes one value, not {len(found)}; put words with blanks between quotation marks")
    return slot, found[0]


def _party(value: str, document: Document, claim: Claim) -> Party:
    words, code = _parts(value)
    code = code.strip().upper()
    known = name_of(code) is not None if len(code) == 2 else bool(_CODE.fullmatch(code))
    if not known and code != "EU" and code != "UN":
        _bad(value, "name the state as in ISO 3166, a body or a group", "Moscow=RU")
    return Party(**_fields(words, document, claim), code=code)


def _speaker(value: str, document: Document, claim: Claim) -> Party:
    return _party(value, document, claim) if "=" in value else Party(**_fields(value, document, claim))


def _span(value: str, document: Document, claim: Claim) -> Span:
    words, equals, _ = value.rpartition("=")
    if equals and value not in document.text:
        _bad(value, "this slot takes the words of the text alone", words.strip() or "Korwa")
    return Span(**_fields(value, document, claim))


def _equipment(value: str, document: Document, claim: Claim) -> Equipment:
    """With the quantity that the claim has on the same words."""
    words, meaning = _parts(value)
    designation, slash, category = (part.strip() for part in meaning.partition("/"))
    if not slash:
        _bad(value, "give designation and category, of which one may be empty", "AK-203 rifles=AK-203/assault rifle")
    span = Span(**_fields(words, document, claim))
    same = [item for item in claim.equipment if item.overlaps(span)]
    quantity = same[0].quantity if len(same) == 1 else None
    known = {"designation": designation or None, "category": category or None, "quantity": quantity}
    return Equipment(**span.model_dump(exclude={"by"}), **known)


def _money(value: str, document: Document, claim: Claim) -> Money:
    words, meaning = _parts(value)
    told, *more = (part.strip() for part in meaning.split("/"))
    found = _SUM.fullmatch(told)
    amount = read_amount(found["figure"]) if found else None
    per = [part for part in more if part.startswith("per ")]
    bounds = [part for part in more if part in set(Bound)]
    if found is None or amount is None or len(per) + len(bounds) < len(more):
        _bad(value, f"give amount and currency, and perhaps {'|'.join(Bound)} or a period", "$2 billion=2000000000 USD")
    return Money(
        **_fields(words, document, claim),
        amount=amount.number,
        currency=found["currency"],
        bound=Bound(bounds[0]) if bounds else Bound.EXACT,
        per=per[0] if per else None,
    )


def _date(value: str, document: Document, claim: Claim) -> DateRange:
    words, meaning = _parts(value)
    first, dots, last = meaning.strip().partition("..")
    try:
        days = [dt.date.fromisoformat(day) if day else None for day in (first, last if dots else first)]
    except ValueError:
        days = []
    if not days or (days[0] and days[1] and days[0] > days[1]):
        _bad(value, "give a day or the first and last", "last October=2018-10-01..2018-10-31")
    return DateRange(**_fields(words, document, claim), first=days[0], last=days[1])


def _with_quantity(values: Sequence[str], document: Document, claim: Claim, named: str | None) -> tuple[Equipment, ...]:
    """The equipment of the claim with another quantity on the item that is meant."""
    meant = [one for one in claim.equipment if named is None or named.casefold() in one.text.casefold()]
    if len(meant) != 1:
        items = ", ".join(f"“{one_line(one.text)}”" for one in claim.equipment) or "none"
        raise UsageError(f"the claim's items are {items}; say with --item which one the quantity is of")
    if len(values) > 1:
        raise UsageError(f"an item has one quantity, not {len(values)}")
    quantity = _quantity(values[0], document, claim) if values else None
    return tuple(one.model_copy(update={"quantity": quantity}) if one is meant[0] else one for one in claim.equipment)


def _quantity(value: str, document: Document, claim: Claim) -> Quantity:
    words, equals, meaning = value.rpartition("=")
    span = Span(**_fields(words if equals else value, document, claim))
    figure, _, bound = (part.strip() for part in (meaning if equals else span.text).partition("/"))
    amount = read_amount(figure)
    if amount is None or (bound and bound not in set(Bound)):
        _bad(value, f"give the number, and perhaps {'|'.join(Bound)}", "dozens=24/over")
    return Quantity(
        **span.model_dump(exclude={"by"}), number=amount.number, bound=Bound(bound) if bound else amount.bound
    )


def _flag(value: str, _document: Document, _claim: Claim) -> bool:
    if value.lower() not in _YES_NO:
        raise UsageError(f"{value!r} is neither yes nor no")
    return _YES_NO[value.lower()]


def _modality(value: str, _document: Document, _claim: Claim) -> Modality:
    if value not in set(Modality):
        raise UsageError(f"no such modality: {value}; there are {', '.join(Modality)}")
    return Modality(value)


def _kind(value: str, _document: Document, _claim: Claim) -> Kind:
    if value not in set(Kind):
        raise UsageError(f"no such kind: {value}; there are {', '.join(Kind)}")
    return Kind(value)


_READERS: Mapping[Slot, Callable[[str, Document, Claim], Any]] = {
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


def _parts(value: str) -> tuple[str, str]:
    words, equals, meaning = value.rpartition("=")
    if not equals:
        raise UsageError(f"{value!r} says not what the words mean; write it after them, as in 'Moscow=RU'")
    return words, meaning


def _fields(value: str, document: Document, claim: Claim) -> dict[str, Any]:
    """Where the words stand: in the evidence, else as near to it as they occur."""
    placed = _PLACED.fullmatch(value)
    if placed is None:
        raise UsageError("quote some words of the text")
    words, at = placed["words"], placed["at"]
    places = [found.start() for found in re.finditer(f"(?={re.escape(words)})", document.text)]
    if at is not None:
        places = [place for place in places if place == int(at)]
    if not places:
        where = f" at {at}" if at is not None else ""
        raise UsageError(f"{words!r} does not stand{where} in document {document.id}; quote the text to the letter")
    evidence = claim.evidence
    spans = [document.quote(place, place + len(words)) for place in places]
    inside = [span for span in spans if evidence.covers(span)]
    best = min(max(evidence.start - span.end, span.start - evidence.end) for span in spans)
    near = inside or [s for s in spans if max(evidence.start - s.end, s.start - evidence.end) == best]
    if len(near) > 1:
        _several(words, near, document)
    return {**near[0].model_dump(exclude={"by"}), "inherited": not inside}


def _several(words: str, near: Sequence[Span], document: Document) -> NoReturn:
    shown = "; ".join(
        f"{words}@{s.start} (…{one_line(document.text[max(0, s.start - _AROUND) : s.end + _AROUND])}…)" for s in near
    )
    raise UsageError(f"{words!r} stands there {len(near)} times; write which one: {shown}")


def _bad(value: str, wanted: str, example: str) -> NoReturn:
    raise UsageError(f"{value!r} cannot be understood: {wanted}, as in '{example}'")
