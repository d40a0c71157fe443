"""What was decided just now, told on the page that is shown next, with a way back.

Invariant: what is told is looked up in the log under the id in the address; the address itself says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi import Depends, Request

from followthearms.errors import NotInRegister
from followthearms.exchange.history import said
from followthearms.model import Act
from followthearms.model.decisions import AddClaim, Target, targets
from followthearms.register import Register
from followthearms.register.decisions.history import Entry
from followthearms.web import links
from followthearms.web.accounts.visitors import Role, Visitor, visitor_of
from followthearms.web.opened import Opened

FIELD = "done"
_IN_PAST = {
    Act.ACCEPT: "Accepted",
    Act.REJECT: "Rejected",
    Act.CORRECT: "Corrected",
    Act.CLAIM: "Added",
    Act.MERGE: "Merged",
    Act.SPLIT: "Taken apart",
    Act.SAME: "Bound together",
    Act.DIFFERENT: "Kept apart",
    Act.GRADE: "Graded",
    Act.NOTE: "Noted",
    Act.RESOLVE: "Ruled",
    Act.UNDO: "Undone",
}
_SHOWN = 3
"""Decisions of one act that are told one by one."""


@dataclass(frozen=True)
class Done:
    """What was decided at once. `what` is it in words, with the address of the claim that it is on, if it is on one;
    `more` are not told. `is_undone`: none of it holds any longer; `can_undo`: some does, and the visitor may undo it.
    `here` is the page without telling of it."""

    decision: str
    is_undoing: bool
    verb: str
    what: tuple[tuple[str, str | None], ...]
    more: int
    warnings: tuple[str, ...]
    is_undone: bool
    can_undo: bool
    here: str


def told(address: str, decision: str) -> str:
    """A page of ours that tells of a decision when it is shown; the address of no such page is that of the first."""
    parts = urlsplit(_without(links.local(address)))
    query = "&".join(part for part in (parts.query, urlencode({FIELD: decision})) if part)
    return urlunsplit(parts._replace(query=query))


def may_undo(visitor: Visitor, found: Sequence[Entry]) -> bool:
    """Whether a visitor may undo decisions: their own, or as an editor anybody's."""
    own = all(one.decision.who == visitor.name for one in found)
    return visitor.role.may(Role.EDITOR) or (own and visitor.role.may(Role.ANALYST))


def _tell(request: Request, register: Opened) -> Done | None:
    """What the address says was decided just now; None if it says nothing, or nothing that is in the log."""
    decision, visitor = request.query_params.get(FIELD), visitor_of(request)
    if not decision or visitor is None or links.day():
        return None
    try:
        found = register.ledger.act(decision)
        warnings = register.ledger.warned_of(decision)
    except NotInRegister:  # an address that somebody made up, or kept from another register
        return None
    if decision not in {one.decision.id for one in found}:
        return None
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    first, is_undone = found[0].decision, all(one.undone_by for one in found)
    return Done(
        decision=first.id,
        is_undoing=first.act is Act.UNDO,
        verb=_IN_PAST[first.act],
        what=tuple(_what(register, one) for one in found[:_SHOWN]),
        more=max(0, len(found) - _SHOWN),
        warnings=warnings,
        is_undone=is_undone,
        can_undo=not is_undone and may_undo(visitor, found),
        here=_without(here),
    )


def _without(address: str) -> str:
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != FIELD]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _what(register: Register, entry: Entry) -> tuple[str, str | None]:
    made = entry.decision
    undone = register.ledger.act(made.undoes)[0].decision if made.undoes else None
    words = f"{undone.act.value} {said(undone.ruling)}" if undone else said(made.ruling)
    if isinstance(undone and undone.ruling, AddClaim):
        return words, None  # the claim may have no page any longer
    on: tuple[Target, ...] = targets((undone or made).ruling)
    one = on[0] if len(on) == 1 and on[0].anchor is None else None
    return words, links.claim(one.document, one.claim) if one else None


WhatWasDone = Annotated[Done | None, Depends(_tell)]
"""For the whole application: what base.html shows above every page."""


def keep(request: Request, done: WhatWasDone) -> None:
    """Keep for the page that is made what was decided just now."""
    request.state.done = done
