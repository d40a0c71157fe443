"""The whole log of a register as a file of JSON lines, and back: documents, readings, decisions, with their times.

Invariants: an empty register that takes in a log becomes equal to the one that it was written from, and writes the
same bytes; and a log of which anything is wrong is refused as a whole.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, func, insert, select

from followthearms.errors import FormatError, RegisterError
from followthearms.model.decisions import Decision
from followthearms.register import folding, rows
from followthearms.register.log.entries import (
    DealEntry,
    DecisionEntry,
    DocumentEntry,
    Entry,
    IssuedEntry,
    ReadingEntry,
    RunEntry,
    SnapshotEntry,
    explain,
    read_lines,
    write_lines,
)
from followthearms.register.session import Session
from followthearms.register.tables import (
    claims,
    decisions,
    documents,
    frozen_deals,
    issued,
    readings,
    runs,
    snapshots,
    touched,
)

_BATCH = 500
"""Entries that are in memory at once."""

_ALTERED = "take an unaltered copy of the file"
Placed = tuple[str, Any]
"""An entry after its place in the file."""


class Logbook:
    """The log of a register as a file."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lines(self) -> Iterator[str]:
        """The log as lines, without line feeds, of one state of the register. Equal registers give equal lines."""
        with self._session.reading() as connection:
            yield from dump_log(connection)

    def load(self, lines: Iterable[str], where: str) -> int:
        """Fill an empty register; how many entries that were. `where` names the file in errors.

        Raises RegisterError if the register is not empty, FormatError at the first line that is not as it was written;
        nothing is stored then.
        """
        with self._session.writing() as connection:
            count = load_log(connection, lines, where)
            folding.rebuild(connection, self._session.now().isoformat(timespec="seconds"))
        return count


def dump_log(connection: Connection) -> Iterator[str]:
    """The log as lines, without line feeds. Equal registers give equal lines."""
    return write_lines(_entries(connection))


def load_log(connection: Connection, lines: Iterable[str], where: str) -> int:
    """Fill the log of an empty register; how many entries that were. The derived tables are left as they are.

    `where` names the file in errors. Raises RegisterError if the register is not empty, FormatError at the first line
    that is not as it was written; the transaction is then to be rolled back.
    """
    for table in (documents, runs, decisions, snapshots):
        if connection.execute(select(table).limit(1)).first():
            raise RegisterError(f"{where}: a whole log can only be taken in by an empty register; name a new one")
    loading = _Loading(connection)
    for kind, found in groupby(read_lines(lines, where), key=lambda placed: type(placed[1])):
        for batch in _batches(found):
            loading.take(kind, batch)
    loading.check_snapshots()
    return loading.count


def _batches(found: Iterator[tuple[str, Entry]]) -> Iterator[list[Placed]]:
    batch: list[Placed] = []
    for placed in found:
        batch.append(placed)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _entries(connection: Connection) -> Iterator[Entry]:
    for row in _rows(connection, runs, "id"):
        yield RunEntry(**row)
    for row in _rows(connection, documents, "id"):
        yield DocumentEntry(**row)
    yield from _readings(connection)
    for row in _rows(connection, decisions, "seq"):
        asked = select(touched.c.subject).where(touched.c.decision == row.pop("seq")).order_by(touched.c.subject)
        yield DecisionEntry(**row, touched=tuple(connection.execute(asked).scalars()))
    for row in _rows(connection, issued, "deal"):
        yield IssuedEntry(**row)
    for row in _rows(connection, snapshots, "name"):
        row["reading"] = _place(connection, readings.c.id, row["reading"])
        row["decision"] = _place(connection, decisions.c.seq, row["decision"])
        yield SnapshotEntry(**row)
    for row in _rows(connection, frozen_deals, "snapshot", "deal"):
        yield DealEntry(**row)


def _rows(connection: Connection, table: Table, *keys: str) -> Iterator[dict[str, Any]]:
    asked = select(table).order_by(*(table.c[key] for key in keys))
    return (dict(row) for row in connection.execute(asked, execution_options={"yield_per": _BATCH}).mappings())


def _readings(connection: Connection) -> Iterator[ReadingEntry]:
    """The readings in the order in which they were added, a batch at a time with their claims."""
    last = 0
    while True:
        asked = select(readings).where(readings.c.id > last).order_by(readings.c.id).limit(_BATCH)
        found = [dict(row) for row in connection.execute(asked).mappings()]
        if not found:
            return
        first, last = found[0]["id"], found[-1]["id"]
        bodies: dict[int, list[str]] = defaultdict(list)
        told = select(claims.c.reading, claims.c.body).where(claims.c.reading.between(first, last))
        for reading, body in connection.execute(told.order_by(claims.c.reading, claims.c.position)):
            bodies[reading].append(body)
        for row in found:
            yield ReadingEntry(claims=tuple(bodies[row.pop("id")]), **row)


def _place(connection: Connection, key: Any, number: int) -> int:
    """Which one a row is among those of its table, from 1: its number may be higher, as databases leave gaps."""
    return int(connection.execute(select(func.count()).where(key <= number)).scalar_one())


