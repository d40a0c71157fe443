"""The order of the stages: from a document to its claims, and why."""

from followthearms.pipeline.explaining import Explanation, explain
from followthearms.pipeline.reading import parsed, read, scan

__all__ = ["Explanation", "explain", "parsed", "read", "scan"]
