"""The register's past on a terminal: snapshots, what lies between two of them, corrections."""

from __future__ import annotations

import datetime as dt

import typer
from rich.text import Text

from followthearms.cli import console
from followthearms.cli.stored import Asked
from followthearms.config import analyst
from followthearms.errors import UsageError
from followthearms.exchange import changes as told
from followthearms.exchange import words
from followthearms.model.snapshots import NOW, Snapshot


def take(asked: Asked, name: str, note: str, by: str | None) -> None:
    """Take a snapshot, and say how to cite it."""
    with asked.register() as register:
        taken = register.snapshots.take(name, note, who=analyst(by))
    if asked.as_json:
        console.print_json(_as_json(taken))
    else:
        typer.echo(told.citation(taken))


def print_snapshots(asked: Asked, name: str | None, note: str, listed: bool) -> None:
    """All snapshots. Raises UsageError if that is not what was asked for."""
    if not listed:
        raise UsageError("name the snapshot to take, as in `fta snapshot 2026-q1`; --list lists those that there are")
    if name or note:
        raise UsageError("--list takes no snapshot; leave out its name and note")
    with asked.register() as register:
        found = register.snapshots.all()
    if asked.as_json:
        console.print_json([_as_json(one) for one in found])
        return
    for one in found:
        who = f"  by {words.one_line(one.who)}" if one.who else ""
        note = f"  {words.one_line(one.note)}" if one.note else ""
        typer.echo(f"{one.name}  {one.made.date().isoformat()}  {one.deals:,} deals  {one.content}{who}{note}")
    if not found:
        _nothing("no snapshot; `fta snapshot NAME` takes one")


def print_changes(asked: Asked, left: str, right: str) -> None:
    """What lies between two snapshots, or between one and the register."""
    with asked.register() as register:
        found = register.snapshots.diff(left, right)
    if asked.as_json:
        console.print_json({"summary": told.summary(found), **found.model_dump(mode="json")})
        return
    out = console.console()
    later = asked.as_of.isoformat() if right == NOW and asked.as_of else right
    out.print(Text.assemble((f"{left}{words.ARROW}{later}: {told.summary(found)}", "bold")))
    for line in told.change_lines(found):
        out.print(Text(line, "" if line.startswith(" ") else "bold"), soft_wrap=True)


def print_corrections(asked: Asked, since: dt.date | None) -> None:
    """The log of corrections."""
    with asked.register() as register:
        found = register.snapshots.corrections(since)
    if asked.as_json:
        console.print_json([one.model_dump(mode="json") for one in found])
        return
    for line in told.correction_lines(found):
        console.console().print(Text(line, "" if line.startswith(" ") else "bold"), soft_wrap=True)
    if not found:
        _nothing("no correction that fits; `fta decide` makes decisions")


def _as_json(taken: Snapshot) -> dict[str, object]:
    return {**taken.model_dump(mode="json"), "citation": told.citation(taken)}


def _nothing(what: str) -> None:
    console.console(error=True).print(Text(f"The register holds {what}."))
