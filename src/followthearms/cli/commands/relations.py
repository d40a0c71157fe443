"""Commands about who and what the register names: relations, entities, sources."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app


@app.command()
def relations(
    left: Annotated[str, typer.Argument(metavar="STATE", help="A state, body or group, by code or name.")],
    right: Annotated[str, typer.Argument(metavar="STATE", help="The other one.")],
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    rows: Annotated[int, typer.Option("--rows", min=1, metavar="N", help="Rows to show of each section.")] = 20,
    as_json: options.Json = False,
) -> None:
    """Show everything between two states.

    Transfers either way, licensed production, embargoes, refusals, contacts, cooperation, trade figures over time, and
    the people and places that are named.

    \b
    Examples:
      fta relations RU IN
      fta relations Russia India --json
    """
    from followthearms.cli import relations as asking

    asking.print_relations(left, right, asking.Asked(register, as_of, rows, as_json))


@app.command()
def entities(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", show_default=False, help="An id or a name; all if absent.")
    ] = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only these: state, company, person, place, …")
    ] = None,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="Only names that no table knows, for review.")
    ] = False,
    rows: Annotated[int, typer.Option("--rows", min=1, metavar="N", help="Rows to show.")] = 100,
    as_json: options.Json = False,
) -> None:
    """List who and what the claims name.

    Names that no table knows come first, the most named on top: merge them by decision, or leave them. With the name or
    id of one, shows what is known of it and the claims that name it.

    \b
    Examples:
      fta entities --provisional
      fta entities --kind company
      fta entities company:ROSOBORONEXPORT
    """
    from followthearms.cli import relations as asking

    if name is None:
        asking.print_entities(kind, provisional, asking.Asked(register, as_of, rows, as_json))
    else:
        asking.print_entity(name, asking.Asked(register, as_of, rows, as_json))


@app.command()
def sources(register: options.RegisterPlace = None, as_of: options.AsOf = None, as_json: options.Json = False) -> None:
    """List the outlets and publishers.

    What each is, how many documents and stories come from it and over which time, how many claims cite it, and the
    grade that an analyst gave it.

    \b
    Examples:
      fta sources
      fta sources --json
    """
    from followthearms.cli import relations as asking

    asking.print_sources(asking.Asked(register, as_of, 0, as_json))
