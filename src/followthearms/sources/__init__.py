"""From files to documents. The only door through which texts come in.

Invariant: a file that cannot be taken in is reported by an `InputError` in the stream, and the rest goes on;
a publication date is only ever read, never guessed (not from the time of the file, not from its text).
"""

from followthearms.sources.files import read_source, read_sources
from followthearms.sources.formats.rows.columns import stated_columns
from followthearms.sources.options import DateBasis, ReadOptions

__all__ = ["DateBasis", "ReadOptions", "read_source", "read_sources", "stated_columns"]
