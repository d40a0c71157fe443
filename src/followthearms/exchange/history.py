"""Decisions and what came of them, in words and as JSON.

Invariant: what an analyst or a text wrote is shown on one line and with its control characters made visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from followthearms.exchange import words
from followthearms.exchange.changes import claim_in_words, slot_in_words
from followthearms.model.decisions import (
    Accept,
    AddClaim,
    Correct,
    Decision,
    Different,
    GradeSource,
    Merge,
    Note,
    Reject,
    Resolve,
    Ruling,
    Same,
    Split,
    Target,
    Undo,
)
from followthearms.register.decisions.history import Effect, Entry


def one_decision(made: Decision) -> str:
    """ "j3f2a reject claim c81d0, by Ann"."""
    return f"{made.id}  {made.act.value} {said(made.ruling)}, by {words.one_line(made.who)}"


def history_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Each decision with who, when and why; what the machine read, and what no longer holds, in words."""
    for entry in entries:
        made = entry.decision
        when = made.when.isoformat(sep=" ", timespec="minutes").removesuffix("+00:00")
        yield f"{when}  {one_decision(made)}{_effect(entry)}"
        if isinstance(made.ruling, Correct):
            yield f"  {slot_in_words(entry.machine)}{words.ARROW}{slot_in_words(made.ruling.value)}"
        if isinstance(made.ruling, AddClaim):
            yield f"  {claim_in_words(made.ruling.claim)}"
        if entry.instead_of:
            yield f"  in place of claim {', '.join(map(words.visible, entry.instead_of))}"
        if made.why:
            yield f"  because {words.one_line(made.why)}"


def as_json(entry: Entry) -> dict[str, Any]:
    """The decision as it is in the log, with its effect and, of a correction, what the machine read, of a claim that
    was added, in place of which others it stands."""
    fields = entry.decision.model_dump(mode="json", exclude_none=True) | {"effect": entry.effect.value}
    if entry.undone_by:
        fields["undone_by"] = entry.undone_by
    if isinstance(entry.decision.ruling, Correct):
        machine = entry.decision.ruling.model_copy(update={"value": entry.machine})
        fields["machine"] = machine.model_dump(mode="json")["value"]
    if entry.instead_of:
        fields["instead_of"] = list(entry.instead_of)
    return fields


def said(ruling: Ruling) -> str:
    """What a ruling is on and what it says, without the act."""
    match ruling:
        case Accept() | Reject():
            return _target(ruling.claim)
        case Correct():
            return f"{ruling.slot.value} of {_target(ruling.claim)}"
        case AddClaim():
            return f"{words.visible(ruling.claim.id)} of document {words.visible(ruling.document)}"
        case Merge():
            return ", ".join((*map(_target, ruling.deals), *map(words.visible, ruling.entities)))
        case Split(deal=Target() as deal):
            return f"{', '.join(map(_claim, ruling.claims))} from the deal of {_claim(deal)}"
        case Split():
            return f"{', '.join(map(words.one_line, ruling.names))} from {words.visible(ruling.entity or '')}"
        case (
            Same(left=Target() as left, right=Target() as right)
            | Different(left=Target() as left, right=Target() as right)
        ):
            return f"the deals of {_claim(left)} and {_claim(right)}"
        case Same() | Different():
            return f"{_named(ruling.left)} and {_named(ruling.right)}"
        case GradeSource():
            return f"{words.visible(ruling.source)} {ruling.grade.value}"
        case Note():
            return f"on {_named(ruling.about)}: {words.one_line(ruling.text)}"
        case Resolve():
            told = ruling.contradiction
            sides = f"{words.one_line(told.left)} or {words.one_line(told.right)}"
            return f"contradiction {told.id} ({told.topic.value}: {sides}): {ruling.verdict.value}"
        case Undo():
            return ruling.decision


def _effect(entry: Entry) -> str:
    match entry.effect:
        case Effect.HOLDS:
            return ""
        case Effect.UNDONE:
            return f"  (undone by {entry.undone_by})"
        case Effect.STALE:
            return "  (stale: the claim is no longer read)"
        case Effect.REPLACED:
            return "  (a newer decision stands in its place)"
        case Effect.OVERRULED:
            return "  (overruled by a newer decision)"


def _named(one: Target | str) -> str:
    return _target(one) if isinstance(one, Target) else words.visible(one)


def _target(target: Target) -> str:
    return f"deal d{target.anchor}" if target.anchor else _claim(target)


def _claim(target: Target) -> str:
    return f"claim {words.visible(target.claim)}"
