"""Commands that show what the register holds: deals, show, claims, contradictions, export."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.options import CsvTable, DifferenceClass, DifferenceTopic, ExportFormat
from followthearms.errors import UsageError


@app.command()
def deals(
    query: options.Queried = None,
    limit: options.Limit = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """List the deals of the register, or those that meet a query.

    Who, what, how many ordered and delivered, how much, where it stands, how many independent sources say so.
    Queries are those of `fta search`.

    \b
    Examples:
      fta deals
      fta deals recipient:IN equipment:rifle
      fta deals sort:-told --limit 20
      fta deals --register rifles.db --as-of 2024-01-31 --json
    """
    from followthearms.cli import listing
    from followthearms.cli.search import query_of
    from followthearms.cli.stored import Asked

    listing.print_deals(Asked(register, as_of, as_json), query_of(query or []), limit)


@app.command()
def show(
    deal: Annotated[str, typer.Argument(metavar="DEAL", help="The id of a deal, or the beginning of it.")],
    why: Annotated[bool, typer.Option("--why", help="Show too why its claims are one deal.")] = False,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """Show one deal in full.

    Its facts, its timeline with the quoted words, who plays which part, and where its reports differ. An id that a deal
    once had leads to the deal in which its first claim is now.

    \b
    Examples:
      fta show d3f2a
      fta show d3f2a --why
      fta show d3f2a --json
    """
    from followthearms.cli import listing
    from followthearms.cli.stored import Asked

    listing.print_deal(Asked(register, as_of, as_json), deal, why)


@app.command()
def claims(
    query: options.Queried = None,
    limit: options.Limit = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """List the claims with their words, or those that meet a query.

    \b
    Examples:
      fta claims
      fta claims kind:refusal
      fta claims equipment:rifle after:2019 --limit 50
    """
    from followthearms.cli import listing
    from followthearms.cli.search import query_of
    from followthearms.cli.stored import Asked

    listing.print_claims(Asked(register, as_of, as_json), query_of(query or []), limit)


@app.command()
def contradictions(
    query: options.Queried = None,
    consistency: Annotated[
        DifferenceClass | None, typer.Option("--class", help="Only those that are of this class.")
    ] = None,
    topic: Annotated[DifferenceTopic | None, typer.Option("--topic", help="Only those about this.")] = None,
    limit: options.Limit = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """List where reports of one deal differ, of all deals or of those that meet a query.

    Both sides with their words; those first where one side must be wrong.

    \b
    Examples:
      fta contradictions
      fta contradictions recipient:IN contradiction:open
      fta contradictions --class conflicting --topic quantity
      fta contradictions --json
    """
    from followthearms.cli import listing
    from followthearms.cli.search import query_of
    from followthearms.cli.stored import Asked
    from followthearms.model import Consistency, Topic

    listing.print_contradictions(
        Asked(register, as_of, as_json),
        query_of(query or []),
        Consistency(consistency.value) if consistency else None,
        Topic(topic.value) if topic else None,
        limit,
    )


@app.command()
def export(
    query: options.Queried = None,
    format: Annotated[
        ExportFormat, typer.Option("--format", "-f", metavar="csv|jsonl|log", help="What to write.")
    ] = ExportFormat.CSV,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    table: Annotated[
        CsvTable, typer.Option("--table", metavar="claims|deals", help="The rows of a CSV.")
    ] = CsvTable.CLAIMS,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = "-",
) -> None:
    """Write the register, or what meets a query, as CSV or JSON lines.

    CSV has one row for each claim, or each deal; jsonl is the claim format, one document a line; log is all that was
    ever added and decided, with its times, for `fta import` into an empty register: it is always whole.

    \b
    Examples:
      fta export --format csv > claims.csv
      fta export recipient:IN --format csv --table deals -o deals.csv
      fta export --format jsonl -o documents.jsonl
      fta export --format log -o register.log.jsonl
    """
    from followthearms.cli import listing, snapshots
    from followthearms.cli.search import query_of
    from followthearms.cli.stored import Asked

    asked = Asked(register, as_of)
    match format:
        case ExportFormat.JSONL:
            listing.export_lines(asked, query_of(query or []), output)
        case ExportFormat.CSV:
            listing.export_csv(asked, query_of(query or []), table, output)
        case ExportFormat.LOG if query or as_of:
            raise UsageError("the log is written whole; leave out the query and --as-of")
        case ExportFormat.LOG:
            snapshots.export_log(register, output)
