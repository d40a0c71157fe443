"""Commands that show what the register holds: deals, show, claims, contradictions, export."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.options import CsvTable, ExportFormat


@app.command()
def deals(register: options.RegisterFile = None, as_json: options.Json = False) -> None:
    """List the deals of the register.

    Who, what, how many ordered and delivered, how much, where it stands, how many independent sources say so.

    \b
    Examples:
      fta deals
      fta deals --register rifles.db --json
    """
    from followthearms.cli import stored

    stored.print_deals(register, as_json)


@app.command()
def show(
    deal: Annotated[str, typer.Argument(metavar="DEAL", help="The id of a deal, or the beginning of it.")],
    register: options.RegisterFile = None,
    as_json: options.Json = False,
) -> None:
    """Show one deal in full.

    Its facts, its timeline with the quoted words, and where its reports differ.

    \b
    Examples:
      fta show 3f2a
      fta show 3f2a --json
    """
    from followthearms.cli import stored

    stored.print_deal(deal, register, as_json)


@app.command()
def claims(
    register: options.RegisterFile = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only claims of this kind.")] = None,
    as_json: options.Json = False,
) -> None:
    """List the claims with their words.

    \b
    Examples:
      fta claims
      fta claims --kind refusal
    """
    from followthearms.cli import stored

    stored.print_claims(register, kind, as_json)


@app.command()
def contradictions(register: options.RegisterFile = None, as_json: options.Json = False) -> None:
    """List where reports of one deal differ.

    Both sides with their words; those first where one side must be wrong.

    \b
    Examples:
      fta contradictions
      fta contradictions --json
    """
    from followthearms.cli import stored

    stored.print_contradictions(register, as_json)


@app.command()
def export(
    format: Annotated[ExportFormat, typer.Option("--format", "-f", metavar="csv|jsonl|log", help="What to write.")],
    register: options.RegisterFile = None,
    table: Annotated[
        CsvTable, typer.Option("--table", metavar="claims|deals", help="The rows of a CSV.")
    ] = CsvTable.CLAIMS,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = "-",
) -> None:
    """Write the register as CSV or JSON lines.

    CSV has one row for each claim, or each deal; jsonl is the claim format, one document a line; log is all that was
    ever added and decided, with its times, for `fta import` into an empty register.

    \b
    Examples:
      fta export --format csv > claims.csv
      fta export --format csv --table deals -o deals.csv
      fta export --format jsonl -o documents.jsonl
      fta export --format log -o register.log.jsonl
    """
    from followthearms.cli import snapshots, stored

    match format:
        case ExportFormat.JSONL:
            stored.export_lines(register, output)
        case ExportFormat.CSV:
            stored.export_csv(register, table, output)
        case ExportFormat.LOG:
            snapshots.export_log(register, output)
