"""A slot of a claim that is being corrected: the words that were chosen, what they would mean, what would stand then.

Invariant: what is shown before saving is what would be saved, since both are made by `weighed`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.exchange.cells import SLOTS
from followthearms.exchange.changes import slot_in_words
from followthearms.exchange.corrections import MEANT, NAMES, QUANTITY, Written, meaning, read_correction
from followthearms.exchange.marks import Piece, layers
from followthearms.exchange.places import places
from followthearms.exchange.proposals import proposed
from followthearms.link.rulings.decided import Decided
from followthearms.model import Claim, Correct, Document, Kind, Modality, Slot, Span, Target
from followthearms.web import links
from followthearms.web.views.documents.cases import cases
from followthearms.web.views.documents.document import Told, told

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_AROUND = 40
"""Code points shown on either side of words that stand in the text more than once."""

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "modality": tuple(Modality),
    "negated": ("no", "yes"),
    "disputed": ("no", "yes"),
}
"""The slots that hold no words of the text, and what can stand in them."""

SEVERAL = frozenset({"kind", "supplier", "recipient", "actor", "parties", "company", "persons", "speaker", "equipment"})

HINTS = {
    **dict.fromkeys(("supplier", "recipient", "actor", "parties"), ("Code", "RU, a body or a group in capitals")),
    "speaker": ("Code, if it speaks for a state", "RU"),
    "equipment": ("Designation/category", "AK-203/assault rifle"),
    "quantity": ("Number", "24/over, 600000, 50/about, 12/up_to"),
    "value": ("Amount and currency", "2000000000 USD/about"),
    "date": ("Days", "2018-10-01..2018-10-31, 2019-03-04, ..2025-12-31"),
}
"""For the slots whose words mean something: what is asked for, and how it is written."""

_ORDER = (*SLOTS, *CHOICES)


@dataclass(frozen=True)
class At:
    """The claim that is corrected: its document as it stands, the newest decision on each of the claims there by their
    ids, and its place among them."""

    stands: Decided
    newest: Mapping[str, str]
    place: int

    @property
    def document(self) -> Document:
        """The document with its claims as decisions leave them."""
        return self.stands.document

    @property
    def claim(self) -> Claim:
        """The claim as decisions leave it."""
        return self.document.claims[self.place]

    @property
    def read(self) -> Claim:
        """The claim as the machine read it."""
        return self.stands.read.claims[self.place]


class Given(NamedTuple):
    """A value as a form gives it: words, where they stand ("12-20", may be empty), what they mean (may be empty)."""

    words: str
    place: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Choice:
    """A place at which words stand, with what is around them."""

    place: str
    label: str


@dataclass(frozen=True)
class Row:
    """A value in the form. `choices` are all places of its words if there are several; `is_proposed`: the program says
    what they mean; `problem` is why it cannot be taken."""

    given: Given
    choices: tuple[Choice, ...] = ()
    is_proposed: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Weighed:
    """What a form would make of a slot: the `ruling`, or the `problem` why there is none. `before` is what stands
    there now, `machine` what the machine read, `after` what would stand there, all in words."""

    rows: tuple[Row, ...]
    machine: str
    before: str
    after: str = ""
    ruling: Correct | None = None
    problem: str = ""


@dataclass(frozen=True)
class Tab:
    """A slot that can be corrected, what stands in it, and where it is corrected."""

    name: str
    stands: str
    href: str


@dataclass(frozen=True)
class EditView:
    """The page on which a slot is corrected. `weighed` is None until something is given; `is_overtaken`: somebody
    decided on the claim since the page that was sent was made."""

    document: Document
    title: str
    told: Told
    pieces: tuple[Piece, ...]
    name: str
    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    weighed: Weighed | None
    options: tuple[str, ...]
    hint: tuple[str, str] | None
    items: tuple[str, ...]
    item: str
    can_be_empty: bool
    empty_href: str
    back: str
    why: str
    is_overtaken: bool


def weighed(name: str, given: Sequence[Given], item: str, at: At) -> Weighed:
    """What the values would make of a slot of a claim; none empty it. Raises UsageError for no slot."""
    if name not in NAMES:
        raise UsageError(f"no such slot: {name}; there are {', '.join(NAMES)}")
    rows = tuple(row(name, one, at.document, at.claim) for one in given if one.words.strip() or one.place)
    slot = Slot.EQUIPMENT if name == QUANTITY else Slot(name)
    machine, before = (getattr(one, slot.value) for one in (at.read, at.claim))
    known = Weighed(rows, slot_in_words(machine), slot_in_words(before))
    problem = next((row.problem for row in rows if row.problem), "")
    if problem:
        return replace(known, problem=problem)
    try:
        values = [as_written(name, row.given) for row in rows]
        slot, value = read_correction(name, values, at.document, at.claim, item or None)
        ruling = Correct(claim=Target.of(at.document.id, at.read), slot=slot, value=value)
    except UsageError as error:
        return replace(known, problem=str(error))
    except ValidationError as error:
        return replace(known, problem=str(error.errors(include_url=False)[0]["msg"]))
    return replace(known, after=slot_in_words(ruling.value), ruling=ruling)


def present(name: str, claim: Claim, item: str) -> list[Given]:
    """What stands in a slot, as the form has it."""
    if name in CHOICES:
        value = getattr(claim, name)
        found = value if isinstance(value, tuple) else (value,)
        return [Given("yes" if one is True else "no" if one is False else str(one)) for one in found]
    if name == QUANTITY:
        held: tuple[Any, ...] = tuple(one.quantity for one in claim.equipment if item in ("", one.text))[:1]
    else:
        value = getattr(claim, name)
        held = value if isinstance(value, tuple) else (value,)
    return [Given(one.text, f"{one.start}-{one.end}", meaning(one)) for one in held if isinstance(one, Span)]


def edit_view(at: At, name: str, asked: Weighed | None, state: Mapping[str, str]) -> EditView:
    """The page. `asked` is what was given; without it, the form has what stands. `state` holds item, back and why."""
    document, claim, item = at.document, at.claim, state.get("item", "")
    known = cases(at.stands, at.newest)
    rows = asked.rows if asked else tuple(Row(one) for one in present(name, claim, item))
    if name in SEVERAL or not rows:
        rows = (*rows, Row(Given("")))
    kept = {"back": state.get("back", "")}
    return EditView(
        document=document,
        title=words.title(document),
        told=told(document, at.place + 1, claim, (), known[claim.id]),
        pieces=tuple(layers(document.text, [claim])),
        name=name,
        tabs=tuple(
            Tab(one, _stands(claim, one), links.edit(document.id, claim.id, slot=one, **kept)) for one in _ORDER
        ),
        rows=rows,
        weighed=asked,
        options=CHOICES.get(name, ()),
        hint=HINTS.get(name),
        items=tuple(one.text for one in claim.equipment) if name == QUANTITY else (),
        item=item,
        can_be_empty=name not in CHOICES,
        empty_href=links.edit(document.id, claim.id, slot=name, item=item, empty="1", **kept),
        back=kept["back"],
        why=state.get("why", ""),
        is_overtaken=bool(state.get("is_overtaken")),
    )


def row(name: str, given: Given, document: Document, claim: Claim) -> Row:
    """A value of a form with where its words stand and what they mean, as far as that can be told."""
    if name in CHOICES:
        return Row(Given(given.words.strip()))
    span = _placed(given, document)
    said = span.text if span else given.words.strip()
    found, near = places(said, document, claim)
    choices = tuple(Choice(_at(one), _shown(one, document)) for one in found) if len(found) > 1 else ()
    span = span or (near[0] if len(near) == 1 else None)
    if span is None:
        several = f"“{said}” stands in the text {len(found)} times; choose which"
        problem = several if found else f"“{said}” does not stand in the text; quote it to the letter"
        return Row(given._replace(words=said, place=""), choices, problem=problem)
    meant = given.meaning.strip()
    guess = "" if meant or name not in MEANT else proposed(name, span, document)
    return Row(Given(span.text, _at(span), meant or guess), choices, is_proposed=bool(guess))


def _placed(given: Given, document: Document) -> Span | None:
    """The words at the place that a form names, if they are the form's; blanks are as forms leave them."""
    found = _PLACE.fullmatch(given.place)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not start < end <= len(document.text):
        return None
    span = document.quote(start, end)
    is_meant = not given.words.strip() or words.one_line(given.words) == words.one_line(span.text)
    return span if is_meant and span.text.strip() else None


def as_written(name: str, given: Given) -> Written:
    """A value of a form as `read_correction` takes it."""
    found = _PLACE.fullmatch(given.place)
    return Written(given.words, int(found[1]) if found else None, given.meaning if name in MEANT else None)


def _stands(claim: Claim, name: str) -> str:
    if name == QUANTITY:
        return ", ".join(words.figure(one.quantity) for one in claim.equipment if one.quantity) or words.UNSAID
    return slot_in_words(getattr(claim, name))


def _at(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _shown(span: Span, document: Document) -> str:
    around = document.text[max(0, span.start - _AROUND) : span.end + _AROUND]
    return f"…{words.one_line(around)}…"
