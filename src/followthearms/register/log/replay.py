"""A register as it stood at the end of a past day: the part of the log that was written by then, in memory.

Invariant: what is copied is copied as it stands, and nothing that was added later; so that all that follows from it is
what followed from the log on that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Engine, Table, insert, literal, select

from followthearms.register.database import WRITE, memory_engine
from followthearms.register.tables import (
    claims,
    decisions,
    documents,
    frozen_deals,
    issued,
    metadata,
    readings,
    runs,
    snapshots,
    touched,
)

_ROWS = 1_000
"""Rows that are held in memory at once."""


def replayed(source: Connection, until: dt.date | None = None) -> Engine:
    """The log up to the end of a day, in UTC, in a database in memory; all of it if no day is given.

    Its derived tables are still to be made. It goes with the engine.
    """
    wanted = _written_by(until)
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as target, target.begin():
        for table in metadata.sorted_tables:  # what others refer to comes first
            asked = select(table).where(wanted[table])
            found = source.execute(asked, execution_options={"yield_per": _ROWS}).mappings()
            for rows in found.partitions():
                target.execute(insert(table), [dict(row) for row in rows])
    return engine


def _written_by(until: dt.date | None) -> Mapping[Table, ColumnElement[bool]]:
    """For each table, the rows written by the end of a day. Times are in ISO 8601 and UTC, and so sort as texts."""
    if until is None or until == dt.date.max:
        return dict.fromkeys(metadata.sorted_tables, literal(True))
    end = (until + dt.timedelta(days=1)).isoformat()
    known = select(readings.c.id).where(readings.c.added < end)
    ruled = select(decisions.c.seq).where(decisions.c.made < end)
    frozen = select(snapshots.c.name).where(snapshots.c.made < end)
    return {
        documents: documents.c.added < end,
        runs: runs.c.id.in_(select(readings.c.run).where(readings.c.added < end)),
        readings: readings.c.added < end,
        claims: claims.c.reading.in_(known),
        decisions: decisions.c.made < end,
        touched: touched.c.decision.in_(ruled),
        snapshots: snapshots.c.made < end,
        frozen_deals: frozen_deals.c.snapshot.in_(frozen),
        issued: issued.c.added < end,
    }
