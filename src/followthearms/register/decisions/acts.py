"""What was decided at once, and what was decided last on a claim.

Invariant: decisions that were made together, and no others of their maker, have the same time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from pydantic import ValidationError
from sqlalchemy import Connection

from followthearms.errors import Overtaken, UsageError
from followthearms.link.rulings.by_hand import bears_on
from followthearms.model import Decision, Document
from followthearms.model.decisions import Accept, AddClaim, Correct, Reject, Ruling, Target
from followthearms.register.decisions.checking import decision
from followthearms.register.decisions.history import root
from followthearms.register.folding.current import read


def made(
    found: Sequence[Ruling], who: str, why: Sequence[str], when: dt.datetime, log: Sequence[Decision]
) -> list[Decision]:
    """The decisions, each with its reason, all of one time: the given one, or the next microsecond at which this person
    decided nothing.

    Raises UsageError for a ruling that makes no sense.
    """
    known = {one.when for one in log if one.who == who}
    while when in known:
        when += dt.timedelta(microseconds=1)
    try:
        told = zip(found, why, strict=True)
        return [Decision(who=who, when=when, why=reason.strip(), ruling=ruling) for ruling, reason in told]
    except ValidationError as error:
        raise UsageError(error.errors(include_url=False)[0]["msg"]) from error


def act(name: str, log: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that were made together with the one of this id, itself among them. Raises NotInRegister."""
    found = decision(name, log)
    return tuple(one for one in log if (one.who, one.when) == (found.who, found.when))


def newest(document: Document, log: Sequence[Decision]) -> dict[str, str]:
    """For each claim of a document as it was read, by id, the newest decision that accepts, rejects, corrects or adds
    it or adds one in its place, or undoes or restores such a one; claims without any are left out."""
    known = {one.id: one for one in log}
    found: dict[str, str] = {}
    for one in log:
        ruling = root(one, known).ruling
        if isinstance(ruling, Accept | Reject | Correct | AddClaim):
            found |= {document.claims[place].id: one.id for place in bears_on(ruling, document)}
    return found


def check_seen(connection: Connection, seen: Mapping[Target, str], log: Sequence[Decision]) -> None:
    """Raise Overtaken if the newest decision on one of these claims is not the one that is said to be (empty: none)."""
    names: Collection[str] = {target.document for target in seen}
    told = {document.id: (document, newest(document, log)) for document in read(connection, names)}
    for target, wanted in seen.items():
        if target.document not in told:
            continue  # the check of the ruling says so
        document, last = told[target.document]
        place = target.among(document.claims)
        if place is not None and last.get(document.claims[place].id, "") != wanted:
            raise Overtaken(f"claim {target.claim} was decided on since its page was shown; look at it, then decide")
