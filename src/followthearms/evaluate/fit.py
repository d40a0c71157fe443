"""Does a predicted claim say what an annotated claim says? The rules by which two claims are held to be the same.

They are those of the corpus's measure, so that figures can be compared with what was published about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from followthearms.model import SYMMETRIC, Claim, Equipment, Party

BODIES = frozenset({"EU", "NATO", "UN", "AUKUS", "IAEA", "OPEC"})
"""International bodies that count as themselves; every other named group counts as some group."""

_GROUP = "group"
_ENOUGH = 0.5
"""Share of the parties, items or names that must agree: one of two is enough."""


class Level(IntEnum):
    """How far two claims agree: kind and place; then parties and negation; then equipment."""

    L1 = 1
    L2 = 2
    L3 = 3


def reached(gold: Claim, predicted: Claim) -> Level | None:
    """The highest level at which the two agree; None if they are not about the same thing."""
    if not set(gold.kind) & set(predicted.kind) or not predicted.trigger.overlaps(gold.evidence):
        return None
    if not same_parties(gold, predicted) or gold.negated != predicted.negated:
        return Level.L1
    return Level.L3 if same_equipment(gold, predicted) else Level.L2


def closeness(gold: Claim, predicted: Claim) -> int:
    """How well the two fit, in tenths of a point, to choose among several that could be matched.

    Parties and equipment weigh most; a claim that is marked optional gives way to one that is not.
    """
    return (
        10 * same_parties(gold, predicted)
        + 10 * same_equipment(gold, predicted)
        + 5 * (gold.negated == predicted.negated)
        + 4 * predicted.trigger.overlaps(gold.trigger)
        - 2 * gold.optional
    )


def same_parties(gold: Claim, predicted: Claim) -> bool:
    """True if supplier and recipient fit, each on its side; all parties together where the kind has no direction."""
    return all(fit(*side) for side in sides(gold, predicted))


def sides(gold: Claim, predicted: Claim) -> tuple[tuple[tuple[Party, ...], tuple[Party, ...]], ...]:
    """What is compared, annotated and predicted: suppliers and recipients, or all parties without a direction."""
    if gold.parties or predicted.parties or SYMMETRIC.intersection(gold.kind):
        return ((_all_sides(gold), _all_sides(predicted)),)
    return (gold.supplier, predicted.supplier), (gold.recipient, predicted.recipient)


def _all_sides(claim: Claim) -> tuple[Party, ...]:
    return claim.supplier + claim.recipient + claim.parties


def fit(gold: Sequence[Party], predicted: Sequence[Party]) -> bool:
    """Half of the parties at least. Where none is annotated, the prediction may have inherited some, but state none."""
    wanted = codes(gold)
    return agree(wanted, codes(predicted)) if wanted else not codes(p for p in predicted if not p.inherited)


def codes(parties: Iterable[Party]) -> frozenset[str]:
    """The states, bodies and groups that are named. An unknown party is none."""
    return frozenset(filter(None, map(_code, parties)))


def _code(party: Party) -> str:
    code = (party.code or "").upper()
    if re.fullmatch("[A-Z]{2}", code) or code in BODIES:
        return code
    return "" if code in ("", "UNKNOWN") else _GROUP


def agree(gold: frozenset[str], predicted: frozenset[str]) -> bool:
    """True if at least half of all the codes stand on both sides."""
    return len(gold & predicted) >= _ENOUGH * len(gold | predicted)


def same_equipment(gold: Claim, predicted: Claim) -> bool:
    """True if at least half of the annotated items are among the predicted ones."""
    found = sum(any(same_item(wanted, item) for item in predicted.equipment) for wanted in gold.equipment)
    return found >= _ENOUGH * len(gold.equipment)


def same_item(gold: Equipment, predicted: Equipment) -> bool:
    """True if the designations contain one another; without two of them, if the spans touch or share a word."""
    ours, theirs = bare(gold.designation), bare(predicted.designation)
    if ours and theirs:
        return within(ours, theirs)
    return gold.overlaps(predicted) or bool(_words(gold) & _words(predicted))


def same_names(gold: Sequence[str], predicted: Sequence[str]) -> bool:
    """True if at least half of the annotated names are among the predicted ones, in full or in part."""
    found = sum(any(within(bare(name), bare(other)) for other in predicted) for name in gold)
    return bool(gold and predicted) and found >= _ENOUGH * len(gold)


def bare(words: str | None) -> str:
    """The words as Latin letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", (words or "").lower())


def within(one: str, other: str) -> bool:
    """True if one contains the other."""
    return one in other or other in one


def _words(item: Equipment) -> set[str]:
    """The words of three letters and more, without a plural's s."""
    return {word.rstrip("s") for word in re.findall("[a-z]{3,}", f"{item.category or ''} {item.text}".lower())}
