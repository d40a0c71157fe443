"""Claims against annotated claims: how much was found, how much of it is right, and what went wrong.

Invariant: the same two sets of documents give the same figures, intervals included.
"""

from followthearms.evaluate.calibration import Bin, calibrate, expected_error
from followthearms.evaluate.causes import Cause, causes
from followthearms.evaluate.count import Counts, DocumentScore, Mistake, MistakeClass, score_document
from followthearms.evaluate.fit import Level
from followthearms.evaluate.ratchet import measure, raised, read_floors, shortfalls, write_floors
from followthearms.evaluate.report import Figure, Report, evaluate, gain

__all__ = [
    "Bin",
    "Cause",
    "Counts",
    "DocumentScore",
    "Figure",
    "Level",
    "Mistake",
    "MistakeClass",
    "Report",
    "calibrate",
    "causes",
    "evaluate",
    "expected_error",
    "gain",
    "measure",
    "raised",
    "read_floors",
    "score_document",
    "shortfalls",
    "write_floors",
]
