"""Parquet: tables of articles as data sets are shared. Needs the extra [parquet]: its library is 170 MB large."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, BinaryIO

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.options import ReadOptions
from followthearms.sources.rows.columns import columns_of
from followthearms.sources.rows.row import row_document

_ROWS = 64
"""That are held in memory."""
_TEXTS_IN_GROUP = 100
"""How many times the bytes of the longest text the cells of one column may have, group by group of rows: 2 GB. Writers
make groups of 0.1 to 1 GB in all."""


def unpack_parquet(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """The document of each row, or why there is none. Rows are counted from 1.

    Raises `UnreadableFile` if the file is damaged, would unpack to too much or the library is not installed, and
    `FormatError` if no column is known to hold texts.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UnreadableFile(where, "needs a library that is not installed", _INSTALL) from error
    if not stream.seekable():
        raise UnreadableFile(where, "is Parquet, which is read from its end", "save it, and give the file")
    number = 0
    try:
        table = parquet.ParquetFile(stream)
        columns = columns_of(table.schema_arrow.names, where, options.columns)
        _check_groups(table.metadata, set(columns.values()), where, options)
        for batch in table.iter_batches(batch_size=_ROWS, columns=sorted(set(columns.values()))):
            for row in batch.to_pylist():
                number += 1
                yield row_document(row, columns, f"{where}, row {number}", options)
    except (pa.ArrowException, OSError) as error:
        place = f"{where}, after row {number}" if number else where
        yield UnreadableFile(place, f"is damaged ({str(error).splitlines()[0]})", "fetch it again")


_INSTALL = "pip install 'followthearms[parquet]', or save the table as CSV"


def _check_groups(metadata: Any, wanted: Set[str], where: str, options: ReadOptions) -> None:
    """Raise `UnreadableFile` if the cells of a column would unpack to more than a machine may have."""
    most = _TEXTS_IN_GROUP * options.max_bytes
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            cells = metadata.row_group(group).column(column)
            if cells.path_in_schema.partition(".")[0] in wanted and cells.total_uncompressed_size > most:
                problem = f"has a group of rows that unpacks to {cells.total_uncompressed_size / 1e6:,.0f} MB"
                raise UnreadableFile(where, problem, "write it with smaller groups of rows")
