"""`fta read`: claims out of files, printed as tables, as lines in the claim format, or as one page."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Set
from typing import TypeVar

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.engine import read_paths
from followthearms.errors import InputError
from followthearms.exchange import words
from followthearms.exchange.html import report
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.model.format import dump_line
from followthearms.sources import ReadOptions

Result = TypeVar("Result")


def read_options(date: dt.date | None, encoding: str | None, keep_claims: bool) -> ReadOptions:
    """How to read, from the options of a command."""
    return ReadOptions(date=date, encoding=encoding, keep_claims=keep_claims)


def chosen(voices: list[Voice] | None) -> Set[Voice]:
    """The voices that an option names; all of them if it names none."""
    return frozenset(voices) if voices else ALL_VOICES


class Errors:
    """Says each error of a stream when it comes by, and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def sift(self, outcomes: Iterable[Result | InputError]) -> Iterator[Result]:
        """What a stream holds beside errors."""
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                self.count += 1
                console.complain(outcome)
            else:
                yield outcome


def print_tables(paths: list[str], options: ReadOptions, voices: Set[Voice]) -> bool:
    """A table for each document; true if all input could be read."""
    documents, all_read = _read(paths, options, voices)
    out = console.console()
    for document in documents:
        published = words.day(document.date) if document.date else "day unknown"
        out.print(
            Text.assemble((words.title(document), "bold"), (f"  {published}  {words.visible(document.id)}", "dim"))
        )
        if document.claims:
            out.print(tables.claims_table((document, claim) for claim in document.claims))
        else:
            out.print(Text("No claim was read out of this text.", "dim"))
        out.print()
    return all_read


def print_lines(paths: list[str], options: ReadOptions, voices: Set[Voice]) -> bool:
    """Each document as a line in the claim format, as soon as it is read; true if all input could be read."""
    errors = Errors()
    with console.progress_bar("Reading", quiet=sys.stdout.isatty()) as on_progress:
        for document in errors.sift(read_paths(paths, options, on_progress, voices)):
            typer.echo(dump_line(document))
    return not errors.count


def print_page(paths: list[str], options: ReadOptions, voices: Set[Voice]) -> bool:
    """One self-contained page of all documents; true if all input could be read."""
    documents, all_read = _read(paths, options, voices)
    typer.echo(report(documents))
    return all_read


def _read(paths: list[str], options: ReadOptions, voices: Set[Voice]) -> tuple[list[Document], bool]:
    errors = Errors()
    with console.progress_bar("Reading") as on_progress:
        documents = list(errors.sift(read_paths(paths, options, on_progress, voices)))
    return documents, not errors.count
