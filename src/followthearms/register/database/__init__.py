"""The database that holds a register: an SQLite file, or a PostgreSQL database that several people share.

Invariant: what stands above this package cannot tell the two apart.
"""

from followthearms.register.database.backends import WRITE, writes
from followthearms.register.database.engines import failure, filling, memory_engine, open_engine
from followthearms.register.database.migrating import revisions
from followthearms.register.database.postgresql import sqlstate
from followthearms.register.database.texts import TEXT, fault

__all__ = [
    "TEXT",
    "WRITE",
    "failure",
    "fault",
    "filling",
    "memory_engine",
    "open_engine",
    "revisions",
    "sqlstate",
    "writes",
]
