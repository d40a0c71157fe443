"""Commands that ask the register: deals, show, claims, contradictions, search, relations, entities, sources."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.options import DifferenceClass, DifferenceTopic


@app.command()
def deals(
    query: options.Queried = None,
    limit: options.Limit = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """List the deals of the register, or those that meet a query.

    Who, what, how many and how many of them delivered, how much, where it stands, how many independent sources say so.
    Queries are those of `fta search`.

    \b
    Examples:
      fta deals
      fta deals recipient:IN equipment:rifle
      fta deals sort:-told --limit 20
      fta deals --register rifles.db --as-of 2024-01-31 --json
    """
    from followthearms.cli.asking import listing
    from followthearms.cli.asking.found import query_of
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
    from followthearms.cli.asking import listing
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
    from followthearms.cli.asking import listing
    from followthearms.cli.asking.found import query_of
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
    from followthearms.cli.asking import listing
    from followthearms.cli.asking.found import query_of
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
    from followthearms.cli.asking.found import query_of
    from followthearms.cli.asking.search import print_found, target_of
    from followthearms.cli.stored import Asked
    from followthearms.model.filters import Target

    target = target_of({Target.DEALS: deals, Target.CLAIMS: claims, Target.DOCUMENTS: documents})
    print_found(Asked(register, as_of, as_json), query_of(query or [], sort), target, limit, after)


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
    from followthearms.cli.asking.relations import print_relations
    from followthearms.cli.stored import Asked

    print_relations(Asked(register, as_of, as_json), left, right, rows)


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
    from followthearms.cli.asking.entities import print_entities, print_entity
    from followthearms.cli.stored import Asked

    asked = Asked(register, as_of, as_json)
    if name is None:
        print_entities(asked, kind, provisional, rows)
    else:
        print_entity(asked, name, rows)


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
    from followthearms.cli.asking.sources import print_sources
    from followthearms.cli.stored import Asked

    print_sources(Asked(register, as_of, as_json))
