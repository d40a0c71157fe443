"""Commands that open the register to a browser and to those who share it: serve, users."""

from __future__ import annotations

from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app


@app.command()
def serve(
    register: options.RegisterPlace = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="PORT", help="Where it listens; 0 takes a free one.")
    ] = 8000,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="The address it listens on; with --team also one of a network."),
    ] = "127.0.0.1",
    browse: Annotated[bool, typer.Option("--open", help="Open a browser there.")] = False,
    team: Annotated[bool, typer.Option("--team", help="For those who have an account: see `fta users`.")] = False,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOSTNAME", help="A host name by which a team reaches it; may be repeated."),
    ] = None,
    certificate: Annotated[
        str | None, typer.Option("--certificate", metavar="FILE", help="Its TLS certificate, in PEM.")
    ] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="FILE", help="The certificate's key, in PEM.")] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy", metavar="ADDRESS", help="A proxy that may say where a request comes from; may be repeated."
        ),
    ] = None,
) -> None:
    """Show the register in a browser.

    Every cell opens on the sentence that it was read from. It fetches nothing. It listens on this machine alone, where
    nobody logs in, or serves a team with accounts.

    \b
    Examples:
      fta serve
      fta serve --register rifles.db --port 8080 --open
      fta serve --team
      fta serve --team --host 0.0.0.0 --name register.example.org --certificate site.pem --key site.key
    """
    from followthearms.cli.serving import server

    asked = server.Asked(host, port, team, tuple(name or ()), certificate, key, tuple(proxy or ()))
    server.run(register, asked, browse)


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
    from followthearms.cli.serving import accounts

    accounts.add(name, role.value, register)


@users.command("list")
def list_(register: options.RegisterPlace = None, as_json: options.Json = False) -> None:
    """List the accounts: who, which role, since when.

    \b
    Examples:
      fta users list
    """
    from followthearms.cli.serving import accounts
    from followthearms.cli.stored import Asked

    accounts.print_all(Asked(register, as_json=as_json))


@users.command()
def role(name: Name, role: RoleName, register: options.RegisterPlace = None) -> None:
    """Change what an account may do. It has to log in again.

    \b
    Examples:
      fta users role Ben editor
    """
    from followthearms.cli.serving import accounts

    accounts.set_role(name, role.value, register)


@users.command()
def password(name: Name, register: options.RegisterPlace = None) -> None:
    """Give an account a new password. It is logged out everywhere.

    \b
    Examples:
      fta users password Ben
    """
    from followthearms.cli.serving import accounts

    accounts.set_password(name, register)


@users.command()
def disable(name: Name, register: options.RegisterPlace = None) -> None:
    """Close an account: it is logged out at once, and can log in no more. What it decided stands.

    \b
    Examples:
      fta users disable Ben
    """
    from followthearms.cli.serving import accounts

    accounts.set_active(name, False, register)


@users.command()
def enable(name: Name, register: options.RegisterPlace = None) -> None:
    """Open a closed account again.

    \b
    Examples:
      fta users enable Ben
    """
    from followthearms.cli.serving import accounts

    accounts.set_active(name, True, register)
