"""Where in a large file to read, so that several readers can share it.

Invariant: the stretches of a file, read one after the other, give the inputs that the whole gives, by the same names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` until `end`, or to the end of the file if that is null: offsets of records in a web archive (bytes),
    numbers of groups of rows in a Parquet file. `before` counts the records or rows that lie before it."""

    start: int = 0
    end: int | None = None
    before: int = 0


WHOLE = Stretch()
"""All of a file."""
