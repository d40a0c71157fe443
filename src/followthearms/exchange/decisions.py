"""The log of decisions as a file of JSON lines: one decision a line, in the order in which they were made.

Invariant: what `dump_decisions` writes, `load_decisions` reads back as equal decisions; a file of which anything is
wrong is refused whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from followthearms.errors import FormatError
from followthearms.model.decisions import Decision, dump_decision


def dump_decisions(decisions: Iterable[Decision]) -> Iterator[str]:
    """The decisions as lines, without line feeds, in ASCII; equal decisions make equal bytes."""
    return map(dump_decision, decisions)


def load_decisions(lines: Iterable[str], where: str) -> tuple[Decision, ...]:
    """The decisions of a file, which `where` names in errors; empty lines are passed over.

    Raises FormatError, with the line, for what is no decision or has the id of another content.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Decision.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(map(str, first["loc"]))
            problem = f"{field}: {first['msg']}" if field else first["msg"]
            raise FormatError(f"{where}, line {number}", problem, "take an unaltered copy of the file") from error
    return tuple(found)
