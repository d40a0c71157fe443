"""The commands about accounts.

Invariant: a password is neither an option nor in anything that is printed.
"""

from __future__ import annotations

import sys

import typer

from followthearms.cli import console
from followthearms.cli.stored import Asked, opened_register
from followthearms.errors import UsageError
from followthearms.model.accounts import Account, Role


def add(name: str, role: str, place: str | None) -> None:
    """Open an account."""
    with opened_register(place) as register:
        made = register.accounts.add(name, Role(role), _password())
    _tell(made)


def print_all(asked: Asked) -> None:
    """The accounts."""
    with asked.register() as register:
        found = register.accounts.all()
    if asked.as_json:
        console.print_json(
            [{"name": a.name, "role": a.role.value, "is_active": a.is_active, "made": a.made} for a in found]
        )
        return
    for one in found:
        _tell(one)
    if not found:
        typer.echo("Nobody has an account; `fta users add NAME --role editor` opens one.", err=True)


def set_role(name: str, role: str, place: str | None) -> None:
    """Change what an account may do."""
    with opened_register(place) as register:
        _tell(register.accounts.set_role(name, Role(role)))


def set_password(name: str, place: str | None) -> None:
    """Give an account a new password."""
    with opened_register(place) as register:
        register.accounts.get(name)  # before anybody types a password for nobody
        _tell(register.accounts.set_password(name, _password()))


def set_active(name: str, is_active: bool, place: str | None) -> None:
    """Close an account, or open it again."""
    with opened_register(place) as register:
        _tell(register.accounts.set_active(name, is_active))


def _password() -> str:
    """A password: asked for twice on a terminal, else the first line of the standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UsageError("there is no password on the standard input; write it there as one line, or use a terminal")
    return line


def _tell(account: Account) -> None:
    state = account.role.value if account.is_active else f"{account.role.value}, disabled"
    typer.echo(f"{account.name}  {state}  since {account.made[:10]}")
