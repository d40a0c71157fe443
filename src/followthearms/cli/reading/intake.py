"""`fta intake`: what was given to be read, what became of it, and what was not read and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.cli.reading.telling import FATES, reasons_told
from followthearms.cli.stored import Asked
from followthearms.exchange.words import one_line, visible
from followthearms.model.fates import Fate
from followthearms.register import Register
from followthearms.register.intake import NOT_READ, PASSED_OVER, Entry, Intake

PAGE = 10_000
"""Inputs that are had of the journal at a time: of an archive's pages there may be a million, each time
to be sorted."""


def print_runs(asked: Asked, limit: int | None) -> None:
    """The runs of `fta add`, the newest first, and how many inputs are still unread, by reason."""
    with asked.register() as register:
        runs, reasons = register.intake.runs()[:limit], register.intake.reasons((*NOT_READ, *PASSED_OVER))
    if asked.as_json:
        told = {name: _counted(reasons, fates) for name, fates in (("unread", NOT_READ), ("passed_over", PASSED_OVER))}
        console.print_json({"runs": [run.model_dump(mode="json") for run in runs], **told})
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
    for line in reasons_told(by_fate, set(by_fate)):
        typer.echo(line)


def print_inputs(asked: Asked, fates: Collection[Fate], limit: int | None) -> None:
    """The inputs with these fates, each with the reason; of those that were passed over how many, if they are not."""
    with asked.register() as register:
        found = islice(_entries(register, fates), limit)
        if asked.as_json:
            console.print_json([entry.model_dump(mode="json") for entry in found])
            return
        for entry in found:
            typer.echo(visible(_line(entry)))
        kept = register.intake.reasons((*NOT_READ, *PASSED_OVER))
    if others := sum(number for (fate, _), number in kept.items() if fate in set(PASSED_OVER) - set(fates)):
        typer.echo(f"{FATES[Fate.DROPPED]} beside these: {others:,}; `fta intake --passed-over` lists them.", err=True)
    elif not any(fate in fates for fate, _ in kept):
        typer.echo("There is none.", err=True)


def _entries(register: Register, fates: Collection[Fate]) -> Iterator[Entry]:
    page = register.intake.failures(fates, limit=PAGE)
    while page:
        yield from (entry for _, entry in page)
        page = register.intake.failures(fates, limit=PAGE, after=page[-1][0])


def _counted(reasons: Counter[tuple[Fate, str]], fates: Collection[Fate]) -> list[dict[str, object]]:
    return [
        {"fate": fate.value, "reason": reason, "inputs": number}
        for (fate, reason), number in reasons.most_common()
        if fate in fates
    ]


def _fates(run: Intake) -> str:
    return ", ".join(f"{FATES[fate].lower()} {number:,}" for fate, number in run.fates.items()) or "none"


def _line(entry: Entry) -> str:
    reason = f"is in {entry.reason}, which is not read" if entry.fate is Fate.FOREIGN else entry.reason or ""
    return f"{entry.address}: {reason}" + (f"; {entry.remedy}" if entry.remedy else "")
