"""Who reads for a command and how, from its options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from followthearms.config import settings
from followthearms.engine.running import Hands
from followthearms.engine.stages import Plan, Screening
from followthearms.engine.workers import Limits
from followthearms.errors import UsageError
from followthearms.model import ALL_VOICES, Voice
from followthearms.sources import ReadOptions, stated_columns

if TYPE_CHECKING:
    from followthearms.extract.llm import LanguageModel


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


def screening(screen: bool | None) -> Screening:
    """What is screened, from the option of a command."""
    if screen is None:
        return Screening.MANY
    return Screening.ALL if screen else Screening.NONE


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
