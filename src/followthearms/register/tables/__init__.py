"""The tables: `log` holds what was added and is never changed; `derived` what follows, and can be made anew;
`people` who may log in, which is no part of either."""

from followthearms.register.tables import derived
from followthearms.register.tables.log import (
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

__all__ = [
    "claims",
    "decisions",
    "derived",
    "documents",
    "frozen_deals",
    "issued",
    "metadata",
    "readings",
    "runs",
    "snapshots",
    "touched",
]
