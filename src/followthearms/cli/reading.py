"""`fta read`: claims out of files, printed as tables, as lines in the claim format, or as one page."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.config import settings
from followthearms.engine.running import Hands, OnProgress, read_results
from followthearms.engine.stages import Plan, Result
from followthearms.engine.workers import Limits
from followthearms.errors import InputError, UsageError
from followthearms.exchange import words
from followthearms.exchange.html import report
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.sources import ReadOptions, stated_columns

if TYPE_CHECKING:
    from followthearms.extract.llm import LanguageModel

_T = TypeVar("_T")

AT_FAULT = frozenset({Fate.UNREADABLE, Fate.QUARANTINED})
"""Fates of an input that should have been read."""
FATES = {
    Fate.READ: "Read",
    Fate.FOREIGN: "In other languages",
    Fate.DROPPED: "Passed over",
    Fate.UNREADABLE: "Not read",
    Fate.QUARANTINED: "Given up",
}
"""What the fates are called before a number."""
SHOWN_REASONS = 12


def read_options(
    date: dt.date | None, encoding: str | None, columns: list[str] | None, date_format: str | None, keep_claims: bool
) -> ReadOptions:
    """How to read files, from the options of a command. Raises `UsageError` for a column that is named for no field."""
    return ReadOptions(
        date=date,
        encoding=encoding,
        columns=stated_columns(columns or ()),
        date_format=date_format,
        keep_claims=keep_claims,
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads the inputs of a command, and who."""

    plan: Plan
    hands: Hands


def hands(jobs: int | None, seconds: float | None, megabytes: int | None, model: LanguageModel | None) -> Hands:
    """Who reads, from the options of a command. Raises UsageError for limits without processes to hold to them."""
    if jobs is None and (seconds or megabytes):
        raise UsageError("--time-limit and --memory hold for processes of their own: give their number with --jobs")
    return Hands(jobs, limits(seconds, megabytes), model)


def limits(seconds: float | None, megabytes: int | None) -> Limits:
    """What reading one input may take, from the options of a command."""
    usual = Limits()
    return Limits(seconds or usual.seconds, megabytes or usual.megabytes)


@dataclass(frozen=True, slots=True)
class Heard:
    """Whom a command listens to."""

    voices: Set[Voice] = ALL_VOICES
    model: LanguageModel | None = None


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

    def sift(self, outcomes: Iterable[_T | InputError]) -> Iterator[_T]:
        """What a stream holds beside errors."""
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                self.count += 1
                console.complain(outcome)
            else:
                yield outcome


def print_tables(paths: list[str], by: Reader) -> bool:
    """A table for each document; true if all input could be read."""
    outcome = Told()
    with console.progress_bar("Reading") as on_progress:
        documents = list(outcome.documents(_results(paths, by, on_progress)))
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


class Told:
    """What came of the inputs of a command beside claims: errors are said as they come, the rest is counted."""

    def __init__(self) -> None:
        self._reasons: dict[Fate, Counter[str]] = defaultdict(Counter)

    def documents(self, results: Iterable[Result]) -> Iterator[Document]:
        """The documents that some inputs hold."""
        for result in results:
            if result.document:
                yield result.document
            if result.problem and result.fate in AT_FAULT:
                console.complain(result.problem)
            reason = result.problem.problem if result.problem else result.document and result.document.language
            self._reasons[result.fate][reason or ""] += 1

    def tell(self) -> bool:
        """Say what was not read, and why; true if that is no fault."""
        for line in reasons_told(self._reasons, {Fate.DROPPED, Fate.FOREIGN}):
            typer.echo(line, err=True)
        return not any(self._reasons[fate] for fate in AT_FAULT)


def reasons_told(reasons: Mapping[Fate, Counter[str]], fates: Set[Fate]) -> Iterator[str]:
    """A line for each of these fates that inputs had: how many, and for what reasons."""
    for fate in Fate:
        if fate in fates and (counted := reasons.get(fate)):
            often = [f"{words.one_line(reason)} {number:,}" for reason, number in counted.most_common(SHOWN_REASONS)]
            others = len(counted) - len(often)
            more = f"; {others} other reasons" if others else ""
            yield f"{FATES[fate]} {counted.total():,}: {'; '.join(often)}{more}."
