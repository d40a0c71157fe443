"""A claim that is being added: the words that were chosen for each slot, what they would mean, what would be saved.

Invariant: what is shown before saving is what would be saved, since both are made by `weighed`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.exchange.by_hand import EVIDENCE, TRIGGER, bare, read_claim, whole
from followthearms.exchange.cells import SLOTS
from followthearms.exchange.changes import claim_in_words, slot_in_words
from followthearms.exchange.corrections import QUANTITY, Written
from followthearms.exchange.marks import Piece, layers
from followthearms.link.rulings.by_hand import replaced_by
from followthearms.link.rulings.decided import Decided
from followthearms.model import AddClaim, Claim, Document, Standing
from followthearms.web import links
from followthearms.web.views.deciding.correcting import CHOICES, HINTS, SEVERAL, Given, Row, as_written, row

LINES = (TRIGGER, EVIDENCE, *SLOTS)
"""What words of the text are given for, in the order of the form."""

_SEVERAL = SEVERAL | {QUANTITY}
_HELP = {TRIGGER: "that show it", EVIDENCE: "of the clause; empty for the sentence"}


class Line(NamedTuple):
    """A value in the form, what it is for, and what is asked for."""

    slot: str
    row: Row
    label: str
    hint: tuple[str, str] | None


class Chosen(NamedTuple):
    """What a form gives: what was chosen of `correcting.CHOICES`, and words of the text after what they are for."""

    choices: Mapping[str, Sequence[str]]
    values: Sequence[tuple[str, Given]]


@dataclass(frozen=True)
class Weighed:
    """What a form would make: the `ruling`, and what it `says`; or the `problem` why there is none. Of a form without
    words there is neither."""

    rows: tuple[tuple[str, Row], ...]
    says: str = ""
    ruling: AddClaim | None = None
    problem: str = ""


@dataclass(frozen=True)
class AddView:
    """The page on which a claim is added. `pieces` have the words of the claim marked, once it can be saved; `instead`
    are the claims in whose place it would stand, in words and with their addresses."""

    document: Document
    title: str
    here: str
    pieces: tuple[Piece, ...]
    options: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, Sequence[str]]
    lines: tuple[Line, ...]
    weighed: Weighed
    instead: tuple[tuple[str, str], ...]
    why: str


def weighed(chosen: Chosen, document: Document) -> Weighed:
    """What a form would make of a document. Raises UsageError for words that are for no slot."""
    given = [(slot, one) for slot, one in chosen.values if one.words.strip() or one.place]
    for slot, _ in given:
        if slot not in LINES:
            raise UsageError(f"no such slot: {slot}; there are {', '.join(LINES)}")
    claim = _beginning(given, document)
    rows = tuple((slot, row(slot, one, document, claim)) for slot, one in given)
    problem = next((one.problem for _, one in rows if one.problem), "")
    if problem or not rows:
        return Weighed(rows, problem=problem)
    try:
        ruling = read_claim(document, {**chosen.choices, **_written((slot, one.given) for slot, one in rows)})
    except UsageError as error:
        return Weighed(rows, problem=str(error))
    return Weighed(rows, claim_in_words(ruling.claim), ruling)


def add_view(stands: Decided, chosen: Chosen, asked: Weighed, why: str = "") -> AddView:
    """The page, on a document as it stands."""
    document, ruling = stands.document, asked.ruling
    return AddView(
        document=document,
        title=words.title(document),
        here=links.add_claim(document.id),
        pieces=tuple(layers(document.text, [ruling.claim] if ruling else [])),
        options=CHOICES,
        choices=chosen.choices,
        lines=tuple(_lines(asked.rows)),
        weighed=asked,
        instead=tuple(_instead(ruling, stands)) if ruling else (),
        why=why,
    )


def _beginning(given: Sequence[tuple[str, Given]], document: Document) -> Claim:
    """The claim with evidence and trigger, where these can be told: words are looked for near it."""
    try:
        return bare(document, _written((slot, one) for slot, one in given if slot in (TRIGGER, EVIDENCE)))
    except UsageError:  # which the row of the trigger or the evidence says
        return whole(document)


def _written(given: Iterator[tuple[str, Given]]) -> dict[str, list[Written]]:
    found: dict[str, list[Written]] = defaultdict(list)
    for slot, one in given:
        found[slot].append(as_written(slot, one))
    return found


def _lines(rows: Sequence[tuple[str, Row]]) -> Iterator[Line]:
    """What is given for each slot, and room for more where there can be."""
    for slot in LINES:
        own = [one for name, one in rows if name == slot]
        for one in (*own, Row(Given(""))) if slot in _SEVERAL or not own else own:
            label = "Words" if one.given.words or not own else "One more: words"
            yield Line(slot, one, f"{label} {_HELP.get(slot, 'of the text')}", HINTS.get(slot))


def _instead(ruling: AddClaim, stands: Decided) -> Iterator[tuple[str, str]]:
    for place in replaced_by(ruling, stands.read.claims):
        if stands.standings[place] is not Standing.REJECTED:
            claim = stands.document.claims[place]
            said = f"claim {place + 1}, {' / '.join(claim.kind)} {slot_in_words(claim.trigger)}"
            yield said, links.claim(stands.read.id, claim.id)
