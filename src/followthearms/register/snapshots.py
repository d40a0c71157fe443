"""Snapshots of the register, what lies between two of them, and the log of its corrections.

Invariants: a name, once given, is never given again; what is frozen under it is checked against its hash whenever it is
read; and a snapshot is of one state of the register, with all that was added and ruled until then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, func, insert, select

from followthearms.errors import NotInRegister, RegisterError, UsageError
from followthearms.link.changes import Between, Ruling, changes
from followthearms.model import Claim, Deal
from followthearms.model.decisions import AddClaim, Correct, Decision, Target, Undo, in_force, subjects, targets, undone
from followthearms.model.snapshots import (
    NOW,
    PUBLISHED,
    Changes,
    Correction,
    Snapshot,
    check_name,
    content_hash,
    frozen_line,
)
from followthearms.register.chunks import chunks
from followthearms.register.decisions.history import root
from followthearms.register.folding import built
from followthearms.register.session import Session
from followthearms.register.tables import claims, decisions, derived, documents, frozen_deals, readings, snapshots


@dataclass(frozen=True)
class State:
    """The deals of a state, or some of them, as lines by their ids, and the number of the newest decision in it."""

    name: str
    lines: Mapping[str, str]
    decision: int


class Snapshots:
    """The snapshots of a register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, name: str, note: str = "", *, who: str = "") -> Snapshot:
        """Freeze the deals as they stand; `who` does it. Raises UsageError for what is no name, and for one in use."""
        check_name(name)
        with self._session.writing() as connection:
            if found := _find(connection, name):
                given = found.made.date().isoformat()
                raise UsageError(f"snapshot {name}: was taken on {given}, and stays as it is; take another name")
            lines = _lines_now(connection)
            values = {
                "name": name,
                "made": self._session.now().isoformat(timespec="seconds"),
                "reading": _newest(connection, readings.c.id),
                "decision": _newest(connection, decisions.c.seq),
                "content": content_hash(lines.values()),
                "version": version("followthearms"),
                "note": note,
                "who": who,
            }
            connection.execute(insert(snapshots).values(values))
            if lines:
                rows = [{"snapshot": name, "deal": deal, "body": line} for deal, line in lines.items()]
                connection.execute(insert(frozen_deals), rows)
        return Snapshot(**values, deals=len(lines))

    def all(self) -> tuple[Snapshot, ...]:
        """All snapshots, in the order in which they were taken."""
        with self._session.reading() as connection:
            names = connection.execute(select(snapshots.c.name).order_by(snapshots.c.made, snapshots.c.name)).scalars()
            return tuple(_get(connection, name) for name in names.all())

    def get(self, name: str) -> Snapshot:
        """The snapshot with this name. Raises NotInRegister."""
        with self._session.reading() as connection:
            return _get(connection, name)

    def deals(self, name: str, *, start: int = 0, limit: int | None = None) -> tuple[Deal, ...]:
        """The deals that were frozen under a name, by id; `start` of them left out, at most `limit`. Raises
        NotInRegister; RegisterError if any of the snapshot's were altered."""
        with self._session.reading() as connection:
            lines = tuple(_state(connection, name).lines.values())
        return tuple(map(_deal, lines[start : None if limit is None else start + limit]))

    def diff(self, left: str, right: str = NOW) -> Changes:
        """What has changed from one snapshot to another, or to the register as it stands. Raises NotInRegister."""
        with self._session.reading() as connection:
            return difference(connection, _state(connection, left), _state(connection, right))

    def corrections(self, since: dt.date | None = None) -> tuple[Correction, ...]:
        """Every decision that changed what was published, in the order in which they were made, from a day on (UTC)."""
        with self._session.reading() as connection:
            made = _decisions(connection)
            gone = undone(made)
            known = {one.id: one for one in made}
            return tuple(
                _correction(connection, one, known, gone)
                for one in made
                if root(one, known).act in PUBLISHED and (since is None or one.when.date() >= since)
            )


def difference(connection: Connection, before: State, after: State) -> Changes:
    """What has changed from one state to another."""
    differing = {
        name for name in before.lines.keys() | after.lines.keys() if before.lines.get(name) != after.lines.get(name)
    }
    old, new = ([_deal(s.lines[name]) for name in sorted(differing & s.lines.keys())] for s in (before, after))
    told = {document for deal in (*old, *new) for document in deal.documents}
    between = Between(rulings=_rulings(connection, before.decision, after.decision), outlets=_outlets(connection, told))
    return changes(old, new, between, left=before.name, right=after.name)


def _get(connection: Connection, name: str) -> Snapshot:
    found = _find(connection, name)
    if found is None:
        raise NotInRegister(f"no snapshot {name!r} in the register; `fta snapshot --list` lists them")
    return found


