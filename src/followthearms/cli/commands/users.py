"""The commands about those who share a register: users add, list, role, password, disable, enable."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app

users = typer.Typer(
    no_args_is_help=True,
    help="Give out accounts for `fta serve --team`, and take them back.\n\n"
    "A password is asked for, or read as one line from the standard input; it never stands on the command line, "
    "where other users of the machine could see it.",
)
app.add_typer(users, name="users")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
RoleName = Annotated[options.AccountRole, typer.Argument(metavar="ROLE", help="reader, analyst or editor.")]


@users.command()
def add(
    name: Name,
    role: Annotated[
        options.AccountRole, typer.Option("--role", metavar="ROLE", help="reader, analyst or editor.")
    ] = options.AccountRole.READER,
    register: options.RegisterPlace = None,
) -> None:
    """Open an account.

    Decisions will stand under its name, which can be neither changed nor given to anybody else.

    \b
    Examples:
      fta users add Ann --role editor
      pwgen 20 1 | tee first-password | fta users add Ben --role analyst
    """
    from followthearms.cli import accounts

    accounts.add(name, role.value, register)


@users.command("list")
def list_(register: options.RegisterPlace = None, as_json: options.Json = False) -> None:
    """List the accounts: who, which role, since when.

    \b
    Examples:
      fta users list
    """
    from followthearms.cli import accounts

    accounts.print_all(register, as_json)


@users.command()
def role(name: Name, role: RoleName, register: options.RegisterPlace = None) -> None:
    """Change what an account may do. It has to log in again.

    \b
    Examples:
      fta users role Ben editor
    """
    from followthearms.cli import accounts

    accounts.set_role(name, role.value, register)


@users.command()
def password(name: Name, register: options.RegisterPlace = None) -> None:
    """Give an account a new password. It is logged out everywhere.

    \b
    Examples:
      fta users password Ben
    """
    from followthearms.cli import accounts

    accounts.set_password(name, register)


@users.command()
def disable(name: Name, register: options.RegisterPlace = None) -> None:
    """Close an account: it is logged out at once, and can log in no more. What it decided stands.

    \b
    Examples:
      fta users disable Ben
    """
    from followthearms.cli import accounts

    accounts.set_active(name, False, register)


@users.command()
def enable(name: Name, register: options.RegisterPlace = None) -> None:
    """Open a closed account again.

    \b
    Examples:
      fta users enable Ben
    """
    from followthearms.cli import accounts

    accounts.set_active(name, True, register)
