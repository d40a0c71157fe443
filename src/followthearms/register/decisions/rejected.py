"""Which deals rejected claims would be of.

Invariant: a rejected claim is told of where linking would put it if it were not rejected, all else being as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from followthearms.link.joining.briefs import Brief, load_brief
from followthearms.link.joining.gathering import gathered
from followthearms.link.joining.threads import Thread, threads
from followthearms.link.rulings.bindings import Bindings
from followthearms.link.rulings.decided import Decided
from followthearms.model import Standing
from followthearms.register.folding.current import Rulings, standing
from followthearms.register.tables import derived


def rejected_from(connection: Connection, deal: str, ruled: Rulings) -> Mapping[str, set[str]]:
    """By document, the ids of the rejected claims that would be of a deal."""
    candidates = _naming_its_parties(connection, deal)
    if not candidates:
        return {}
    members = _briefs(connection, deal)
    found = {
        text.document.id: _would_be_in(text, candidates[text.document.id], members, ruled.bindings)
        for text in standing(connection, candidates, ruled)
    }
    return {document: claims for document, claims in found.items() if claims}


def _naming_its_parties(connection: Connection, deal: str) -> Mapping[str, set[str]]:
    """By document, the rejected claims that name someone who takes part in the deal."""
    told, cells = derived.statements.c, derived.cells.c
    parties = select(derived.roles.c.entity).where(derived.roles.c.deal == deal)
    asked = (
        select(told.document, told.claim)
        .join(derived.cells, (cells.document == told.document) & (cells.position == told.position))
        .where(told.standing == Standing.REJECTED.value, cells.entity.in_(parties))
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for document, claim in connection.execute(asked):
        found[document].add(claim)
    return found


def _briefs(connection: Connection, deal: str) -> Sequence[Brief]:
    own = select(derived.strands.c.thread).where(derived.strands.c.deal == deal)
    bodies = connection.execute(select(derived.briefs.c.body).where(derived.briefs.c.thread.in_(own)))
    return [load_brief(body) for body in bodies.scalars()]


def _would_be_in(text: Decided, claims: Collection[str], members: Sequence[Brief], bindings: Bindings) -> set[str]:
    pairs = zip(text.document.claims, text.standings, strict=True)
    kept = tuple(claim for claim, now in pairs if now is not Standing.REJECTED or claim.id in claims)
    made = threads(text.document.with_claims(kept), bindings)
    return {
        strand.claim.id
        for thread in made
        if any(strand.claim.id in claims for strand in thread.strands) and _is_of(thread, members, bindings)
        for strand in thread.strands
        if strand.claim.id in claims
    }


def _is_of(thread: Thread, members: Sequence[Brief], bindings: Bindings) -> bool:
    anchors = {anchor for member in members for anchor in member.anchors}
    if any(strand.anchor in anchors for strand in thread.strands):
        return True
    made = gathered([*members, thread.brief], bindings)
    return any(len(one.threads) > 1 and thread.anchor in {own.anchor for own in one.threads} for one in made)
