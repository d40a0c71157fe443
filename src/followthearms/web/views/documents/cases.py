"""Claims as they stand with the analysts, and what a form carries of them.

Invariant: beside what a slot was corrected to stands what the machine read; and a form names with each claim the newest
decision on it that its page showed, so that nobody decides on what they have not seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from followthearms.errors import NotInRegister, UsageError
from followthearms.exchange import words
from followthearms.exchange.changes import slot_in_words
from followthearms.link.rulings.decided import Decided
from followthearms.model import Accept, AddClaim, Claim, Correct, Decision, Document, Note, Reject, Target
from followthearms.model.voices import ANALYST
from followthearms.register import Register
from followthearms.web import links

MOST_PICKED = 200
"""Claims that one form can name."""


class Pick(NamedTuple):
    """A claim in a form, and the newest decision on it that the form's page showed, empty for none."""

    document: str
    claim: str
    newest: str

    def __str__(self) -> str:
        return json.dumps(self)


_PICK = TypeAdapter(Pick)


@dataclass(frozen=True)
class Ruled:
    """What an analyst decided on a claim, in a word or two; `decision` is its id."""

    decision: str
    said: str
    who: str
    when: str
    why: str


@dataclass(frozen=True)
class Change:
    """A slot that was corrected: what the machine read in it, and what it is now."""

    slot: str
    machine: str
    value: str


@dataclass(frozen=True)
class Case:
    """How a claim stands. `reader` is who read it, in words; `ruled` are the decisions that hold on it, the newest
    first; `pick` is what forms carry."""

    standing: str
    reader: str
    ruled: tuple[Ruled, ...]
    changes: tuple[Change, ...]
    pick: str
    edit: str


def cases(found: Decided, newest: Mapping[str, str]) -> dict[str, Case]:
    """How each claim of a document stands, by its id; `newest` tells the newest decision on each."""
    return {
        claim.id: Case(
            standing=found.standings[place].value,
            reader="an analyst" if claim.method and claim.method.by == ANALYST else "the machine",
            ruled=tuple(_ruled(claim.id, found.on.get(place, ()))),
            changes=tuple(_changes(found, place)),
            pick=str(Pick(found.read.id, claim.id, newest.get(claim.id, ""))),
            edit=links.edit(found.read.id, claim.id),
        )
        for place, claim in enumerate(found.read.claims)
    }


def picked(fields: Iterable[str]) -> tuple[Pick, ...]:
    """The claims that a form names, each once. Raises UsageError for what no page of ours put there."""
    try:
        return tuple(dict.fromkeys(_PICK.validate_json(field) for field in fields))
    except ValidationError as error:
        raise UsageError("the form names its claims in another way than our pages do; load its page again") from error


def target(register: Register, document: str, claim: str) -> tuple[Document, Claim, Target]:
    """A claim by its ids: its document, the claim as it was read, and what rulings on it name. Raises NotInRegister."""
    read = register.ledger.standing(document).read
    for one in read.claims:
        if one.id == claim:
            return read, one, Target.of(read.id, one)
    raise NotInRegister(f"document {document} has no claim {claim!r}; its page shows all that it has")


def _ruled(claim: str, on: Iterable[Decision]) -> Iterator[Ruled]:
    for one in reversed(tuple(on)):
        said = _said(claim, one)
        if said:
            day = words.day(one.when.date())
            yield Ruled(one.id, said, words.one_line(one.who), day, words.one_line(one.why))


def _said(claim: str, made: Decision) -> str:
    """What a decision says of the claim with this id."""
    match made.ruling:
        case AddClaim(claim=added):
            return "added" if added.id == claim else f"claim {words.visible(added.id)} added in its place"
        case Accept():
            return "accepted"
        case Reject():
            return "rejected"
        case Correct(slot=slot):
            return f"{slot.value} corrected"
        case Note(text=text):
            return f"note: {words.one_line(text)}"
        case _:  # on its deal
            return ""


def _changes(found: Decided, place: int) -> Iterator[Change]:
    for slot in found.corrected(place):
        before, after = (getattr(one.claims[place], slot.value) for one in (found.read, found.document))
        yield Change(slot.value, slot_in_words(before), slot_in_words(after))
