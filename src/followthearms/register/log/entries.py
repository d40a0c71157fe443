"""The entries of a log as a file, and the lines that hold them.

Invariant: each line carries a SHA-256 of its entry and of the hash of the line before, so that no line can be altered,
left out or moved without the next reader noticing; the last line is an `End`, so that none can be cut off.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from followthearms.errors import FormatError
from followthearms.model import Frozen

VERSION = 1
"""The version of the log as a file. It grows when an older program could misread what is written."""

SCHEMA = f"log/{VERSION}"
"""What the first line says."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00")
_BROKEN = "take an unaltered copy of the file"


def _in_utc(time: str) -> str:
    if not _TIME.fullmatch(time):
        raise ValueError("must be a time in UTC such as 2026-01-02T12:00:00+00:00")
    return time


Time = Annotated[str, AfterValidator(_in_utc)]
Name = Annotated[str, Field(min_length=1)]
Offset = Annotated[int, Field(ge=0)]


class Header(Frozen):
    """The first line."""

    entry: Literal["log"] = "log"
    schema_: Annotated[str, Field(alias="schema")] = SCHEMA


class RunEntry(Frozen):
    """What read documents."""

    entry: Literal["run"] = "run"
    id: Name
    version: str
    ruleset: str
    parser: str
    started: Name


class DocumentEntry(Frozen):
    """A text."""

    entry: Literal["document"] = "document"
    id: Name
    text_hash: str
    text: str
    added: Time


class ReadingEntry(Frozen):
    """What a run read of a document; `claims` are JSON texts in the claim format, `metadata` is one too."""

    entry: Literal["reading"] = "reading"
    document: Name
    run: Name
    content: str
    metadata: str
    added: Time
    claims: tuple[str, ...] = ()


class DecisionEntry(Frozen):
    """A decision, `body` as JSON, and what it touches."""

    entry: Literal["decision"] = "decision"
    id: Name
    act: str
    who: str
    made: Time
    body: str
    touched: tuple[str, ...] = ()


class IssuedEntry(Frozen):
    """An id that a deal was shown under, and where it began."""

    entry: Literal["issued"] = "issued"
    deal: Name
    document: Name
    start: Offset
    end: Offset
    added: Time


class SnapshotEntry(Frozen):
    """A snapshot; `reading` and `decision` count the entries of their kinds in the file, 0 for none."""

    entry: Literal["snapshot"] = "snapshot"
    name: Name
    made: Time
    reading: Offset
    decision: Offset
    content: str
    version: str
    note: str
    who: str = ""


class DealEntry(Frozen):
    """A deal as a snapshot froze it, `body` as JSON. Those of one snapshot stand in the order of their ids."""

    entry: Literal["deal"] = "deal"
    snapshot: Name
    deal: Name
    body: str


class End(Frozen):
    """The last line: how many entries stand between it and the first."""

    entry: Literal["end"] = "end"
    entries: int


Entry = RunEntry | DocumentEntry | ReadingEntry | DecisionEntry | IssuedEntry | SnapshotEntry | DealEntry
_ANY: TypeAdapter[Entry | Header | End] = TypeAdapter(Annotated[Entry | Header | End, Field(discriminator="entry")])


def write_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a file, with header and end, without line feeds; in ASCII."""
    link, count = "", 0
    line, link = _line(Header(), link)
    yield line
    for entry in entries:
        line, link = _line(entry, link)
        yield line
        count += 1
    yield _line(End(entries=count), link)[0]


def read_lines(lines: Iterable[str], where: str) -> Iterator[tuple[str, Entry]]:
    """The entries of a file, each with its place ("register.log, line 12").

    Raises FormatError for the first line that is no entry, does not fit the one before, or is of a newer version; and
    if the file is cut off. What came before is not to be trusted then.
    """
    link, count, ended = "", 0, False
    place = f"{where}, line 1"
    for number, line in enumerate(lines, 1):
        place = f"{where}, line {number}"
        if ended:
            raise FormatError(place, "stands after the end of the log", _BROKEN)
        entry, link = _entry(line, link, place)
        match entry:
            case Header() if number == 1:
                continue
            case _ if number == 1:
                raise FormatError(place, f"is not the beginning of a log ({SCHEMA})", _BROKEN)
            case Header():
                raise FormatError(place, "a second log begins here", "import one log at a time")
            case End():
                if entry.entries != count:
                    raise FormatError(place, f"ends a log of {entry.entries} entries, but there are {count}", _BROKEN)
                ended = True
            case _:
                count += 1
                yield place, entry
    if not ended:
        raise FormatError(place, "the log is cut off after this line", _BROKEN)


def is_log(line: str) -> bool:
    """Whether a first line begins a log, of whatever version."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and fields.get("entry") == "log"


def explain(error: ValidationError) -> str:
    """What is wrong with a field, in one line."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{field}: {first['msg']}".removeprefix(": ")


def _line(entry: Entry | Header | End, link: str) -> tuple[str, str]:
    """The line of an entry after a line with this hash, and its own hash."""
    fields = entry.model_dump(mode="json", by_alias=True)
    digest = _hash(fields, link)
    return json.dumps({**fields, "hash": digest}), digest


def _entry(line: str, link: str, where: str) -> tuple[Entry | Header | End, str]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormatError(where, f"no JSON ({error})", _BROKEN) from error
    if not isinstance(fields, dict):
        raise FormatError(where, "holds no JSON object", _BROKEN)
    _check_version(fields, where)
    digest = fields.pop("hash", None)
    if digest != _hash(fields, link):
        raise FormatError(where, "was altered, or a line before it is missing: its hash does not fit", _BROKEN)
    try:
        return _ANY.validate_python(fields, by_alias=True, by_name=False), digest
    except ValidationError as error:
        raise FormatError(where, explain(error), _BROKEN) from error


def _check_version(fields: dict[str, Any], where: str) -> None:
    """Before anything else, since a newer log may be hashed otherwise."""
    schema = fields.get("schema", SCHEMA)
    found = re.fullmatch(r"log/([1-9]\d{0,8})", schema) if isinstance(schema, str) else None
    if fields.get("entry") != "log" or schema == SCHEMA:
        return
    if found is None:
        raise FormatError(where, f"is in an unknown schema, not {SCHEMA}", _BROKEN)
    problem = f"is in {schema}, which is newer than {SCHEMA}, the newest that this version reads"
    raise FormatError(where, problem, "upgrade with `pip install -U followthearms`")


def _hash(fields: dict[str, Any], link: str) -> str:
    told = json.dumps([link, fields], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
