"""What a ruling is on: claims, entities, sources, other decisions.

Invariant: every act is handled here, or left out on purpose.
"""

from __future__ import annotations

from followthearms.model.decisions.rulings import (
    Accept,
    AddClaim,
    Correct,
    Different,
    GradeSource,
    Merge,
    Note,
    Reject,
    Resolve,
    Ruling,
    Same,
    Split,
    Undo,
)
from followthearms.model.decisions.targets import Target


def targets(ruling: Ruling) -> tuple[Target, ...]:
    """The claims that a ruling is on, or whose deals it is on."""
    match ruling:
        case Accept() | Reject() | Correct():
            return (ruling.claim,)
        case AddClaim():
            return (ruling.target,)
        case Merge():
            return ruling.deals
        case Split():
            return (ruling.deal, *ruling.claims) if ruling.deal else ()
        case Same() | Different():
            return tuple(one for one in (ruling.left, ruling.right) if isinstance(one, Target))
        case Note():
            return (ruling.about,) if isinstance(ruling.about, Target) else ()
        case Resolve():
            return (ruling.contradiction.deal,)
        case GradeSource() | Undo():
            return ()


def entities(ruling: Ruling) -> tuple[str, ...]:
    """The entities that a ruling is on, by id."""
    match ruling:
        case Merge():
            return ruling.entities
        case Split(entity=str(entity)):
            return (entity,)
        case Same(left=str(left), right=str(right)) | Different(left=str(left), right=str(right)):
            return left, right
        case _:  # on claims, deals, sources, …
            return ()


def subjects(ruling: Ruling) -> tuple[str, ...]:
    """What a ruling touches, sorted: "document:ID", "claim:ID", "deal:ID", "entity:ID", "source:NAME", …"""
    found = {f"entity:{entity}" for entity in entities(ruling)}
    for target in targets(ruling):
        found |= {f"document:{target.document}", f"claim:{target.claim}"}
        found |= {f"deal:d{target.anchor}"} if target.anchor else set()
    match ruling:
        case GradeSource():
            found.add(ruling.source)
        case Note(about=str(subject)):
            found.add(subject)
        case Resolve():
            found.add(f"contradiction:{ruling.contradiction.id}")
        case Undo():
            found.add(f"decision:{ruling.decision}")
        case _:  # on claims, deals or entities
            pass
    return tuple(sorted(found))
