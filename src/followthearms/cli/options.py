"""The options that several commands share, and how their words are read."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer


class ReadFormat(StrEnum):
    """What `fta read` prints."""

    TABLE = "table"
    JSONL = "jsonl"
    HTML = "html"


class RunEngine(StrEnum):
    """Who does the work of `fta run`."""

    POOL = "pool"
    SPARK = "spark"


class ExportFormat(StrEnum):
    """What `fta export` writes."""

    CSV = "csv"
    JSONL = "jsonl"
    HTML = "html"
    LOG = "log"


class CsvTable(StrEnum):
    """Which rows a CSV holds."""

    CLAIMS = "claims"
    DEALS = "deals"


class DifferenceClass(StrEnum):
    """How two reports stand to each other: the values of `model.Consistency`, which would take long to import."""

    COMPATIBLE = "compatible"
    SUPERSEDED = "superseded"
    PARTIAL = "partial"
    CONFLICTING = "conflicting"


class DifferenceTopic(StrEnum):
    """What two reports differ in: the values of `model.Topic`."""

    QUANTITY = "quantity"
    VALUE = "value"
    DATE = "date"
    PLACE = "place"
    PARTY = "party"
    STATUS = "status"
    EXISTENCE = "existence"


class AccountRole(StrEnum):
    """What an account may do: the values of `model.accounts.Role`, which would take long to import."""

    READER = "reader"
    ANALYST = "analyst"
    EDITOR = "editor"


def day(words: str) -> dt.date:
    """A day as ISO writes it. Raises `typer.BadParameter` for anything else."""
    try:
        return dt.date.fromisoformat(words)
    except ValueError as error:
        raise typer.BadParameter(f"{words!r} is no day; write it as 2019-03-04") from error


_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHORTEST = dt.timedelta(minutes=1)  # a site that is asked more often has no more to say


def interval(words: str) -> dt.timedelta:
    """A time such as 15m. Raises `typer.BadParameter` for anything else, and for less than a minute."""
    number, unit = words[:-1], words[-1:]
    if not (number.isascii() and number.isdigit() and len(number) <= 5 and unit in _UNITS):
        raise typer.BadParameter(f"{words!r} is no time; write it as 15m, 6h or 1d")
    found = dt.timedelta(**{_UNITS[unit]: int(number)})
    if found < _SHORTEST:
        raise typer.BadParameter(f"{words!r} is less than a minute")
    return found


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files of any kind that is read, folders, addresses, or -: standard input."),
]
Date = Annotated[
    dt.date | None,
    typer.Option("--date", parser=day, metavar="DAY", help="Day of publication, such as 2019-03-04, for all inputs."),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of texts that are not in UTF-8: cp1252, …")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="The column of a table that holds a field, as in text=Body."),
]
DateFormat = Annotated[
    str | None,
    typer.Option("--date-format", metavar="FORMAT", help="How days are written in a table, such as %d/%m/%Y."),
]
KeepClaims = Annotated[
    bool, typer.Option("--keep-claims", help="Keep the claims that a .jsonl file brings instead of reading its texts.")
]
Voices = Annotated[
    list[str] | None,
    typer.Option("--voice", metavar="frame|tagger|llm", help="Who may propose claims; may be repeated. Default: all."),
]
LlmModel = Annotated[
    str | None,
    typer.Option("--llm-model", metavar="NAME", help="Ask this language model too. The articles are sent to it."),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url", metavar="URL", help="Where it is: an OpenAI-compatible address with /v1. Default: $FTA_LLM_URL."
    ),
]
Screen = Annotated[
    bool | None,
    typer.Option(
        "--screen/--no-screen",
        show_default=False,
        help="Pass over what does not look like arms trade, in all inputs or in none. "
        "Default: in web archives, feeds and tables.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Read in so many processes, one for each core at most."),
]
TimeLimit = Annotated[
    float | None,
    typer.Option("--time-limit", min=1, metavar="SECONDS", help="What one input may take, with --jobs. Default: 300."),
]
Memory = Annotated[
    int | None,
    typer.Option("--memory", min=1, metavar="MB", help="What a process may take, with --jobs. Default: 2000."),
]
RegisterPlace = Annotated[
    str | None,
    typer.Option(
        "--register",
        "-r",
        metavar="FILE|URL",
        help="The register: a file, or postgresql://… . Default: $FTA_REGISTER, else register.db in this folder.",
    ),
]
Queried = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", show_default=False, help="Words, phrases and filters; all if absent."),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="Rows to show at most. Default: all.")]
AsOf = Annotated[
    dt.date | None,
    typer.Option(
        "--as-of", parser=day, metavar="DAY", help="The register as it was known at the end of this day (UTC)."
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides. Default: $FTA_ANALYST, else your login name."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
