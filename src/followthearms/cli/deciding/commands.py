"""Commands by which analysts rule on the register: decide, undo, history."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.deciding.claims import Why, decide

Left = Annotated[str, typer.Argument(metavar="LEFT", help="The id of a deal, a claim or an entity.")]
Right = Annotated[str, typer.Argument(metavar="RIGHT", help="Another one, of the same sort.")]


@decide.command()
def merge(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Ids of deals, or of entities; the first stays.")],
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Say that deals are one, or that entities are one.

    The ids of all lead to the one from then on.

    \b
    Examples:
      fta decide merge d3f2a d81d0 --why "the second is a report of the same contract"
      fta decide merge company:ROSOBORONEXPORT company:ROSOBORONEKSPORT
    """
    from followthearms.cli.deciding import decisions

    decisions.merge(names, decisions.Desk(register, by, why))


@decide.command()
def split(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The id of a deal, or of an entity.")],
    parts: Annotated[
        list[str],
        typer.Argument(metavar="PART", help="Claims of another deal, or names of another entity."),
    ],
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Take claims out of a deal, or names from an entity.

    The claims make a deal of their own, which nothing joins unless it is decided to be the same.

    \b
    Examples:
      fta decide split d3f2a c81d0 --why "an order of another year"
      fta decide split company:HAL "HAL 9000"
    """
    from followthearms.cli.deciding import decisions

    decisions.split(name, parts, decisions.Desk(register, by, why))


@decide.command()
def same(
    left: Left, right: Right, register: options.RegisterPlace = None, by: options.By = None, why: Why = ""
) -> None:
    """Say that two deals, claims or entities are of one.

    \b
    Examples:
      fta decide same c3f2a c81d0
    """
    from followthearms.cli.deciding import decisions

    decisions.same(left, right, decisions.Desk(register, by, why))


@decide.command()
def different(
    left: Left, right: Right, register: options.RegisterPlace = None, by: options.By = None, why: Why = ""
) -> None:
    """Say that two deals, claims or entities are not of one.

    \b
    Examples:
      fta decide different c3f2a c81d0 --why "the first is for the navy"
    """
    from followthearms.cli.deciding import decisions

    decisions.different(left, right, decisions.Desk(register, by, why))


@decide.command()
def grade(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="An outlet or publisher, by any of its names.")],
    letter: Annotated[
        str,
        typer.Argument(
            metavar="GRADE",
            help="A reliable, B usually, C fairly, D not usually, E not, F cannot be judged (Admiralty code).",
        ),
    ],
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Grade the reliability of a source.

    \b
    Examples:
      fta decide grade TASS C --why "an agency of a party to the deals"
    """
    from followthearms.cli.deciding import decisions

    decisions.grade(source, letter, decisions.Desk(register, by, why))


@decide.command()
def note(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT",
            help="A deal, claim, contradiction or entity by its id; or source:NAME, document:ID, decision:ID.",
        ),
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The remark.")],
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Add a remark to anything in the register.

    \b
    Examples:
      fta decide note d3f2a "The ministry did not answer our letter."
    """
    from followthearms.cli.deciding import decisions

    decisions.note(subject, text, decisions.Desk(register, by, why))


@decide.command()
def resolve(
    contradiction: Annotated[str, typer.Argument(metavar="CONTRADICTION", help="Its id, or the beginning of it.")],
    verdict: Annotated[str, typer.Argument(metavar="left|right|both|neither", help="Which side is right.")],
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Rule on a contradiction.

    It stays visible, closed, with the ruling and its reason.

    \b
    Examples:
      fta decide resolve x3f2a right --why "the contract was published"
    """
    from followthearms.cli.deciding import decisions

    decisions.resolve(contradiction, verdict, decisions.Desk(register, by, why))


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="The id of a decision, or the beginning of it.")],
    whole: Annotated[bool, typer.Option("--whole", help="And all that was decided at once with it.")] = False,
    register: options.RegisterPlace = None,
    by: options.By = None,
    why: Why = "",
) -> None:
    """Undo a decision.

    It stays in the log, and no longer holds; to undo the undoing makes it hold again.

    \b
    Examples:
      fta undo j3f2a --why "I had misread the date"
      fta undo j3f2a --whole --why "the wrong table"
    """
    from followthearms.cli.deciding import decisions

    decisions.undo(decision, whole, decisions.Desk(register, by, why))


@app.command()
def history(
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="SUBJECT",
            show_default=False,
            help="A deal, claim, contradiction, entity or decision by its id, a source by its name; all if absent.",
        ),
    ] = None,
    register: options.RegisterPlace = None,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """List what was decided, when, by whom and why.

    Decisions that were undone, that newer ones overrule, or whose claim is no longer read are marked so.

    \b
    Examples:
      fta history
      fta history d3f2a
      fta history source:TASS --json
    """
    from followthearms.cli.deciding import decisions
    from followthearms.cli.stored import Asked

    decisions.print_history(Asked(register, as_of, as_json), subject)
