"""The register: the only door to the database."""

from followthearms.register.adding import Added
from followthearms.register.answers.statements import Counts, Statement
from followthearms.register.run import Run
from followthearms.register.store import Register

__all__ = ["Added", "Counts", "Register", "Run", "Statement"]