class _Loading:
    """What has been taken in so far."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.count = connection, 0
        self.numbers: Mapping[Table, list[int]] = {readings: [0], decisions: [0]}
        self.seen: dict[str, set[str]] = defaultdict(set)
        self.frozen: dict[str, tuple[Placed, hashlib._Hash]] = {}

    def take(self, kind: type[Entry], batch: Sequence[Placed]) -> None:
        """Store some entries of one kind."""
        takes = {
            RunEntry: self._runs,
            DocumentEntry: self._documents,
            ReadingEntry: self._readings,
            DecisionEntry: self._decisions,
            IssuedEntry: self._issued,
            SnapshotEntry: self._snapshots,
            DealEntry: self._deals,
        }
        takes[kind](batch)
        self.count += len(batch)

    def _runs(self, batch: Sequence[Placed]) -> None:
        for where, entry in batch:
            self._once("run", entry.id, where)
        self._insert(runs, (entry.model_dump(exclude={"entry"}) for _, entry in batch))

    def _documents(self, batch: Sequence[Placed]) -> None:
        for where, entry in batch:
            self._once("document", entry.id, where)
            if hashlib.sha256(entry.text.encode("utf-8", "surrogatepass")).hexdigest() != entry.text_hash:
                raise FormatError(where, f"the text of document {entry.id} is not the one of its hash", _ALTERED)
        self._insert(documents, (entry.model_dump(exclude={"entry"}) for _, entry in batch))

    def _readings(self, batch: Sequence[Placed]) -> None:
        names = {entry.document for _, entry in batch}
        asked = select(documents.c.id, documents.c.text, documents.c.text_hash).where(documents.c.id.in_(names))
        texts = {name: (text, digest) for name, text, digest in self.connection.execute(asked)}
        for where, entry in batch:
            self._known("run", entry.run, where)
            self._known("document", entry.document, where)
        values = [entry.model_dump(exclude={"entry", "claims"}) for _, entry in batch]
        numbers = self._numbered(readings, "id", values)
        claim_rows: list[dict[str, Any]] = []
        for number, (where, entry) in zip(numbers, batch, strict=True):
            read = _document(entry, *texts[entry.document], where)
            try:
                found = rows.claim_rows(number, read)
            except FormatError as error:
                raise FormatError(where, error.problem, error.remedy) from error
            claim_rows += ({**row, "body": body} for row, body in zip(found, entry.claims, strict=True))
        self._insert(claims, claim_rows)

    def _decisions(self, batch: Sequence[Placed]) -> None:
        for where, entry in batch:
            self._once("decision", entry.id, where)
            _check_decision(entry, where)
        values = [entry.model_dump(exclude={"entry", "touched"}) for _, entry in batch]
        numbers = self._numbered(decisions, "seq", values)
        pairs = zip(numbers, batch, strict=True)
        self._insert(touched, ({"decision": n, "subject": s} for n, (_, entry) in pairs for s in entry.touched))

    def _issued(self, batch: Sequence[Placed]) -> None:
        for where, entry in batch:
            self._once("deal", entry.deal, where)
            self._known("document", entry.document, where)
        self._insert(issued, (entry.model_dump(exclude={"entry"}) for _, entry in batch))

    def _snapshots(self, batch: Sequence[Placed]) -> None:
        for where, entry in batch:
            self._once("snapshot", entry.name, where)
            for table, place in ((readings, entry.reading), (decisions, entry.decision)):
                if place >= len(self.numbers[table]):
                    raise FormatError(where, f"snapshot {entry.name} is of more {table.name} than there are", _ALTERED)
            self.frozen[entry.name] = (where, entry), hashlib.sha256()
            reading, decision = self.numbers[readings][entry.reading], self.numbers[decisions][entry.decision]
            row = entry.model_dump(exclude={"entry"}) | {"reading": reading, "decision": decision}
            self._insert(snapshots, [row])

    def _deals(self, batch: Sequence[Placed]) -> None:
        for where, entry in batch:
            self._known("snapshot", entry.snapshot, where)
            self._once("deal in a snapshot", f"{entry.deal} of {entry.snapshot}", where)
            self.frozen[entry.snapshot][1].update(f"{entry.body}\n".encode())
        self._insert(frozen_deals, (entry.model_dump(exclude={"entry"}) for _, entry in batch))

    def check_snapshots(self) -> None:
        """Raise FormatError for a snapshot whose deals are not those that it was made of."""
        for (where, entry), digest in self.frozen.values():
            if digest.hexdigest() != entry.content:
                raise FormatError(where, f"the deals of snapshot {entry.name} are not those of its hash", _ALTERED)

    def _insert(self, table: Table, values: Iterable[dict[str, Any]]) -> None:
        if found := list(values):
            self.connection.execute(insert(table), found)

    def _numbered(self, table: Table, key: str, values: list[dict[str, Any]]) -> Sequence[int]:
        """Store rows that the database numbers; their numbers, in order."""
        made = insert(table).returning(table.c[key], sort_by_parameter_order=True)
        numbers = self.connection.execute(made, values).scalars().all()
        self.numbers[table].extend(numbers)
        return numbers

    def _once(self, what: str, name: str, where: str) -> None:
        if name in self.seen[what]:
            raise FormatError(where, f"{what} {name} stands twice in the log", _ALTERED)
        self.seen[what].add(name)

    def _known(self, what: str, name: str, where: str) -> None:
        if name not in self.seen[what]:
            raise FormatError(where, f"{what} {name} does not stand before this line", _ALTERED)


def _document(entry: ReadingEntry, text: str, text_hash: str, where: str) -> Any:
    """The document as it was read, its claims checked against its text."""
    try:
        read = rows.document(entry.document, text, text_hash, entry.metadata, entry.claims)
    except RegisterError as error:
        raise FormatError(where, str(error.__cause__ or error), _ALTERED) from error
    if rows.content_of(entry.metadata, entry.claims) != entry.content:
        raise FormatError(where, f"what was read of document {entry.document} is not that of its hash", _ALTERED)
    return read


def _check_decision(entry: DecisionEntry, where: str) -> None:
    try:
        made = Decision.model_validate_json(entry.body)
    except ValidationError as error:
        raise FormatError(where, explain(error), _ALTERED) from error
    if (made.id, made.act.value, made.who) != (entry.id, entry.act, entry.who):
        raise FormatError(where, f"decision {entry.id} is not the one that its body holds", _ALTERED)
