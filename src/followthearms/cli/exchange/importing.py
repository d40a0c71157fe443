"""`fta import`: files that bring their own claims, taken into a register."""

from __future__ import annotations

import typer

from followthearms.cli import console
from followthearms.cli.stored import opened_register
from followthearms.engine.importing import Imported, import_file
from followthearms.errors import Refused, RegisterError
from followthearms.exchange import words
from followthearms.register import Added

FAULTS = 20
"""So many faults of a file are told."""
_OTHERS = "; articles are read with `fta add`, a table of claims is added with `fta decide claims`"


def import_all(place: str | None, paths: list[str], set_aside: bool) -> bool:
    """Take in files, one after the other; true if all could be taken in."""
    refused = False
    with opened_register(place, create=True) as register:
        for path in paths:
            try:
                came = import_file(register, path, set_aside=set_aside)
            except Refused as error:
                refused = True
                _complain(path, error)
            else:
                typer.echo(f"{words.one_line(path)}: {_came(came)}")
        counts = register.counts()
    typer.echo(f"The register holds {counts.documents} documents, {counts.claims} claims, {counts.deals} deals.")
    return not refused


def _complain(path: str, error: Refused) -> None:
    for fault in error.faults[:FAULTS]:
        console.complain(fault)
    count = len(error.faults)
    more = f"; {count - FAULTS} more faults are not shown" if count > FAULTS else ""
    other = "" if path == "-" or path.endswith(".jsonl") else _OTHERS
    console.complain(RegisterError(f"{path}: refused, and nothing of it was stored{more}{other}"))


def _came(came: Imported | int) -> str:
    if isinstance(came, int):
        return f"a whole log of {came:,} entries"
    told = [f"{came.documents[kind]} {kind.value}" for kind in Added if came.documents[kind]] or ["no documents"]
    several = "s are" if came.unlocated != 1 else " is"
    return ", ".join(told) + (f"; {came.unlocated} claim{several} set aside" if came.unlocated else "")
