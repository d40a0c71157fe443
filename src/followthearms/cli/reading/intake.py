"""`fta intake`: what was given to be read, what became of it, and what was not read and why."""

from __future__ import annotations

from collections import Counter, defaultdict

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.cli.reading.telling import FATES, reasons_told
from followthearms.cli.stored import Asked
from followthearms.exchange.words import one_line, visible
from followthearms.model.fates import Fate
from followthearms.register.intake import NOT_READ, Entry, Intake


def print_runs(asked: Asked, limit: int | None) -> None:
    """The runs of `fta add`, the newest first, and how many inputs are still unread, by reason."""
    with asked.register() as register:
        runs, reasons = register.intake.runs()[:limit], register.intake.reasons()
    if asked.as_json:
        unread = [{"fate": fate.value, "reason": reason, "inputs": n} for (fate, reason), n in reasons.most_common()]
        console.print_json({"runs": [run.model_dump(mode="json") for run in runs], "unread": unread})
        return
    if not runs:
        typer.echo("Nothing was given to be read; `fta add` reads articles.", err=True)
        return
    table = tables.plain_table("Begun", "Version", "Inputs", "Given")
    for run in runs:
        table.add_row(*map(Text, (run.started, run.version, _fates(run), one_line(" ".join(run.paths)))))
    console.console().print(table)
    by_fate: dict[Fate, Counter[str]] = defaultdict(Counter)
    for (fate, reason), number in reasons.items():
        by_fate[fate][reason] += number
    for line in reasons_told(by_fate, set(NOT_READ)):
        typer.echo(line)


def print_unread(asked: Asked, limit: int | None) -> None:
    """The inputs that are not read, each with the reason."""
    with asked.register() as register:
        unread = [entry for _, entry in register.intake.failures(limit=limit)]
    if asked.as_json:
        console.print_json([entry.model_dump(mode="json") for entry in unread])
    elif unread:
        for entry in unread:
            typer.echo(visible(_line(entry)))
    else:
        typer.echo("All that was given was read.", err=True)


def _fates(run: Intake) -> str:
    return ", ".join(f"{FATES[fate].lower()} {number:,}" for fate, number in run.fates.items()) or "none"


def _line(entry: Entry) -> str:
    reason = f"is in {entry.reason}, which is not read" if entry.fate is Fate.FOREIGN else entry.reason or ""
    return f"{entry.address}: {reason}" + (f"; {entry.remedy}" if entry.remedy else "")
