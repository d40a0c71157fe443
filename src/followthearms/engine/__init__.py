"""Runs the pipeline over many documents.

Invariant: every input comes out once, in its order, as a document with its claims or as the error that stopped it.
"""

from followthearms.engine.adding import add, this_run
from followthearms.engine.reading import Reading, read
from followthearms.engine.running import Progress, read_paths, run

__all__ = ["Progress", "Reading", "add", "read", "read_paths", "run", "this_run"]
