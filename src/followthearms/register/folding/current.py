"""The documents of the register as they stand: each with the claims of its newest reading, as decisions leave them.

Invariant: what is given for a document depends on its newest reading and the decisions on it alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select

from followthearms.link.rulings.bindings import Bindings, bindings
from followthearms.link.rulings.by_hand import with_added
from followthearms.link.rulings.decided import Decided, decided
from followthearms.model import Decision, Document
from followthearms.model.decisions import Act, in_force, targets
from followthearms.register import rows
from followthearms.register.chunks import chunks
from followthearms.register.database import writes
from followthearms.register.tables import claims, decisions, documents, readings, touched


@dataclass(frozen=True)
class Rulings:
    """All decisions in the order in which they were made, what binds the linking, and by document those that hold."""

    decisions: tuple[Decision, ...]
    bindings: Bindings
    by_document: Mapping[str, tuple[Decision, ...]]


def rulings(connection: Connection) -> Rulings:
    """The decisions of the register. Those that are stored are parsed once: most questions find the log as the one
    before them did, which its newest decision tells. What a transaction is about to write may yet be taken back, and
    its number given to another."""
    if writes(connection):
        return _read(connection)
    newest = connection.execute(select(func.max(decisions.c.seq))).scalar()
    known = _known.get(connection.engine)
    if known is None or known[0] != newest:
        known = _known[connection.engine] = newest, _read(connection)
    return known[1]


_known: WeakKeyDictionary[Engine, tuple[int | None, Rulings]] = WeakKeyDictionary()
"""Of each database what its log came to when it was last asked for, by the newest decision then."""


def _read(connection: Connection) -> Rulings:
    asked = select(decisions.c.body).order_by(decisions.c.seq)
    return ruled(tuple(map(_decision, connection.execute(asked).scalars())))


def ruled(made: tuple[Decision, ...]) -> Rulings:
    """What decisions come to, given in their order and with all that are before them."""
    on: dict[str, list[Decision]] = defaultdict(list)
    for decision in in_force(made):
        for document in {target.document for target in targets(decision.ruling)}:
            on[document].append(decision)
    return Rulings(made, bindings(made), {document: tuple(found) for document, found in on.items()})


@lru_cache(maxsize=100_000)
def _decision(body: str) -> Decision:
    return Decision.model_validate_json(body)


def read(connection: Connection, names: Collection[str]) -> Iterator[Document]:
    """The documents with these ids and all their claims as they were read: those of their newest readings, and those
    that analysts added.

    Raises RegisterError if a row does not fit its text.
    """
    for part in chunks(names):
        added = _added(connection, part)
        for document in _stored(connection, part):
            yield with_added(document, added[document.id]) if document.id in added else document


def _added(connection: Connection, names: Collection[str]) -> Mapping[str, Sequence[Decision]]:
    """What was decided of claims that were added to these documents, by document: the adding, and all undoing."""
    asked = select(touched.c.subject, decisions.c.body).join(decisions, decisions.c.seq == touched.c.decision)
    of_these = touched.c.subject.in_([f"document:{name}" for name in names])
    on_adding = decisions.c.act.in_((Act.CLAIM.value, Act.UNDO.value))
    found: dict[str, list[Decision]] = defaultdict(list)
    for subject, body in connection.execute(asked.where(of_these, on_adding).order_by(decisions.c.seq)):
        found[subject.removeprefix("document:")].append(_decision(body))
    return found


def _stored(connection: Connection, names: Collection[str]) -> Iterator[Document]:
    """The documents with these ids, with the claims of their newest readings."""
    for part in chunks(names):
        newest = (
            select(func.max(readings.c.id).label("id"))
            .where(readings.c.document.in_(part))
            .group_by(readings.c.document)
            .subquery()
        )
        bodies: dict[int, list[str]] = defaultdict(list)
        told = select(claims.c.reading, claims.c.body).join(newest, newest.c.id == claims.c.reading)
        for reading, body in connection.execute(told.order_by(claims.c.reading, claims.c.position)):
            bodies[reading].append(body)
        found = connection.execute(
            select(documents.c.id, documents.c.text, documents.c.text_hash, readings.c.metadata, readings.c.id)
            .join(readings, readings.c.document == documents.c.id)
            .join(newest, newest.c.id == readings.c.id)
            .order_by(documents.c.id)
        )
        for name, text, digest, known, reading in found.all():
            yield rows.document(name, text, digest, known, bodies[reading])


def standing(connection: Connection, names: Collection[str], ruled: Rulings) -> Iterator[Decided]:
    """The documents with these ids as decisions leave them, in the order of their ids."""
    return (decided(document, ruled.by_document.get(document.id, ())) for document in _stored(connection, names))
