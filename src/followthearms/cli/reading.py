"""`fta read`: claims out of files, printed as tables, as lines in the claim format, or as one page."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.config import settings
from followthearms.engine import read_paths
from followthearms.errors import InputError, UsageError
from followthearms.exchange import words
from followthearms.exchange.html import report
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.model.format import dump_line
from followthearms.sources import ReadOptions

if TYPE_CHECKING:
    from followthearms.extract.llm import LanguageModel

Result = TypeVar("Result")


def read_options(date: dt.date | None, encoding: str | None, keep_claims: bool) -> ReadOptions:
    """How to read, from the options of a command."""
    return ReadOptions(date=date, encoding=encoding, keep_claims=keep_claims)


@dataclass(frozen=True, slots=True)
class Heard:
    """Whom a command listens to."""

    voices: Set[Voice] = ALL_VOICES
    model: LanguageModel | None = None


EVERYBODY = Heard()
"""All voices of the package."""


@contextmanager
def heard(voices: list[str] | None, model: str | None, url: str | None) -> Iterator[Heard]:
    """Whom the options name; afterwards it is told what became of the language model's claims.

    Raises `UsageError` for a voice that is none, and for options that need each other.
    """
    unknown = sorted(set(voices or ()) - set(Voice))
    if unknown:
        raise UsageError(f"--voice {unknown[0]}: there are {', '.join(Voice)}")
    named = frozenset(map(Voice, voices)) if voices else ALL_VOICES
    if model is None:
        if url:
            raise UsageError("--llm-url: name the model there with --llm-model")
        if voices and Voice.LLM in voices:
            raise UsageError("--voice llm: name the model with --llm-model")
        yield Heard(named)
        return
    if Voice.LLM not in named:
        raise UsageError("--llm-model: the voices that are named do not include it; add --voice llm")
    from followthearms.extract.llm import Endpoint, LanguageModel

    found = settings()
    if not (where := url or found.llm_url):
        raise UsageError("--llm-model: say where it is with --llm-url or FTA_LLM_URL, as in http://127.0.0.1:8080/v1")
    key = found.llm_key.get_secret_value() if found.llm_key else None
    with LanguageModel(Endpoint(where, model, key, found.llm_timeout)) as opened:
        try:
            yield Heard(named, opened)
        finally:
            typer.echo(f"Language model {opened.name}: {opened.tally}.", err=True)


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


def print_tables(paths: list[str], options: ReadOptions, by: Heard) -> bool:
    """A table for each document; true if all input could be read."""
    documents, all_read = _read(paths, options, by)
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


def print_lines(paths: list[str], options: ReadOptions, by: Heard) -> bool:
    """Each document as a line in the claim format, as soon as it is read; true if all input could be read."""
    errors = Errors()
    with console.progress_bar("Reading", quiet=sys.stdout.isatty()) as on_progress:
        for document in errors.sift(read_paths(paths, options, on_progress, by.voices, by.model)):
            typer.echo(dump_line(document))
    return not errors.count


def print_page(paths: list[str], options: ReadOptions, by: Heard) -> bool:
    """One self-contained page of all documents; true if all input could be read."""
    documents, all_read = _read(paths, options, by)
    typer.echo(report(documents))
    return all_read


def _read(paths: list[str], options: ReadOptions, by: Heard) -> tuple[list[Document], bool]:
    errors = Errors()
    with console.progress_bar("Reading") as on_progress:
        documents = list(errors.sift(read_paths(paths, options, on_progress, by.voices, by.model)))
    return documents, not errors.count
