"""The command line as Typer declares it: what stands before any command. The commands are in the rooms beside it."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from followthearms.errors import FollowTheArmsError, InputError

_PYDANTIC = "Value error, "
"""What Typer leaves of the words of Pydantic before its own."""


class Doors(TyperGroup):
    """The group of commands: an error that the package raises on purpose becomes one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # a context of Click, which newer Typers bring along under another name
        """Run a command."""
        try:
            return super().invoke(ctx)
        except FollowTheArmsError as error:
            from followthearms.cli.console import complain

            complain(error)
            raise typer.Exit(1 if isinstance(error, InputError) else 2) from error
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(_PYDANTIC)
            raise


app = typer.Typer(
    name="fta",
    cls=Doors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Follow the Arms: an evidence-first register of arms transfers, read out of news articles.\n\n"
    "A claim is what one text says: reported, not proven. Silence is not evidence of no transfer.",
    epilog="Exit codes: 0 all went well; 1 some input could not be read (the rest was); 2 the command could not be "
    "carried out.",
)


def _version(is_wanted: bool) -> None:
    if is_wanted:
        import followthearms

        typer.echo(f"fta {followthearms.__version__}")
        raise typer.Exit


@app.callback()
def _fta(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Hold the options that stand before any command."""