def _find(connection: Connection, name: str) -> Snapshot | None:
    row = connection.execute(select(snapshots).where(snapshots.c.name == name)).mappings().one_or_none()
    if row is None:
        return None
    counted = select(func.count()).where(frozen_deals.c.snapshot == name)
    return Snapshot(**row, deals=connection.execute(counted).scalar_one())


def _newest(connection: Connection, number: Any) -> int:
    return int(connection.execute(select(func.coalesce(func.max(number), 0))).scalar_one())


def _state(connection: Connection, name: str) -> State:
    if name == NOW:
        return State(name, _lines_now(connection), _newest(connection, decisions.c.seq))
    snapshot = _get(connection, name)
    asked = select(frozen_deals.c.deal, frozen_deals.c.body).where(frozen_deals.c.snapshot == name)
    lines = {row.deal: row.body for row in connection.execute(asked.order_by(frozen_deals.c.deal))}
    if content_hash(lines.values()) != snapshot.content:
        raise RegisterError(f"snapshot {name}: its deals were altered after it was taken; restore them from a copy")
    return State(name, lines, snapshot.decision)


def _lines_now(connection: Connection) -> dict[str, str]:
    """The deals as they stand as lines, by id and in the order of their ids."""
    names = connection.execute(select(derived.deals.c.id)).scalars().all()
    return {deal.id: frozen_line(deal) for deal in built(connection, names)}


def _deal(line: str) -> Deal:
    return Deal.model_validate_json(line)


def _decisions(connection: Connection) -> tuple[Decision, ...]:
    bodies = connection.execute(select(decisions.c.body).order_by(decisions.c.seq)).scalars()
    return tuple(map(Decision.model_validate_json, bodies))


def _rulings(connection: Connection, first: int, last: int) -> tuple[Ruling, ...]:
    """The decisions that hold in only one of two states, or what undid or restored them, with all that each touches.

    `first` and `last` are the newest decisions of the states, in either order. One that was made and undone between
    the two explains nothing.
    """
    low, high = sorted((first, last))
    rows = connection.execute(select(decisions.c.seq, decisions.c.body).order_by(decisions.c.seq)).all()
    made = [(row.seq, Decision.model_validate_json(row.body)) for row in rows]
    known = {one.id: one for _, one in made}
    before, after = ({one.id for one in in_force(d for n, d in made if n <= end)} for end in (low, high))
    telling: dict[str, Decision] = {}
    for number, one in made:
        meant = root(one, known).id
        if low < number <= high and meant in before ^ after and not (meant in telling and telling[meant].id == meant):
            telling[meant] = one
    return tuple(Ruling(one, _touched(one, known)) for one in telling.values())


def _touched(made: Decision, known: Mapping[str, Decision]) -> frozenset[str]:
    """What a decision touches; one that undoes another touches what that one does."""
    return frozenset({*subjects(made.ruling), *subjects(root(made, known).ruling)})


def _outlets(connection: Connection, names: Collection[str]) -> dict[str, str | None]:
    """The outlets of documents by their ids, as the newest readings have them."""
    found: dict[str, str | None] = {}
    for part in chunks(names):
        asked = select(readings.c.document, readings.c.metadata).where(readings.c.document.in_(part))
        for name, known in connection.execute(asked.order_by(readings.c.id)):
            found[name] = json.loads(known).get("outlet")
    return found


def _correction(
    connection: Connection, made: Decision, known: Mapping[str, Decision], gone: Collection[str]
) -> Correction:
    ruling, stands = made.ruling, made.id not in gone
    if isinstance(ruling, Undo):
        return Correction(decision=made, stands=stands, undoes=known.get(ruling.decision))
    target = next(iter(targets(ruling)), None)
    found = _claim(connection, target, known) if target else None
    if found is None:
        return Correction(decision=made, stands=stands)
    quote, claim = found
    read = claim.model_dump(mode="json", by_alias=True)
    machine = read[ruling.slot.value] if isinstance(ruling, Correct) else None
    return Correction(decision=made, stands=stands, machine=machine, quote=quote)


def _claim(connection: Connection, target: Target, known: Mapping[str, Decision]) -> tuple[str, Claim] | None:
    """The words of a claim's evidence and the claim itself, as it was first read or added; null if it never was."""
    asked = (
        select(claims.c.body)
        .join(readings, readings.c.id == claims.c.reading)
        .where(readings.c.document == target.document, claims.c.id == target.claim)
        .order_by(readings.c.id)
        .limit(1)
    )
    body = connection.execute(asked).scalar()
    claim = Claim.model_validate_json(body) if body else _added(target, known)
    text = connection.execute(select(documents.c.text).where(documents.c.id == target.document)).scalar()
    return (text[claim.evidence.start : claim.evidence.end], claim) if text and claim else None


def _added(target: Target, known: Mapping[str, Decision]) -> Claim | None:
    added = (one.ruling for one in known.values() if isinstance(one.ruling, AddClaim))
    return next((one.claim for one in added if (one.document, one.claim.id) == (target.document, target.claim)), None)
