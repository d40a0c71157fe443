"""The journal: what was given to be read, and what became of each input.

Invariants: an input stands in the journal if and only if what was read of it is in the register, as both are stored in
one transaction; and the journal is no part of the log, as it names files of one machine.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from followthearms.errors import FormatError, RegisterError
from followthearms.model import Document, Frozen
from followthearms.model.fates import Fate
from followthearms.register import folding
from followthearms.register.adding import Added, add
from followthearms.register.run import Run
from followthearms.register.session import Session
from followthearms.register.tables.intake import inputs, intakes

NOT_READ = (Fate.FOREIGN, Fate.UNREADABLE, Fate.QUARANTINED)
"""What a person would want to know of: there may be claims in these inputs."""
PASSED_OVER = (Fate.DROPPED,)
"""What does not look like it; of an archive's pages most."""


class Entry(Frozen):
    """What became of one input.

    `address`: the name that a person finds it by; `raw_hash`: SHA-256 of its bytes, null if they could not be had;
    `document`: the id of what is in the register; `reason` and `remedy` say why it was not read, and what to do.
    """

    address: str
    raw_hash: str | None
    fate: Fate
    document: str | None = None
    reason: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """What read the inputs, and with which options: under the same manner, the same input has the same fate."""

    run: Run
    how: str


class Intake(Frozen):
    """A command that read inputs: with which version and options, what it was given, and how many inputs had which
    fate."""

    id: int
    version: str
    how: Mapping[str, Any]
    paths: tuple[str, ...]
    started: str
    fates: Mapping[Fate, int]


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of a register."""

    _session: Session = field(repr=False)

    def begin(self, manner: Manner, paths: Sequence[str]) -> int:
        """Note that inputs are going to be read; the number of the intake."""
        now = self._now()
        with self._session.writing() as connection:
            made = insert(intakes).values(
                run=manner.run.id,
                version=manner.run.version,
                how=manner.how,
                paths=json.dumps(list(paths)),
                started=now,
            )
            return int(connection.execute(made.returning(intakes.c.id)).scalar_one())

    def known(self, manner: Manner, hashes: Collection[str]) -> dict[tuple[str, str], tuple[Entry, ...]]:
        """What became of inputs with these bytes when they were last read in this manner, by address and hash."""
        found: dict[tuple[str, str], dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        asked = (
            select(inputs)
            .join(intakes, intakes.c.id == inputs.c.intake)
            .where(inputs.c.raw_hash.in_(sorted(hashes)), intakes.c.run == manner.run.id, intakes.c.how == manner.how)
            .order_by(inputs.c.seq)
        )
        with self._session.reading() as connection:
            for row in connection.execute(asked):
                found[row.address, row.raw_hash][row.intake].append(_entry(row))
        return {key: tuple(by_intake[max(by_intake)]) for key, by_intake in found.items()}

    def take(
        self, intake: int, run: Run, taken: Sequence[tuple[Entry, Document | None]]
    ) -> list[tuple[Entry, Added | None]]:
        """Store what was read of some inputs, and that it was: all of it when this returns, nothing if it raises.

        A document that the register refuses is an input that could not be read. Gives what is in the journal, and for
        each document what came of adding it.
        """
        now, done = self._now(), []
        with self._session.writing() as connection:
            for entry, document in taken:
                done.append(_add(connection, entry, document, run, now) if document else (entry, None))
            changed = {entry.document for entry, added in done if added not in (None, Added.UNCHANGED)}
            folding.update(connection, {name for name in changed if name}, now)
            rows = [{"intake": intake, "at": now, **entry.model_dump()} for entry, _ in done]
            if rows:
                connection.execute(insert(inputs), rows)
        return done

    def runs(self) -> tuple[Intake, ...]:
        """All intakes, the newest first."""
        with self._session.reading() as connection:
            counts: dict[int, dict[Fate, int]] = defaultdict(dict)
            asked = select(inputs.c.intake, inputs.c.fate, func.count()).group_by(inputs.c.intake, inputs.c.fate)
            for intake, fate, number in connection.execute(asked):
                counts[intake][Fate(fate)] = number
            return tuple(
                Intake(
                    id=row.id,
                    version=row.version,
                    how=json.loads(row.how),
                    paths=tuple(json.loads(row.paths)),
                    started=row.started,
                    fates={fate: counts[row.id][fate] for fate in Fate if fate in counts[row.id]},
                )
                for row in connection.execute(select(intakes).order_by(intakes.c.id.desc()))
            )

    def failures(
        self, fates: Collection[Fate] = NOT_READ, *, limit: int | None = None, after: int = 0
    ) -> tuple[tuple[int, Entry], ...]:
        """The inputs whose newest fate is one of these, in the order in which they came, each after its number in the
        journal; a next page begins `after` the last number of this one."""
        asked = _newest(select(inputs), fates).where(inputs.c.seq > after).order_by(inputs.c.seq).limit(limit)
        with self._session.reading() as connection:
            return tuple((row.seq, _entry(row)) for row in connection.execute(asked))

    def reasons(self, fates: Collection[Fate] = NOT_READ) -> Counter[tuple[Fate, str]]:
        """How many inputs have one of these as their newest fate, by fate and reason."""
        asked = _newest(select(inputs.c.fate, inputs.c.reason, func.count()), fates)
        with self._session.reading() as connection:
            rows = connection.execute(asked.group_by(inputs.c.fate, inputs.c.reason))
            return Counter({(Fate(fate), reason or ""): number for fate, reason, number in rows})

    def _now(self) -> str:
        return self._session.now().isoformat(timespec="seconds")


def _newest(asked: Select[Any], fates: Collection[Fate]) -> Select[Any]:
    """The rows with one of these fates whose address was not met again by a later intake."""
    later = inputs.alias("later")
    again = select(later.c.seq).where(later.c.address == inputs.c.address, later.c.intake > inputs.c.intake)
    return asked.where(inputs.c.fate.in_(list(fates)), ~again.exists())


def _add(connection: Connection, entry: Entry, document: Document, run: Run, now: str) -> tuple[Entry, Added | None]:
    """Add a document; where the register refuses it, nothing of it is left, and the entry says why."""
    try:
        with connection.begin_nested():
            added = add(connection, document.with_claims(document.claims), run, now)
    except FormatError as error:
        return _refused(entry, f"{error.where}: {error.problem}", error.remedy), None
    except RegisterError as error:
        return _refused(entry, f"was not stored ({error})", ""), None
    return entry, added


def _refused(entry: Entry, reason: str, remedy: str) -> Entry:
    return Entry(
        address=entry.address, raw_hash=entry.raw_hash, fate=Fate.UNREADABLE, reason=reason, remedy=remedy or None
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        address=row.address,
        raw_hash=row.raw_hash,
        fate=Fate(row.fate),
        document=row.document,
        reason=row.reason,
        remedy=row.remedy,
    )
