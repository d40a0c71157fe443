"""What analysts decided, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.model.decisions import targets
from followthearms.register.history import Entry


@dataclass(frozen=True)
class Decided:
    """A decision: what was done, by whom, when and why, and what became of it."""

    id: str
    act: str
    who: str
    when: str
    why: str
    effect: str


def on_claim(found: Iterable[Entry], claim: str) -> list[Entry]:
    """Of the decisions on a document, those on its claim with this id."""
    return [one for one in found if any(target.claim == claim for target in targets(one.decision.ruling))]


def decisions_view(found: Iterable[Entry]) -> tuple[Decided, ...]:
    """Decisions, the newest first."""
    return tuple(
        Decided(
            id=one.decision.id,
            act=one.decision.ruling.act.value,
            who=words.one_line(one.decision.who),
            when=words.day(one.decision.when.date()),
            why=words.one_line(one.decision.why),
            effect=one.effect.value,
        )
        for one in reversed(tuple(found))
    )
