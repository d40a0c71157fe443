"""`fta read`: claims out of files, printed as tables, as lines in the claim format, or as one page."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.cli.reading.reader import Reader
from followthearms.cli.reading.telling import Told
from followthearms.engine.running import OnProgress, read_results
from followthearms.engine.stages import Result
from followthearms.exchange import words
from followthearms.exchange.html import report
from followthearms.model.format import dump_line


def print_tables(paths: list[str], by: Reader) -> bool:
    """A table for each document; true if all input could be read."""
    outcome = Told()
    with console.progress_bar("Reading") as on_progress:
        documents = list(outcome.documents(_results(paths, by, on_progress)))
    out = console.console()
    for document in documents:
        published = words.published(document.date)
        out.print(
            Text.assemble((words.title(document), "bold"), (f"  {published}  {words.visible(document.id)}", "dim"))
        )
        if document.claims:
            out.print(tables.claims_table((document, claim) for claim in document.claims))
        else:
            out.print(Text("No claim was read out of this text.", "dim"))
        out.print()
    return outcome.tell()


def print_lines(paths: list[str], by: Reader) -> bool:
    """Each document as a line in the claim format, as soon as it is read; true if all input could be read."""
    outcome = Told()
    with console.progress_bar("Reading", quiet=sys.stdout.isatty()) as on_progress:
        for document in outcome.documents(_results(paths, by, on_progress)):
            typer.echo(dump_line(document))
    return outcome.tell()


def print_page(paths: list[str], by: Reader) -> bool:
    """One self-contained page of all documents; true if all input could be read."""
    outcome = Told()
    with console.progress_bar("Reading") as on_progress:
        documents = list(outcome.documents(_results(paths, by, on_progress)))
    typer.echo(report(documents))
    return outcome.tell()


def _results(paths: list[str], by: Reader, on_progress: OnProgress) -> Iterator[Result]:
    return read_results(paths, by.plan, by.hands, on_progress)
