"""What the doors say and how: tables to the standard output, errors and progress to the standard error.

Invariant: a text from outside reaches a terminal only as `rich.text.Text` made visible, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import typer

from followthearms.errors import FollowTheArmsError

if TYPE_CHECKING:
    from rich.console import Console

    from followthearms.engine.running import OnProgress, Progress


def console(*, error: bool = False) -> Console:
    """A console that takes nothing in its texts for markup."""
    from rich.console import Console

    return Console(stderr=error, highlight=False, markup=False, emoji=False, soft_wrap=False)


def complain(error: FollowTheArmsError) -> None:
    """Say what went wrong in one line; the schema, which errors name by its place in the package, by where it lies."""
    from followthearms.exchange.words import one_line
    from followthearms.model.format import SCHEMA_FILE

    said = one_line(str(error)).replace(SCHEMA_FILE, str(files("followthearms").joinpath(SCHEMA_FILE)))
    typer.echo(f"fta: {said}", err=True)


def print_json(value: Any) -> None:
    """Print a value as JSON. Characters beyond ASCII are escaped: they pass any pipe and move no terminal."""
    typer.echo(json.dumps(value, indent=2))


@contextmanager
def progress_bar(what: str, *, quiet: bool = False) -> Iterator[OnProgress]:
    """A bar on the standard error that appears only on a terminal, and goes when the work is done.

    `quiet` leaves it out: for work that prints its results to the same terminal as it goes.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    err = console(error=True)
    told = TextColumn("{task.fields[told]}"), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *told
    is_off = quiet or not err.is_terminal
    with Bar(*columns, console=err, transient=True, disable=is_off, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=None, told="")

        def on_progress(progress: Progress) -> None:
            rate = f"{speed:.1f}/s" if (speed := bar.tasks[task].speed) else ""
            told = f"{progress.documents} documents, {progress.claims} claims  {rate}"
            bar.update(task, completed=progress.done, total=progress.total, told=told)

        yield on_progress
