"""The database that holds a register: an SQLite file, or a PostgreSQL database that several people share.

Invariant: what stands above this package cannot tell the two apart.
"""

from followthearms.register.database.backends import WRITE
from followthearms.register.database.engines import failure, open_engine
from followthearms.register.database.migrating import scripts
from followthearms.register.database.texts import TEXT, fault

__all__ = ["TEXT", "WRITE", "failure", "fault", "open_engine", "scripts"]
