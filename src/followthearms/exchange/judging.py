"""What analysts decided on claims and contradictions, in words, for a page that shows these.

Invariant: only decisions that hold are told, each with who made it and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from followthearms.exchange.changes import reason
from followthearms.link.rulings.decided import Decided
from followthearms.model import Decision, Ref, Standing
from followthearms.model.decisions import in_force
from followthearms.model.snapshots import Ruled


@dataclass(frozen=True)
class Judged:
    """How a claim stands, in words, and the decisions on it, each in a line."""

    standing: str
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class Judgements:
    """What was decided on claims, and, by the ids of decisions, on contradictions."""

    claims: Mapping[Ref, Judged] = field(default_factory=dict)
    rulings: Mapping[str, str] = field(default_factory=dict)


def judgements(documents: Iterable[Decided], decisions: Iterable[Decision]) -> Judgements:
    """Of documents under the decisions on them, and of all decisions in the order in which they were made."""
    return Judgements(
        claims={
            Ref(document=one.document.id, claim=claim.id): Judged(
                _standing(one, place), tuple(map(_told, one.on.get(place, ())))
            )
            for one in documents
            for place, claim in enumerate(one.document.claims)
        },
        rulings={one.id: _told(one) for one in in_force(decisions)},
    )


def _standing(one: Decided, place: int) -> str:
    if one.standings[place] is Standing.PENDING:
        return "not decided on"
    corrected = ", ".join(slot.value for slot in one.corrected(place))
    return f"{one.standings[place].value}: {corrected}" if corrected else one.standings[place].value


def _told(made: Decision) -> str:
    return reason(Ruled(decision=made.id, act=made.act, who=made.who, when=made.when, why=made.why))
