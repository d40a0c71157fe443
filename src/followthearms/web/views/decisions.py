"""What analysts decided, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.history import said
from followthearms.model.decisions import AddClaim, GradeSource, Reject, Ruling, entities, targets
from followthearms.register.decisions.history import Entry
from followthearms.web import links


@dataclass(frozen=True)
class Decided:
    """A decision: what was done, on what, by whom, when and why, and what became of it. `by` is `who` as it stands in
    the log."""

    id: str
    act: str
    said: str
    who: str
    by: str
    when: str
    why: str
    effect: str
    is_undone: bool


def on_claim(found: Iterable[Entry], claim: str) -> list[Entry]:
    """Of the decisions on a document, those on its claim with this id, or that put another in its place."""
    return [
        one
        for one in found
        if claim in one.instead_of or any(target.claim == claim for target in targets(one.decision.ruling))
    ]


def decisions_view(found: Iterable[Entry]) -> tuple[Decided, ...]:
    """Decisions, the newest first."""
    return tuple(
        Decided(
            id=one.decision.id,
            act=one.decision.ruling.act.value,
            said=said(one.decision.ruling),
            by=one.decision.who,
            who=words.one_line(one.decision.who),
            when=words.day(one.decision.when.date()),
            why=words.one_line(one.decision.why),
            effect=one.effect.value,
            is_undone=one.undone_by is not None,
        )
        for one in reversed(tuple(found))
    )


def about(ruling: Ruling) -> str | None:
    """The page of what a ruling is on; of several, of the first. None where it has no page of its own."""
    if isinstance(ruling, GradeSource):
        return links.listing("/sources")
    if isinstance(ruling, Reject):  # a rejected claim has no page while it is rejected
        return links.document(ruling.claim.document)
    if isinstance(ruling, AddClaim):  # nor one whose adding was undone
        return links.document(ruling.document)
    for target in targets(ruling):
        return links.deal(f"d{target.anchor}") if target.anchor else links.claim(target.document, target.claim)
    return next(map(links.entity, entities(ruling)), None)
