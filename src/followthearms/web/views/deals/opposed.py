"""A contradiction: both its sides with their sentences, what can be ruled on it, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.model import Contradiction, Deal, DealRow, Decision, Resolve, Topic, Verdict
from followthearms.web import links
from followthearms.web.views.quotes import Library, Quotes

Rulings = Mapping[str, Decision]
"""Decisions by their ids."""

_SLOTS = {
    Topic.QUANTITY: "quantity",
    Topic.VALUE: "value",
    Topic.DATE: "date",
    Topic.PLACE: "place",
    Topic.PARTY: "parties",
}

MOST_OPPOSED = 2
"""What it shows of each side of a contradiction: a page has many, and most of their sentences stand under a value."""


@dataclass(frozen=True)
class Ruled:
    """How an analyst closed a contradiction. `by` is `who` as it stands in the log."""

    decision: str
    said: str
    who: str
    by: str
    when: str
    why: str


@dataclass(frozen=True)
class Opposed:
    """A contradiction, its two sides with their sentences; what can be ruled on it, and what was. `href`: where it
    stands on the page of its deal; `in_full`: where it has all its sentences."""

    found: Contradiction
    href: str
    in_full: str
    heading: str
    sides: tuple[tuple[str, Quotes], ...]
    verdicts: tuple[tuple[str, str], ...]
    ruled: Ruled | None


def opposed(
    deal: Deal | DealRow, found: Contradiction, library: Library, rulings: Rulings, most: int = MOST_OPPOSED
) -> Opposed:
    """A contradiction with so many of the sentences of each side."""
    slot = _SLOTS.get(found.topic, "trigger")
    ruled = rulings.get(found.ruling) if found.ruling else None
    part = f"contradiction-{found.id}"
    return Opposed(
        found=found,
        href=links.deal(deal.id, part),
        in_full=f"{links.deal(deal.id)}?full=1#{part}",
        heading=words.heading(deal),
        sides=tuple((side.value, library.quotes(side.refs, most, slot)) for side in (found.left, found.right)),
        verdicts=tuple((one.value, _verdict(one, found.left.value, found.right.value)) for one in Verdict),
        ruled=_ruled(ruled) if ruled else None,
    )


def _verdict(given: Verdict, left: str, right: str) -> str:
    match given:
        case Verdict.LEFT:
            return f"{words.one_line(left)} is right"
        case Verdict.RIGHT:
            return f"{words.one_line(right)} is right"
        case Verdict.BOTH:
            return "both are right"
        case Verdict.NEITHER:
            return "neither is right"


def _ruled(made: Decision) -> Ruled:
    match made.ruling:
        case Resolve(verdict=verdict, contradiction=told):
            said = _verdict(verdict, told.left, told.right)
        case _:  # what else may close one is a matter of the register
            said = made.act.value
    who, when, why = words.one_line(made.who), words.day(made.when.date()), words.one_line(made.why)
    return Ruled(made.id, said, who, made.who, when, why)
