"""What became of the inputs of a run, as files: Parquet with a row for each result, and JSON for each deal.

Invariant: a file is a function of what is written into it, to the byte, and is there whole or not at all; so a part
that is read twice, as a cluster may, leaves the same file.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from followthearms.engine.inputs import Input
from followthearms.engine.stages import Result
from followthearms.errors import InputError, UsageError
from followthearms.model import Deal
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.sources.runs import LINE, part_name

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise UsageError("fta run writes Parquet: pip install 'followthearms[parquet]'") from error

ROWS = pa.schema(
    [
        pa.field("part", pa.int32(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),
        pa.field("address", pa.string(), nullable=False),
        pa.field("raw_hash", pa.string()),
        pa.field("fate", pa.string(), nullable=False),
        pa.field("reason", pa.string()),
        pa.field("remedy", pa.string()),
        pa.field("document", pa.string()),
        pa.field("date", pa.date32()),
        pa.field("outlet", pa.string()),
        pa.field("language", pa.string()),
        pa.field("claims", pa.int32()),
        pa.field(LINE, pa.string()),
    ]
)
"""A row for each result: where it stands, the entry of a journal, what rows are chosen by, and the document with its
claims as a line of the claim format."""
DEALS = pa.schema([pa.field("id", pa.string(), nullable=False), pa.field("deal", pa.string(), nullable=False)])
"""A row for each deal, as JSON."""

_GROUP_BYTES = 32_000_000
_GROUP_ROWS = 20_000
"""At so many bytes of documents, or so many rows, a group of rows ends: what a reader holds in memory."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of some inputs: results by fate and reason, documents and claims."""

    reasons: Counter[tuple[Fate, str]] = field(default_factory=Counter)
    documents: int = 0
    claims: int = 0

    def dump(self) -> str:
        """It as JSON, for the way from another machine."""
        return json.dumps([[(*one, count) for one, count in self.reasons.items()], self.documents, self.claims])

    @classmethod
    def load(cls, line: str) -> Written:
        """What `dump` wrote."""
        reasons, documents, claims = json.loads(line)
        return cls(Counter({(Fate(fate), reason): count for fate, reason, count in reasons}), documents, claims)

    def __add__(self, other: Written) -> Written:
        return Written(self.reasons + other.reasons, self.documents + other.documents, self.claims + other.claims)


def write_part(folder: Path, part: int, read: Iterable[tuple[Sequence[Input], Sequence[Result]]]) -> Iterator[Written]:
    """Write the results of a part, as they come with their inputs; what was written of each time."""
    with _whole(folder / part_name(part), ROWS) as writer:
        waiting: list[dict[str, Any]] = []
        count = size = 0
        for inputs, results in read:
            rows = [_row(part, count + n, inputs[one.place], one) for n, one in enumerate(results)]
            waiting += rows
            count += len(rows)
            size += sum(len(row[LINE] or "") for row in rows)
            if size >= _GROUP_BYTES or len(waiting) >= _GROUP_ROWS:
                writer.write_table(pa.Table.from_pylist(waiting, ROWS))
                waiting, size = [], 0
            yield _written(rows)
        if waiting:
            writer.write_table(pa.Table.from_pylist(waiting, ROWS))


def write_deals(folder: Path, part: int, deals: Iterable[tuple[str, str]]) -> None:
    """Write deals, each as JSON after its id."""
    rows = [{"id": name, "deal": deal} for name, deal in sorted(deals)]
    with _whole(folder / part_name(part), DEALS) as writer:
        writer.write_table(pa.Table.from_pylist(rows, DEALS))


def deal_line(deal: Deal) -> str:
    """A deal as JSON, as `fta show --json` prints it, in one line."""
    return deal.model_dump_json()


def deal_part(name: str) -> int:
    """The part that the deal with this id is written in: one of sixteen, by its first digit."""
    return int(name[1], 16)


def _row(part: int, row: int, source: Input, result: Result) -> dict[str, Any]:
    reason, remedy = result.why(source.address)
    told = {"address": source.address, "raw_hash": source.raw_hash, "reason": reason, "remedy": remedy}
    placed = {"part": part, "row": row, "fate": result.fate.value}
    document = result.document
    if document is None:
        return {**placed, **_plain(told), LINE: None}
    try:
        line = dump_line(document)
    except InputError as problem:  # what no JSON can carry
        return _row(part, row, source, Result(result.place, Fate.UNREADABLE, problem=problem))
    told |= {"document": document.id, "outlet": document.outlet, "language": document.language}
    known = {"date": document.date, "claims": len(document.claims), LINE: line}
    return {**placed, **_plain(told), **known}


def _plain(told: dict[str, str | None]) -> dict[str, str | None]:
    """The words without lone surrogates, which a column of text cannot hold; a line of the format escapes them."""
    return {name: words and words.encode("utf-8", "replace").decode() for name, words in told.items()}


def _written(rows: Sequence[dict[str, Any]]) -> Written:
    reasons = Counter((Fate(row["fate"]), row["reason"] or "") for row in rows)
    read = [row["claims"] for row in rows if row[LINE] is not None]
    return Written(reasons, len(read), sum(read))


@contextmanager
def _whole(path: Path, schema: pa.Schema) -> Iterator[parquet.ParquetWriter]:
    """A writer of a file that appears once it is whole."""
    begun = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with parquet.ParquetWriter(begun, schema, compression="zstd") as writer:
            yield writer
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)
