"""What a visitor gives, as inputs: a text that was pasted, files, or an address.

Invariants: a name that a browser sends is never a path; no more is opened than `MOST` inputs and `MOST_BYTES`, however
small the file was that they came in.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from followthearms.engine.inputs import Input, as_input
from followthearms.engine.running import inputs_of
from followthearms.engine.stages import Plan
from followthearms.errors import InputError, UsageError
from followthearms.model import Document
from followthearms.sources.raw import Form, Raw

MOST = 500
MOST_BYTES = 200_000_000
"""What is read at once in the browser; more is for `fta add`, which holds none of it in memory."""

Inputs = Callable[[], Iterable[Input]]
"""Opens what was given, which may take its time."""

PASTED = "pasted text"
_UNSAFE = re.compile(r"[^\w .()+-]")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class File:
    """A file as a browser sends it."""

    name: str
    data: bytes


def pasted(text: str, stated: Mapping[str, Any]) -> Inputs:
    """A text, with the fields of a document that were stated beside it."""
    raw = Raw(PASTED, PASTED, Form.TEXT, text.encode("utf-8", "surrogatepass"), stated=stated)
    return lambda: [as_input(raw)]


def uploaded(files: Sequence[File], plan: Plan) -> Inputs:
    """Files, each read by its kind."""

    def inputs() -> Iterator[Input]:
        with tempfile.TemporaryDirectory(prefix="fta-") as folder:
            yield from _bounded(
                one for n, file in enumerate(files) for one in _of_file(Path(folder, str(n)), file, plan)
            )

    return inputs


def at(address: str, plan: Plan) -> Inputs:
    """What is at an address of the web. Raises UsageError for what is none."""
    if not re.match(r"https?://", address, re.IGNORECASE):
        raise UsageError(f"{address!r} is no address of the web; it begins with https:// or http://")
    return lambda: _bounded(inputs_of([address], plan))


def _of_file(folder: Path, file: File, plan: Plan) -> Iterator[Input]:
    """The inputs of a file, which is called as its sender calls it."""
    folder.mkdir()
    path = folder / safe_name(file.name)
    path.write_bytes(file.data)
    for one in inputs_of([path], plan):
        yield replace(one, address=_bare(one.address, folder), content=_named(one.content, folder))
    path.unlink()


def safe_name(name: str) -> str:
    """A name under which a file can lie in a folder of its own."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _UNSAFE.sub("_", last).strip(" .").rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:20]}" or "file"


def _named(content: Raw | Document | InputError, folder: Path) -> Raw | Document | InputError:
    match content:
        case Raw():
            return replace(content, where=_bare(content.where, folder))
        case InputError():
            return type(content)(_bare(content.where, folder), content.problem, content.remedy)
        case Document():
            return content


def _bare(where: str, folder: Path) -> str:
    return where.removeprefix(f"{folder}/")


def _bounded(inputs: Iterable[Input]) -> Iterator[Input]:
    size = 0
    for count, one in enumerate(inputs):
        size += one.size
        if count == MOST or size > MOST_BYTES:
            problem = f"holds more than is read at once here ({MOST} texts, {MOST_BYTES // 1_000_000} MB)"
            yield as_input(InputError(one.address, problem, "read it with `fta add` instead"))
            return
        yield one
