"""The command that searches the register."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app


@app.command()
def search(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", show_default=False, help="Words, phrases and filters; all if absent."),
    ] = None,
    deals: Annotated[bool, typer.Option("--deals", help="Find deals. This is the default.")] = False,
    claims: Annotated[bool, typer.Option("--claims", help="Find claims.")] = False,
    documents: Annotated[bool, typer.Option("--documents", help="Find documents.")] = False,
    sort: Annotated[
        str | None, typer.Option("--sort", metavar="KEY", help="The same as sort:KEY in the query; -KEY is falling.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="Rows to show, at most 1000.")] = 20,
    after: Annotated[str | None, typer.Option("--after", metavar="PLACE", help="Go on after a former page.")] = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """Find deals, claims or documents.

    By words of the texts, by phrases in quotes, and by filters: party, supplier, recipient, equipment (with all that is
    a kind of it), status, kind, date, source and more. A minus before any of them excludes. Put the whole in single
    quotes, so that the shell leaves it alone; if it begins with a minus, put -- before it.

    \b
    Examples:
      fta search 'supplier:RU equipment:AK-203 "joint venture"'
      fta search 'recipient:IN,PK -status:delivered after:2019 sort:-told'
      fta search --claims 'kind:refusal equipment:rifle'
      fta search --documents 'embarg* source:TASS' --json
      fta search -- '-supplier:US recipient:IN'
    """
    from followthearms.cli import search as searching
    from followthearms.model.filters import Target

    flags = {Target.DEALS: deals, Target.CLAIMS: claims, Target.DOCUMENTS: documents}
    target, asked = searching.target_of(flags), searching.query_of(query or [], sort)
    searching.print_found(register, asked, target, limit=limit, after=after, as_of=as_of, as_json=as_json)
