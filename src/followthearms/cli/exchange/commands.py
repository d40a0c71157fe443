"""Commands that take the register, or parts of it, to and from elsewhere: import, export."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.options import CsvTable, ExportFormat
from followthearms.errors import UsageError


@app.command("import")
def import_(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Claims (.jsonl), a folder of `fta run`, a whole log, or - for stdin."),
    ],
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Keep claims whose words are not in their text apart, as no claims.")
    ] = False,
    register: options.RegisterPlace = None,
) -> None:
    """Take in files that bring their own claims, each whole or not at all.

    A wrong span, an unknown kind, an id that means something else already, or a newer format: all that is wrong is
    told with its line, and nothing of the file is stored. A log, from `fta export --format log`, fills an empty
    register.

    \b
    Examples:
      fta import corrected.jsonl
      fta import day/ --register news.db
      fta import register.log.jsonl --register copy.db
    """
    from followthearms.cli.exchange import importing

    if not importing.import_all(register, files, set_aside):
        raise typer.Exit(2)


@app.command()
def export(
    query: options.Queried = None,
    format: Annotated[
        ExportFormat, typer.Option("--format", "-f", metavar="csv|jsonl|html|log", help="What to write.")
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
    """Write the register, or what meets a query, as CSV, JSON lines or a page.

    CSV has one row for each item of each claim, or for each deal, with the deal's id in both; jsonl is the claim
    format, one document a line; html is one page that stands alone, with the deals, the whole articles that tell of
    them, and each claim with how it stands and who decided so; log is all that was ever added and decided, with its
    times, for `fta import` into an empty register: it is always whole.

    \b
    Examples:
      fta export --format csv > claims.csv
      fta export recipient:IN --format csv --table deals -o deals.csv
      fta export --format jsonl -o documents.jsonl
      fta export supplier:RU --format html -o deals.html
      fta export --format log -o register.log.jsonl
    """
    from followthearms.cli.asking.found import query_of
    from followthearms.cli.exchange import exporting
    from followthearms.cli.stored import Asked

    asked = Asked(register, as_of)
    match format:
        case ExportFormat.JSONL:
            exporting.export_lines(asked, query_of(query or []), output)
        case ExportFormat.CSV:
            exporting.export_csv(asked, query_of(query or []), table, output)
        case ExportFormat.HTML:
            exporting.export_html(asked, query_of(query or []), output)
        case ExportFormat.LOG if query or as_of:
            raise UsageError("the log is written whole; leave out the query and --as-of")
        case ExportFormat.LOG:
            exporting.export_log(asked, output)
