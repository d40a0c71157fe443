"""What was decided on a claim, a deal or anything else, and what came of it.

Invariant: every decision is told, those that no longer have an effect with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from followthearms.errors import NotInRegister
from followthearms.link.rulings.by_hand import bears_on, replaced_by
from followthearms.link.rulings.decided import decided, replaced
from followthearms.model import Claim, Decision, Document
from followthearms.model.decisions import AddClaim, Correct, Ruling, subjects, targets, undone
from followthearms.register.decisions import lookup
from followthearms.register.decisions.checking import decision
from followthearms.register.decisions.rejected import rejected_from
from followthearms.register.folding.current import Rulings, read, rulings
from followthearms.register.tables import claims, derived, readings

_strands, _statements = derived.strands.c, derived.statements.c


class Effect(StrEnum):
    """What became of a decision."""

    HOLDS = "holds"
    UNDONE = "undone"
    STALE = "stale"  # its claim is no longer read
    REPLACED = "replaced"  # a newer decision on the same matter stands in its place
    OVERRULED = "overruled"  # a newer decision is at odds with it


@dataclass(frozen=True)
class Entry:
    """A decision and its effect. `undone_by` is the decision that undid it; `machine` what the machine read in the
    slot that a correction fills; `instead_of` the ids of the claims in whose place an added one stands."""

    decision: Decision
    effect: Effect
    undone_by: str | None = None
    machine: Any = None
    instead_of: tuple[str, ...] = ()


def root(made: Decision, known: Mapping[str, Decision]) -> Decision:
    """The decision itself, or what it undoes at last if it undoes undoings."""
    while made.undoes and made.undoes in known:
        made = known[made.undoes]
    return made


def history(connection: Connection, subject: str | None) -> tuple[Entry, ...]:
    """The decisions on a subject, or all, in their order; see `Ledger.history`. Raises NotInRegister."""
    ruled = rulings(connection)
    known = {one.id: one for one in ruled.decisions}
    is_meant = _meaning(connection, subject, ruled) if subject is not None else _everything
    found = [d for d in ruled.decisions if is_meant(d.id, d.ruling) or is_meant(d.id, root(d, known).ruling)]
    return entries(connection, found, ruled)


def entries(connection: Connection, found: Sequence[Decision], ruled: Rulings) -> tuple[Entry, ...]:
    """Decisions of the log, each with what came of it."""
    documents = {name for one in found for name in one.documents}
    texts = {one.id: one for one in read(connection, documents)}
    under = [decided(text, ruled.by_document.get(text.id, ())) for text in texts.values()]
    effects = {name: Effect.REPLACED for one in under for on in one.on.values() for name in replaced(on)}
    effects |= {one.id: Effect.STALE for one in found if not one.documents <= texts.keys()}
    effects |= {decision.id: Effect.STALE for one in under for decision in one.stale}
    effects |= dict.fromkeys(ruled.bindings.overruled, Effect.OVERRULED)
    gone = undone(ruled.decisions)
    effects |= dict.fromkeys(gone, Effect.UNDONE)
    return tuple(
        Entry(
            one,
            effects.get(one.id, Effect.HOLDS),
            gone.get(one.id),
            _machine(connection, one.ruling, texts) if isinstance(one.ruling, Correct) else None,
            _instead_of(one.ruling, texts) if isinstance(one.ruling, AddClaim) else (),
        )
        for one in found
    )


_Meaning = Callable[[str, Ruling], bool]
"""Whether a decision, by its id and its ruling, is on a subject."""


def _everything(_id: str, _ruling: Ruling) -> bool:
    return True


def _meaning(connection: Connection, subject: str, ruled: Rulings) -> _Meaning:
    log = ruled.decisions
    finders: dict[str, Callable[[str], _Meaning]] = {
        "decision": lambda name: _of_decision(name, log),
        "contradiction": lambda name: _of_contradiction(connection, name, log),
        "deal": lambda name: _of_deal(connection, name, ruled),
        "claim": lambda name: _of_claim(connection, name, log),
        "document": lambda name: _of_document(connection, name),
        "entity": lambda name: _of_subject(f"entity:{lookup.entity_id(connection, name)}"),
        "source": lambda name: _of_subject(lookup.source(connection, name)),
    }
    sort, _, name = subject.partition(":")
    if name and sort in finders:
        return finders[sort](name)
    for find in finders.values():
        try:
            return find(subject)
        except NotInRegister:  # so it is none of these; the next sort is tried
            continue
    raise NotInRegister(f"nothing in the register is called {subject!r}; `fta history` lists all decisions")


def _of_subject(subject: str) -> _Meaning:
    return lambda _, ruling: subject in subjects(ruling)


def _of_decision(name: str, log: Sequence[Decision]) -> _Meaning:
    found = decision(name, log).id
    return lambda made, ruling: made == found or f"decision:{found}" in subjects(ruling)


def _of_document(connection: Connection, name: str) -> _Meaning:
    if lookup.document(connection, name) is None:
        raise NotInRegister(f"no document {name!r} in the register; `fta claims --json` names the documents")
    return _of_subject(f"document:{name}")


def _of_contradiction(connection: Connection, name: str, log: Sequence[Decision]) -> _Meaning:
    """By its id, which a ruling may have outlived."""
    if any(f"contradiction:{name}" in subjects(one.ruling) for one in log):
        return _of_subject(f"contradiction:{name}")
    return _of_subject(f"contradiction:{lookup.contradiction(connection, name).id}")


def _of_claim(connection: Connection, name: str, log: Sequence[Decision]) -> _Meaning:
    """By its id, which decisions may have outlived, or by where it stands, whatever id it had when it was decided."""
    if any(target.claim == name for one in log for target in targets(one.ruling)):
        return lambda _, ruling: any(target.claim == name for target in targets(ruling))
    found = lookup.claim(connection, name)
    return _of_places(connection, {found.document: {found.claim}}, frozenset())


def _of_deal(connection: Connection, name: str, ruled: Rulings) -> _Meaning:
    """On any of its claims, those included that were rejected from it, or on a deal that is now part of it."""
    deal = lookup.deal_id(connection, name)
    same = (_strands.document == _statements.document) & (_strands.position == _statements.position)
    asked = select(_strands.anchor, _strands.document, _statements.claim).join(derived.statements, same)
    strands = connection.execute(asked.where(_strands.deal == deal)).all()
    told: dict[str, set[str]] = defaultdict(set)
    for strand in strands:
        told[strand.document].add(strand.claim)
    for document, claims_of_it in rejected_from(connection, deal, ruled).items():
        told[document] |= claims_of_it
    return _of_places(connection, told, frozenset(strand.anchor for strand in strands))


def _of_places(connection: Connection, told: Mapping[str, Collection[str]], anchors: Collection[str]) -> _Meaning:
    """On a claim with one of these ids, by document, as it is read now; or on one of these strands."""

    @cache
    def text_of(document: str) -> Document | None:  # most have no decision on them, and are not asked for
        return next(read(connection, [document]), None)

    def is_meant(ruling: Ruling) -> bool:
        own = targets(ruling)
        if any(target.anchor in anchors for target in own):
            return True
        texts = [text for name in {target.document for target in own} & told.keys() if (text := text_of(name))]
        return any(text.claims[place].id in told[text.id] for text in texts for place in bears_on(ruling, text))

    return lambda _, ruling: is_meant(ruling)


def _instead_of(ruling: AddClaim, texts: Mapping[str, Document]) -> tuple[str, ...]:
    claims_of_it = texts[ruling.document].claims if ruling.document in texts else ()
    return tuple(claims_of_it[place].id for place in replaced_by(ruling, claims_of_it))


def _machine(connection: Connection, ruling: Correct, texts: Mapping[str, Document]) -> Any:
    """What the machine read in the slot: of the claim as it is read now, else as it was read when it was decided on."""
    text = texts.get(ruling.claim.document)
    place = ruling.claim.among(text.claims) if text else None
    if text and place is not None:
        return getattr(text.claims[place], ruling.slot.value)
    asked = (
        select(claims.c.body)
        .join(readings, readings.c.id == claims.c.reading)
        .where(readings.c.document == ruling.claim.document, claims.c.id == ruling.claim.claim)
        .order_by(readings.c.id.desc())
        .limit(1)
    )
    body = connection.execute(asked).scalar()
    return getattr(Claim.model_validate_json(body), ruling.slot.value) if body else None
