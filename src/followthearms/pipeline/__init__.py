"""The order of the stages: from a document to its claims."""

from followthearms.pipeline.reading import read, scan

__all__ = ["read", "scan"]
