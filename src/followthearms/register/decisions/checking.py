"""What is checked of a ruling before it is taken down, and what the analyst is warned of.

Invariant: a check writes nothing; what it refuses, it refuses with what to do instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pydantic import ValidationError
from sqlalchemy import Connection

from followthearms.errors import NotInRegister, RegisterError, SpanError, UsageError
from followthearms.link.names.entities import entity, objections
from followthearms.link.rulings.bindings import bindings
from followthearms.link.rulings.by_hand import replaced_by
from followthearms.link.rulings.decided import Decided
from followthearms.model import Decision, Party, Standing
from followthearms.model.decisions import (
    Accept,
    Act,
    AddClaim,
    Correct,
    GradeSource,
    Merge,
    Note,
    Reject,
    Resolve,
    Ruling,
    Split,
    Target,
    Undo,
    dump_decision,
    entities,
    targets,
    undone,
)
from followthearms.model.entities import EntityKind
from followthearms.register.decisions import lookup
from followthearms.register.folding.current import ruled, standing

_BINDING = frozenset({Act.MERGE, Act.SPLIT, Act.SAME, Act.DIFFERENT, Act.UNDO})
"""The acts that can be at odds with earlier ones."""


def check(connection: Connection, ruling: Ruling, log: Sequence[Decision]) -> None:
    """Raise NotInRegister, SpanError or UsageError if the ruling cannot be made on the register as it stands."""
    for target in targets(ruling) if not isinstance(ruling, AddClaim) else ():
        _stands(connection, target)
    for name in entities(ruling):
        lookup.entity_id(connection, name)
    match ruling:
        case Correct():
            _quotes(connection, ruling)
        case AddClaim():
            _is_new(connection, ruling)
        case Merge(deals=deals) if deals:
            _are_several(connection, deals)
        case Split(deal=Target() as deal):
            _has(connection, deal, ruling.claims)
        case GradeSource():
            lookup.source(connection, ruling.source)
        case Note(about=str(subject)):
            _known(connection, subject, log)
        case Resolve():
            lookup.contradiction(connection, ruling.contradiction.id)
        case Undo():
            undoable(ruling.decision, log)
        case _:  # nothing more to check
            pass


def _are_several(connection: Connection, deals: Sequence[Target]) -> None:
    if len({lookup.deal_of(connection, one) for one in deals}) < len(deals):
        raise UsageError("these are one deal already; `fta decide same` binds two claims of it for good")


def _has(connection: Connection, deal: Target, claims: Sequence[Target]) -> None:
    home = lookup.deal_of(connection, deal)
    for claim in claims:
        if lookup.deal_of(connection, claim) != home:
            raise UsageError(f"claim {claim.claim} is not of deal {home}; `fta show {home}` lists its claims")


def check_taken(connection: Connection, made: Decision, known: Collection[str]) -> None:
    """Check a decision of another log; `known` are the ids of those before it.

    Raises RegisterError if its id is not that of its content or it undoes what is not known, SpanError if a correction
    or a claim does not stand in the text.
    """
    try:
        Decision.model_validate_json(dump_decision(made))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]["msg"]
        raise RegisterError(f"decision {made.id}: {problem}; take an unaltered copy of the log") from error
    if made.undoes and made.undoes not in known:
        raise RegisterError(f"decision {made.id}: undoes {made.undoes}, which is not before it; take the whole log")
    if isinstance(made.ruling, Correct | AddClaim):
        _quotes(connection, made.ruling)


def decision(name: str, log: Sequence[Decision]) -> Decision:
    """The decision with this id, or the only one whose id begins so. Raises NotInRegister."""
    found = [one for one in log if name and one.id.startswith(name)]
    if len(found) != 1:
        problem = "the ids of several decisions begin with" if found else "no decision has an id that begins with"
        raise NotInRegister(f"{problem} {name!r}; `fta history` lists them")
    return found[0]


def undoable(name: str, log: Sequence[Decision]) -> Decision:
    """The decision with this id, or the only one whose id begins so. Raises UsageError if it was undone already."""
    found = decision(name, log)
    by = undone(log).get(found.id)
    if by is not None:
        raise UsageError(f"decision {found.id} was undone already; `fta undo {by}` restores it")
    return found


def warnings(connection: Connection, made: Decision, log: Sequence[Decision]) -> tuple[str, ...]:
    """What is odd about a decision that follows the others: that it changes nothing, claims in whose place it puts one,
    earlier decisions that it overrules, states that it makes one."""
    return (*_idle(connection, made.ruling, log), *_unknown(made.ruling), *_at_odds(made, log))


def _at_odds(made: Decision, log: Sequence[Decision]) -> tuple[str, ...]:
    found = []
    if made.act in _BINDING:
        before, after = bindings(log).overruled, bindings([*log, made]).overruled
        for one in log:
            if one.id in after - before:
                found.append(f"overrules {_named(one)}; to restore that, undo this")
            if one.id in before - after and one.id != made.undoes:
                found.append(f"brings back {_named(one)}")
    found += objections(log, made.ruling)
    states = [name for name in entities(made.ruling) if entity(name).kind is EntityKind.STATE]
    if made.act in (Act.MERGE, Act.SAME) and len(states) > 1:
        found.append(f"{', '.join(states)} are different states; their transfers become those of one")
    return tuple(found)


def _idle(connection: Connection, ruling: Ruling, log: Sequence[Decision]) -> Iterator[str]:
    if isinstance(ruling, AddClaim):
        yield from _in_place(_stood(connection, ruling.document, log), ruling)
    if not isinstance(ruling, Accept | Reject | Correct):
        return
    told = _stood(connection, ruling.claim.document, log)
    place = ruling.claim.among(told.read.claims)
    if place is not None and told.is_so(ruling, place):
        what = f"{ruling.slot.value} is that" if isinstance(ruling, Correct) else f"it is {told.standings[place].value}"
        yield f"changes nothing: {what} already"


def _in_place(told: Decided, ruling: AddClaim) -> Iterator[str]:
    """The claims that stood, in whose place this one does."""
    for place in replaced_by(ruling, told.read.claims):
        if told.standings[place] is not Standing.REJECTED:
            name = told.read.claims[place].id
            yield f"stands in place of claim {name}, on the same words; to keep both, accept claim {name}"


def _stood(connection: Connection, document: str, log: Sequence[Decision]) -> Decided:
    """A document as it is read now, as these decisions left it."""
    on = (one for one in log if one.undoes or any(target.document == document for target in targets(one.ruling)))
    return next(standing(connection, [document], ruled(tuple(on))))


def _unknown(ruling: Ruling) -> Iterator[str]:
    spans = ruling.spans if isinstance(ruling, Correct | AddClaim) else ()
    parties = [span for span in spans if isinstance(span, Party)]
    for code in sorted({party.code for party in parties if party.code and entity(party.code).provisional}):
        yield f"no table knows {code}, so it stands for itself; a state is named by its two letters of ISO 3166"


def _named(made: Decision) -> str:
    return f"{made.act.value} {made.id} of {made.who} on {made.when.date()}"


def _stands(connection: Connection, target: Target) -> None:
    told = lookup.document(connection, target.document)
    if told is None or target.among(told.claims) is None:
        problem = f"claim {target.claim} of document {target.document} is not read"
        raise NotInRegister(f"{problem}; `fta claims` lists the claims as they stand")
    if target.anchor is not None:
        lookup.strand(connection, target.anchor)


def _is_new(connection: Connection, ruling: AddClaim) -> None:
    told = lookup.document(connection, ruling.document)
    if told is None:
        raise NotInRegister(f"no document {ruling.document!r} in the register; `fta claims --json` names the documents")
    _quotes(connection, ruling)
    name = ruling.claim.id
    if any(claim.id == name for claim in told.claims):
        raise UsageError(f"claim {name} says just that already; `fta decide accept {name}`, or correct it")


def _quotes(connection: Connection, ruling: Correct | AddClaim) -> None:
    """Raise SpanError for words that do not stand in the document, if that is here."""
    [target] = targets(ruling)
    told = lookup.document(connection, target.document)
    if told is None:
        return
    evidence = ruling.claim.evidence.end if isinstance(ruling, AddClaim) else 0
    if evidence > len(told.text):
        problem = f"the evidence ends at {evidence}, the text at {len(told.text)}"
        raise SpanError(f"document {told.id}", problem, "count offsets in code points of the text")
    wrong = next((span for span in ruling.spans if told.words(span) != span.text), None)
    if wrong is None:
        return
    what = ruling.slot.value if isinstance(ruling, Correct) else "claim"
    raise SpanError(
        f"document {told.id}",
        f"{what}: the text has {told.text[wrong.start : wrong.end]!r} at {wrong.start}..{wrong.end}, "
        f"not {wrong.text!r}",
        "quote the words as they stand in the text",
    )


def _known(connection: Connection, subject: str, log: Sequence[Decision]) -> None:
    sort, _, name = subject.partition(":")
    match sort:
        case "document":
            if lookup.document(connection, name) is None:
                raise NotInRegister(f"no document {name!r} in the register; `fta claims --json` names the documents")
        case "entity":
            lookup.entity_id(connection, name)
        case "source":
            lookup.source(connection, subject)
        case "contradiction":
            lookup.contradiction(connection, name)
        case "decision":
            decision(name, log)
        case _:
            raise UsageError(f"{subject!r} names nothing that a note can be on")
