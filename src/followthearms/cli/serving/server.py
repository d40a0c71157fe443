"""`fta serve`: the register in a browser. The only module of the command line that knows the web application."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from followthearms.config import settings
from followthearms.errors import UsageError
from followthearms.web.server import Place, Team, serve


@dataclass(frozen=True)
class Asked:
    """The options of the command. Those of a team are `names`, `certificate`, `key` and `proxies`."""

    host: str
    port: int
    is_team: bool
    names: tuple[str, ...] = ()
    certificate: str | None = None
    key: str | None = None
    proxies: tuple[str, ...] = ()

    def place(self) -> Place:
        """Where it listens. Raises UsageError for options that only a team needs."""
        team = Team(self.names, self.certificate, self.key, self.proxies)
        if not self.is_team and team != Team():
            raise UsageError("--name, --certificate, --key and --proxy are for a team; give --team too")
        return Place(self.host, self.port, team if self.is_team else None)


def run(register: str | None, asked: Asked, browse: bool) -> None:
    """Serve the register until the user stops it."""
    serve(register or settings().register_place, asked.place(), on_start=_say, browse=browse)


def _say(address: str) -> None:
    typer.echo(f"The register is at {address}  (stop with Ctrl+C)")
