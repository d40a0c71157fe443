"""Parquet: tables of articles as data sets are shared. Needs the extra [parquet]: its library is 170 MB large."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any, BinaryIO

from followthearms.errors import InputError, UnreadableFile
from followthearms.model import Document
from followthearms.sources.formats.rows.columns import columns_of
from followthearms.sources.formats.rows.row import row_document
from followthearms.sources.options import ReadOptions
from followthearms.sources.stretches import WHOLE, Stretch

_ROWS = 64
"""That are held in memory."""
_TEXTS_IN_GROUP = 100
"""How many times the bytes of the longest text the cells of one column may have, group by group of rows: 2 GB. Writers
make groups of 0.1 to 1 GB in all."""


def unpack_parquet(
    stream: BinaryIO, where: str, options: ReadOptions, stretch: Stretch = WHOLE
) -> Iterator[Document | InputError]:
    """The document of each row, or why there is none. Rows are counted from 1.

    Raises `UnreadableFile` if the file is damaged, would unpack to too much or the library is not installed, and
    `FormatError` if no column is known to hold texts.
    """
    pa, parquet = library(where)
    if not stream.seekable():
        raise UnreadableFile(where, "is Parquet, which is read from its end", "save it, and give the file")
    number = stretch.before
    try:
        table = parquet.ParquetFile(stream)
        columns = columns_of(table.schema_arrow.names, where, options.columns)
        wanted = set(columns.values())
        check_groups(table.metadata, wanted, where, options)
        groups = list(range(table.num_row_groups)[stretch.start : stretch.end])
        for batch in table.iter_batches(batch_size=_ROWS, row_groups=groups, columns=sorted(wanted)):
            for row in batch.to_pylist():
                number += 1
                yield row_document(row, columns, f"{where}, row {number}", options)
    except (pa.ArrowException, OSError) as error:
        place = f"{where}, after row {number}" if number else where
        yield UnreadableFile(place, f"is damaged ({str(error).splitlines()[0]})", "fetch it again")


def cut_parquet(stream: BinaryIO, most: int, _options: ReadOptions) -> list[Stretch]:
    """The stretches of a file, of whole groups of rows, each of about `most` bytes. Raises OSError if it is damaged."""
    pa, parquet = library("")
    try:
        metadata = parquet.ParquetFile(stream).metadata
    except pa.ArrowException as error:
        raise OSError(str(error)) from error
    found, size, rows = [WHOLE], 0, 0
    for number, group in enumerate(map(metadata.row_group, range(metadata.num_row_groups))):
        if size >= most:
            found[-1] = replace(found[-1], end=number)
            found.append(Stretch(number, None, rows))
            size = 0
        size += sum(group.column(column).total_compressed_size for column in range(group.num_columns))
        rows += group.num_rows
    return found


def library(where: str) -> tuple[Any, Any]:
    """The library and its reader of Parquet. Raises `UnreadableFile` if it is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UnreadableFile(where, "needs a library that is not installed", _INSTALL) from error
    return pa, parquet


_INSTALL = "pip install 'followthearms[parquet]', or save the table as CSV"


def check_groups(metadata: Any, wanted: Set[str], where: str, options: ReadOptions) -> None:
    """Raise `UnreadableFile` if the cells of a column would unpack to more than a machine may have."""
    most = _TEXTS_IN_GROUP * options.max_bytes
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            cells = metadata.row_group(group).column(column)
            if cells.path_in_schema.partition(".")[0] in wanted and cells.total_uncompressed_size > most:
                problem = f"has a group of rows that unpacks to {cells.total_uncompressed_size / 1e6:,.0f} MB"
                raise UnreadableFile(where, problem, "write it with smaller groups of rows")
