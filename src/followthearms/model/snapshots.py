"""Snapshots: the deals of a register frozen under a name, and what lies between two of them.

Invariants: the content hash of a snapshot is made of its deals alone, so that two registers with the same deals give
the same hash; and a difference is empty if, and only if, the hashes are equal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from followthearms.errors import UsageError
from followthearms.model.deals import Amount, Contradiction, Deal, DealRow, Event, Figure, Item, Named
from followthearms.model.decisions import Act, Decision
from followthearms.model.spans import Frozen

NOW = "now"
"""The register as it stands, where the name of a snapshot may be given. No snapshot is called so."""

PUBLISHED = frozenset(
    {Act.REJECT, Act.CORRECT, Act.CLAIM, Act.MERGE, Act.SPLIT, Act.SAME, Act.DIFFERENT, Act.RESOLVE, Act.UNDO}
)
"""The acts that change what is published; the others tell of a claim or a source what does not change a deal."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def check_name(name: str) -> str:
    """The name. Raises UsageError if it is none that a snapshot can have."""
    if not _NAME.fullmatch(name) or name.lower() == NOW:
        raise UsageError(
            f"{name!a} is no name for a snapshot; take up to 64 of a-z, A-Z, 0-9, '.', '_' and '-', "
            f"a letter or digit first, and not {NOW!r}"
        )
    return name


class Snapshot(Frozen):
    """A name, and what was frozen under it.

    `made` is in UTC; `who` is the analyst who took it, empty where that was not kept; `reading` and `decision` are the
    numbers of the newest reading and decision that it holds, 0 for none; `content` the SHA-256 of its deals (see
    `content_hash`); `version` that of the program that took it.
    """

    name: str
    made: AwareDatetime
    reading: int
    decision: int
    deals: int
    content: str
    version: str
    who: str = ""
    note: str = ""


class Turn(StrEnum):
    """What became of a report between two states."""

    CAME = "came"
    WENT = "went"
    REREAD = "reread"  # the same words, of which another claim is read now


class Report(Frozen):
    """A claim that came into a deal or went out of it, by its document and in its words; of one that was read anew,
    as it is read in the later state."""

    turn: Turn
    document: str
    claim: str
    outlet: str | None = None
    published: dt.date | None = None
    quote: str


class Ruled(Frozen):
    """A decision that lies between two states."""

    decision: str
    act: Act
    who: str
    when: AwareDatetime
    why: str = ""


Reason = Report | Ruled
Cell = Named | Item | Figure | Amount | Event | Contradiction | str | int | float


class FieldChange(Frozen):
    """One field of a deal that is no longer what it was.

    `before` has the cells that are gone, `after` those that have come; both have all cells if only their order, or
    what they were read from, has changed.
    """

    field: str
    before: tuple[Cell, ...] = ()
    after: tuple[Cell, ...] = ()
    because: tuple[Reason, ...] = ()


class Changed(Frozen):
    """A deal that is in both states, as it is in the later one, and its fields that differ."""

    deal: DealRow
    fields: tuple[FieldChange, ...]


class New(Frozen):
    """A deal that is only in the later state. `out_of`: the deals that its claims were in before, by how many."""

    deal: DealRow
    out_of: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()


class Gone(Frozen):
    """A deal that is only in the earlier state. `into`: the deals that its claims are in now, by how many."""

    deal: DealRow
    into: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()


class Changes(Frozen):
    """What lies between two states, each by its name; deals in the order of their ids."""

    left: str
    right: str
    new: tuple[New, ...] = ()
    gone: tuple[Gone, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)

    @property
    def deals(self) -> Iterator[Changed | Gone | New]:
        """What has become of each deal: of the changed ones, then the gone, then the new."""
        yield from self.changed
        yield from self.gone
        yield from self.new


def reports(change: Changed | Gone | New) -> Iterator[Report]:
    """The reports for which a deal is new, gone or changed."""
    reasons = (one.because for one in change.fields) if isinstance(change, Changed) else (change.because,)
    return (reason for because in reasons for reason in because if isinstance(reason, Report))


class Correction(Frozen):
    """A decision that changed what was published.

    `machine` is what the program had read (in the claim format) where the decision corrects it, and `quote` the words
    of the claim that it is on; `undoes` is the decision that it takes back. `stands` is false if it was undone.
    """

    decision: Decision
    stands: bool
    machine: Any = None
    quote: str | None = None
    undoes: Decision | None = None


def frozen_line(deal: Deal) -> str:
    """The deal as one line of JSON, in ASCII; equal deals make equal bytes."""
    return json.dumps(deal.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))


def content_hash(lines: Iterable[str]) -> str:
    """SHA-256, in hexadecimal, of the lines of deals in the order of their ids, each with a line feed."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()
