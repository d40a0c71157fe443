"""The command that opens the register in a browser: serve."""

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
    from followthearms.cli import serving

    asked = serving.Asked(host, port, team, tuple(name or ()), certificate, key, tuple(proxy or ()))
    serving.run(register, asked, browse)
