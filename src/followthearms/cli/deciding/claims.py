"""`fta decide`, and those of its commands that rule on claims: accept, reject, correct, claim, claims."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from followthearms.cli import options
from followthearms.cli.app import app

decide = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Rule on claims, deals, entities, sources and contradictions.\n\n"
    "Nothing is overwritten: each decision is kept with who, when and why, and `fta undo` takes it back.",
)
app.add_typer(decide, name="decide")

Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why.")]
Claims = Annotated[list[str], typer.Argument(metavar="CLAIM", help="Ids of claims, or the beginnings of them.")]


@decide.command()
def accept(claims: Claims, register: options.RegisterPlace = None, by: options.By = None, why: Why = "") -> None:
    """Say that claims are as their texts have them.

    \b
    Examples:
      fta decide accept c3f2a
      fta decide accept c3f2a c81d0 --why "checked against the annex"
    """
    from followthearms.cli.deciding import decisions

    decisions.accept(claims, decisions.Desk(register, by, why))


@decide.command()
def reject(claims: Claims, register: options.RegisterPlace = None, by: options.By = None, why: Why = "") -> None:
    """Say that texts make no such claims.

    They are kept, and are part of no deal.

    \b
    Examples:
      fta decide reject c3f2a --why "the text is about tourism"
    """
    from followthearms.cli.deciding import decisions

    decisions.reject(claims, decisions.Desk(register, by, why))


@decide.command()
def correct(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The id of a claim, or the beginning of it.")],
    slot: Annotated[str, typer.Argument(metavar="SLOT", help="supplier, recipient, equipment, quantity, date, …")],
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="VALUE", show_default=False, help="Words of the text=what they mean."),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="The text tells nothing of it.")] = False,
    item: Annotated[
        str | None, typer.Option("--item", metavar="WORDS", help="Which item of the equipment a quantity is of.")
    ] = None,
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Correct a slot of a claim.

    The words must stand in the text, and are looked for in the evidence first, then nearest to it; words that stand
    there several times are listed with their places, to choose from as in "Moscow@123=RU". What the machine read is
    kept beside the correction.

    \b
    Examples:
      fta decide correct c3f2a supplier "Moscow=RU"
      fta decide correct c3f2a supplier "Moscow=RU" "Minsk=BY"
      fta decide correct c3f2a equipment "AK-203 rifles=AK-203/assault rifle"
      fta decide correct c3f2a quantity "dozens=24/over" --item "AK-203"
      fta decide correct c3f2a value "$2 billion=2000000000 USD/about"
      fta decide correct c3f2a date "last October=2018-10-01..2018-10-31"
      fta decide correct c3f2a kind delivery
      fta decide correct c3f2a negated yes
      fta decide correct c3f2a place --empty
    """
    from followthearms.cli.deciding import decisions

    decisions.correct(claim, slot, values or [], decisions.Typed(empty, item), decisions.Desk(register, by, why))


def _words(text: str) -> Any:
    """An option that quotes the text."""
    return typer.Option(metavar="WORDS", show_default=False, help=text)


@decide.command()
def claim(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The id of a document, or the beginning of it.")],
    kind: Annotated[
        list[str], typer.Option(metavar="KIND", help="What the text reports, as in the codebook; the best first.")
    ],
    trigger: Annotated[str, _words("The words that show it.")],
    evidence: Annotated[str | None, _words("The clause with them. Default: their sentence.")] = None,
    supplier: Annotated[list[str] | None, _words("Who gives, or would give.")] = None,
    recipient: Annotated[list[str] | None, _words("Who gets, or would get.")] = None,
    actor: Annotated[list[str] | None, _words("Who acts and is neither.")] = None,
    parties: Annotated[list[str] | None, _words("Who takes part, where nobody gives or gets.")] = None,
    equipment: Annotated[list[str] | None, _words("An item.")] = None,
    quantity: Annotated[list[str] | None, _words("How many of the first item, then of the second, ...")] = None,
    value: Annotated[str | None, _words("The sum of money.")] = None,
    date: Annotated[str | None, _words("When it happened, or is due.")] = None,
    place: Annotated[str | None, _words("Where.")] = None,
    company: Annotated[list[str] | None, _words("A firm, agency or plant that takes part.")] = None,
    persons: Annotated[list[str] | None, _words("An official who takes part.")] = None,
    speaker: Annotated[list[str] | None, _words("Whom the text credits with it.")] = None,
    medium: Annotated[str | None, _words("The outlet through which it came.")] = None,
    modality: Annotated[
        str | None, typer.Option(metavar="MODALITY", show_default="actual", help="How firmly the text says it.")
    ] = None,
    negated: Annotated[
        bool, typer.Option("--negated", help="The text says that it did not or will not happen.")
    ] = False,
    disputed: Annotated[bool, typer.Option("--disputed", help="The text has somebody deny it, or doubts it.")] = False,
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Add a claim that the text makes and the program did not read.

    Quote the words of the text, in the slots of the codebook; repeat an option for several. What they mean is found by
    the program's own names, or written behind them as for `fta decide correct`: "Paris=FR". Words that stand in the
    text several times are listed with their places, to choose from as in "France@123". The claim stands in place of
    what the program reads, now or later, as the same.

    \b
    Examples:
      fta decide claim d3f2a --kind agreement --trigger "agreed to sell" --supplier France --recipient Indonesia \\
        --equipment Rafale --quantity 42
      fta decide claim d3f2a --kind delivery --kind supply --trigger "due to arrive" --modality planned \\
        --equipment "jets=Rafale/fighter aircraft" --date "in May=2023-05-01..2023-05-31"
    """
    from followthearms.cli.deciding import decisions

    flags = {"negated": ["yes"] * negated, "disputed": ["yes"] * disputed}
    single = {"trigger": trigger, "evidence": evidence, "value": value, "date": date, "place": place, "medium": medium}
    several = {"supplier": supplier, "recipient": recipient, "actor": actor, "parties": parties, "company": company}
    several |= {"persons": persons, "speaker": speaker, "equipment": equipment, "quantity": quantity, "kind": kind}
    given = {name: [one] for name, one in (single | {"modality": modality}).items() if one is not None}
    given |= {name: list(some) for name, some in (several | flags).items() if some}
    decisions.claim(document, given, decisions.Desk(register, by, why))


@decide.command()
def claims(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A table with a row for each claim, as .csv.")],
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=NAME", help="The column that holds a field, as in evidence=Source."),
    ] = None,
    encoding: options.Encoding = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and store nothing.")] = False,
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Add the claims of a table of yours: all of them, or none and what is wrong with which row.

    Each row quotes a text of the register to the letter in the column `evidence`, and in `kind`, `trigger`, `supplier`,
    `recipient`, `equipment`, … what `fta decide claim` takes, with ; between several. The text is found by the
    quotation; `document` or `url` says which where several have it, `why` is the reason. What stands already is not
    added again.

    \b
    Examples:
      fta decide claims transfers.csv --dry-run
      fta decide claims transfers.csv --column evidence=Source --column kind=Status --why "our files of 2023"
    """
    from followthearms.cli.deciding import decisions, tables
    from followthearms.exchange.claim_rows import stated_fields

    if not tables.claims(table, stated_fields(column or ()), encoding, dry_run, decisions.Desk(register, by, why)):
        raise typer.Exit(2)
