"""Commands about the register's past: snapshot, diff, corrections; and import, which brings it from elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app


@app.command()
def snapshot(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", show_default=False, help="Of letters, digits, '.', '_' and '-'.")
    ] = None,
    register: options.RegisterPlace = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What it was taken for.")] = "",
    by: options.By = None,
    listed: Annotated[bool, typer.Option("--list", help="List the snapshots instead of taking one.")] = False,
    as_json: options.Json = False,
) -> None:
    """Freeze the deals under a name.

    A name is given once and for all. Prints a line to cite, with a hash of the content: two registers with the same
    deals have the same.

    \b
    Examples:
      fta snapshot 2026-q1 --note "for the annual report"
      fta snapshot --list
    """
    from followthearms.cli import snapshots

    if listed or name is None:
        snapshots.print_snapshots(register, name, note, listed, as_json)
    else:
        snapshots.take(register, name, note, by, as_json)


@app.command()
def diff(
    left: Annotated[str, typer.Argument(metavar="SNAPSHOT", help="The earlier one.")],
    right: Annotated[
        str,
        typer.Argument(metavar="SNAPSHOT", show_default=False, help="The later one; the register now, if absent."),
    ] = "now",
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """Show what has changed between two snapshots, and why.

    Deals that are new, gone or changed, field by field, each with the claims or the decision that brought it about.

    \b
    Examples:
      fta diff 2026-q1
      fta diff 2026-q1 2026-q2 --json
      fta diff 2026-q1 --as-of 2026-05-01
    """
    from followthearms.cli import snapshots

    snapshots.print_changes(register, as_of, left, right, as_json)


@app.command()
def corrections(
    register: options.RegisterPlace = None,
    since: Annotated[
        dt.date | None, typer.Option("--since", parser=options.day, metavar="DAY", help="Only from this day on (UTC).")
    ] = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """List every decision that changed what is published.

    In the order in which they were made: what was read, what it was corrected to, by whom and why.

    \b
    Examples:
      fta corrections
      fta corrections --since 2026-01-01 --json
    """
    from followthearms.cli import snapshots

    snapshots.print_corrections(register, as_of, since, as_json)


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
    from followthearms.cli import snapshots

    if not snapshots.import_all(register, files, set_aside):
        raise typer.Exit(2)
