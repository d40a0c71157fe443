"""What must hold of a register after whatever was done to it: nothing lost, nothing in part, nothing stale.

Invariant: what is found is given as words, one for each fault, and none if all is sound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select, text

from benchmarks.register.programs import ACTS
from followthearms.model.decisions import subjects
from followthearms.register.database import WRITE, open_engine
from followthearms.register.folding import current, rebuild
from followthearms.register.rows import content
from followthearms.register.tables import decisions, derived, documents, readings, touched


def lost(url: str, acknowledged: Iterable[tuple[str, str]]) -> list[str]:
    """The writes, as (act, name), that are not in the register, or not whole."""
    names: dict[str, set[str]] = {act: set() for act in ACTS}
    for act, name in acknowledged:
        names[act].add(name)
    engine = open_engine(url, create=False)
    with engine.connect() as connection:
        found = [f"{act} {one}" for act in ACTS for one in sorted(names[act] - ACTS[act].done(connection, names[act]))]
    engine.dispose()
    return found


def halves(url: str) -> list[str]:
    """The documents whose current reading lacks something, the decisions that stand under less than they are on, and
    damage that SQLite finds in its file."""
    engine = open_engine(url, create=False)
    with engine.connect() as connection:
        odd = _documents(connection) | _decisions(connection)
        if engine.dialect.name == "sqlite":
            for check in ("integrity_check", "foreign_key_check"):
                odd |= {str(row) for row in connection.execute(text(f"PRAGMA {check}")) if tuple(row) != ("ok",)}
    engine.dispose()
    return sorted(odd)


def stale(url: str) -> list[str]:
    """The derived tables that are not what the log comes to; they are made anew."""
    engine = open_engine(url, create=False)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        before = _derived(connection)
        rebuild(connection, "2026-01-01T00:00:00+00:00")
        after = _derived(connection)
    engine.dispose()
    return [f"{name} is stale" for name, rows in after.items() if before[name] != rows]


def _documents(connection: Connection) -> set[str]:
    names = connection.execute(select(documents.c.id)).scalars().all()
    known = {document.id: document for document in current.read(connection, names)}
    newest = select(func.max(readings.c.id)).group_by(readings.c.document)
    found = connection.execute(select(readings).where(readings.c.id.in_(newest))).all()
    odd = set(names) - known.keys()
    return odd | {row.document for row in found if content(known[row.document]) != row.content}


def _decisions(connection: Connection) -> set[str]:
    asked = select(decisions.c.id, touched.c.subject).join(touched, touched.c.decision == decisions.c.seq)
    about: dict[str, set[str]] = defaultdict(set)
    for name, subject in connection.execute(asked):
        about[name].add(subject)
    made = current.rulings(connection).decisions
    return {one.id for one in made if not about[one.id] >= set(subjects(one.ruling))}


def _derived(connection: Connection) -> dict[str, list[Any]]:
    tables = derived.metadata.sorted_tables
    return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}
