"""Commands about the register's past: snapshot, diff, corrections."""

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
    from followthearms.cli.past import snapshots
    from followthearms.cli.stored import Asked

    if listed or name is None:
        snapshots.print_snapshots(Asked(register, as_json=as_json), name, note, listed)
    else:
        snapshots.take(Asked(register, as_json=as_json), name, note, by)


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
    from followthearms.cli.past import snapshots
    from followthearms.cli.stored import Asked

    snapshots.print_changes(Asked(register, as_of, as_json), left, right)


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
    from followthearms.cli.past import snapshots
    from followthearms.cli.stored import Asked

    snapshots.print_corrections(Asked(register, as_of, as_json), since)
