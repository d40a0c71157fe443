"""The commands that work on a register: add, deals, show, claims, contradictions, export."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.cli.options import CsvTable
from followthearms.cli.reading import EVERYBODY, Errors, Heard
from followthearms.config import settings
from followthearms.engine import add as add_to
from followthearms.engine import read_paths
from followthearms.errors import UsageError
from followthearms.exchange.ranking import contradictions, ranked
from followthearms.exchange.tables import CLAIM_COLUMNS, DEAL_COLUMNS, claim_rows, deal_rows, write_csv
from followthearms.model import Document, Kind
from followthearms.model.format import dump_line
from followthearms.register import Added, Register
from followthearms.sources import ReadOptions


def add(paths: list[str], file: Path | None, options: ReadOptions, by: Heard) -> bool:
    """Read files into a register and say what came of it; true if all input could be read."""
    with opened_register(file, create=True) as register:
        added, errors = add_all(register, paths, options, by)
        counts = register.counts()
    what = ", ".join(f"{added[kind]} {kind.value}" for kind in Added if added[kind]) or "none"
    typer.echo(f"Documents: {what}{f', {errors} not read' if errors else ''}.")
    typer.echo(f"The register holds {counts.documents} documents, {counts.claims} claims, {counts.deals} deals.")
    return not errors


def add_all(
    register: Register, paths: Sequence[str | Path], options: ReadOptions, by: Heard = EVERYBODY
) -> tuple[Counter[Added], int]:
    """Read files into a register under a progress bar: how many documents of each sort, and how many errors."""
    errors = Errors()
    added: Counter[Added] = Counter()
    try:
        with console.progress_bar("Reading") as on_progress:
            for kind in errors.sift(add_to(register, read_paths(paths, options, on_progress, by.voices, by.model))):
                added[kind] += 1
    except KeyboardInterrupt:
        typer.echo(f"fta: stopped; {added.total()} documents are stored; the same command goes on from there", err=True)
        raise
    return added, errors.count


def print_deals(file: Path | None, as_json: bool) -> None:
    """The deals, one line each."""
    with opened_register(file) as register:
        deals = ranked(register.deals())
    if as_json:
        console.print_json([deal.model_dump(mode="json") for deal in deals])
    elif deals:
        console.console().print(tables.deals_table(deals))
    else:
        _nothing("deals")


def print_deal(name: str, file: Path | None, as_json: bool) -> None:
    """One deal in full."""
    with opened_register(file) as register:
        deal = register.deal(name)
        documents = by_id(register)
    if as_json:
        console.print_json(deal.model_dump(mode="json"))
    else:
        console.console().print(tables.deal_in_full(deal, documents))


def print_claims(file: Path | None, kind: str | None, as_json: bool) -> None:
    """The claims with the words that carry them."""
    with opened_register(file) as register:
        wanted = _kind(kind)
        found = [s for s in register.claims() if wanted is None or s.claim.kind[0] is wanted]
    if as_json:
        console.print_json([_statement(s.document, s.claim.model_dump(mode="json", by_alias=True)) for s in found])
    elif found:
        console.console().print(tables.claims_table((s.document, s.claim) for s in found))
    else:
        _nothing("claims")


def print_contradictions(file: Path | None, as_json: bool) -> None:
    """Where reports of one deal differ."""
    with opened_register(file) as register:
        deals = ranked(register.deals())
        documents = by_id(register)
    if as_json:
        console.print_json([found.model_dump(mode="json") for _, found in contradictions(deals)])
    else:
        console.console().print(tables.contradictions_list(contradictions(deals), documents))


def export_lines(file: Path | None, output: str) -> None:
    """All documents with their claims, one line each, in the claim format."""
    with opened_register(file) as register:
        documents = register.documents()
    with opened(beside(output, file)) as out:
        for document in documents:
            out.write(dump_line(document) + "\n")


def export_csv(file: Path | None, table: CsvTable, output: str) -> None:
    """The claims or the deals as CSV."""
    with opened_register(file) as register:
        documents, deals = register.documents(), ranked(register.deals())
    with opened(beside(output, file)) as out:
        match table:
            case CsvTable.CLAIMS:
                write_csv(claim_rows(documents), CLAIM_COLUMNS, out)
            case CsvTable.DEALS:
                write_csv(deal_rows(deals), DEAL_COLUMNS, out)


def by_id(register: Register) -> dict[str, Document]:
    """The documents of a register by their ids."""
    return {document.id: document for document in register.documents()}


@contextmanager
def opened_register(file: Path | None, *, create: bool = False, as_of: dt.date | None = None) -> Iterator[Register]:
    """The register that is meant, as it is now or as it was known at the end of a day."""
    with Register.open(_file(file), create=create) as register:
        if as_of is None:
            yield register
            return
        with register.as_of(as_of) as then:
            yield then


def _file(named: Path | None) -> Path:
    return named or settings().register_file


def beside(output: str, register: Path | None) -> str:
    """The name of a file to write, which is not the register's own: that would be lost."""
    if output != "-" and Path(output).exists() and Path(output).samefile(_file(register)):
        raise UsageError(f"{output}: is the register itself; name another file with --output")
    return output


@contextmanager
def opened(output: str) -> Iterator[TextIO]:
    """A file, or the standard output for "-", in UTF-8 and with line ends as they are written."""
    if output == "-":
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            yield out
        finally:
            out.detach()  # writes what is left; to close it would close the standard output
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}); name another file") from error


def _kind(name: str | None) -> Kind | None:
    if name is None:
        return None
    try:
        return Kind(name)
    except ValueError as error:
        raise UsageError(f"no such kind: {name}; there are {', '.join(Kind)}") from error


def _statement(document: Document, claim: dict[str, Any]) -> dict[str, Any]:
    published = document.date.isoformat() if document.date else None
    return {"document": document.id, "outlet": document.outlet, "published": published, **claim}


def _nothing(what: str) -> None:
    console.console(error=True).print(Text(f"The register holds no {what} that fit; `fta add` adds articles."))
