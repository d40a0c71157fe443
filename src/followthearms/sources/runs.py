"""The folder that a run over many inputs fills: what became of each, the documents in the claim format.

Invariant: a folder is taken for whole only if the run that fills it said at its end that it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from followthearms.errors import FormatError, InputError, UnreadableFile
from followthearms.model import Document
from followthearms.model.format import load_line
from followthearms.sources.formats.rows.parquet import check_groups, library
from followthearms.sources.options import ReadOptions

DOCUMENTS = "documents"
"""The folder of the documents, within that of the run."""
LINE = "line"
"""The column with documents in the claim format; null in the rows of inputs that have none."""
DONE = "_SUCCESS"
"""The file that says that a folder is whole, as Spark's own writers leave it."""
_ROWS = 64


def part_name(number: int) -> str:
    """The name of the file of one part; in the order of names they are in the order of the inputs."""
    return f"part-{number:06d}.parquet"


def part_files(folder: Path) -> list[Path]:
    """The files of a folder of documents or deals, in their order. Raises `UnreadableFile` if it is not whole."""
    if not (folder / DONE).is_file():
        problem = f"holds no finished run: there is no {folder.name}/{DONE}"
        raise UnreadableFile(
            str(folder.parent), problem, "give the folder that `fta run` has filled, once it has ended"
        )
    return sorted(folder.glob("part-*.parquet"))


def read_run(folder: Path, *, set_aside: bool = False) -> Iterator[tuple[str, Document | InputError]]:
    """The documents of a run, each after its place ("out/documents/part-000000.parquet, row 17"). Of readings under one
    id the last stands, as it does in a register that they are added to.

    Raises `UnreadableFile` if the run has not ended.
    """
    found: dict[str, tuple[str, Document | InputError]] = {}
    for path in part_files(folder / DOCUMENTS):
        for place, item in _documents(path, set_aside):
            name = item.id if isinstance(item, Document) else place
            found.pop(name, None)
            found[name] = place, item
    yield from found.values()


def _documents(path: Path, set_aside: bool) -> Iterator[tuple[str, Document | InputError]]:
    pa, parquet = library(str(path))
    options = ReadOptions()
    number = 0
    try:
        with parquet.ParquetFile(path) as table:
            if LINE not in table.schema_arrow.names:
                raise FormatError(str(path), f"has no column {LINE!r}", "give the folder that `fta run` has filled")
            check_groups(table.metadata, {LINE}, str(path), options)
            for batch in table.iter_batches(batch_size=_ROWS, columns=[LINE]):
                for line in batch.column(0).to_pylist():
                    number += 1
                    place = f"{path}, row {number}"
                    if line is not None:
                        yield place, _document(line, place, set_aside)
    except (pa.ArrowException, OSError) as error:
        yield f"{path}, after row {number}", UnreadableFile(str(path), f"is damaged ({str(error).splitlines()[0]})")
    except InputError as error:
        yield str(path), error


def _document(line: object, place: str, set_aside: bool) -> Document | InputError:
    if not isinstance(line, str):
        return FormatError(place, f"{LINE} is no text", "give the folder that `fta run` has filled")
    try:
        return load_line(line, place, set_aside=set_aside)
    except InputError as error:
        return error
