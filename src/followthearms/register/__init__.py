"""The register: the only door to the database."""

from followthearms.register.adding import Added
from followthearms.register.run import Run
from followthearms.register.store import Counts, Register, Statement

__all__ = ["Added", "Counts", "Register", "Run", "Statement"]
