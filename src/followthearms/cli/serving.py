"""`fta serve`: the register in a browser. The only module of the command line that knows the web application."""

from __future__ import annotations

import typer

from followthearms.config import settings
from followthearms.web.server import serve


def run(register: str | None, host: str, port: int, browse: bool) -> None:
    """Serve the register until the user stops it."""
    serve(register or settings().register_place, host, port, on_start=_say, browse=browse)


def _say(address: str) -> None:
    typer.echo(f"The register is at {address}  (stop with Ctrl+C)")
