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
        str, typer.Option("--host", metavar="ADDRESS", help="An address of this machine alone: 127.0.0.1, ::1.")
    ] = "127.0.0.1",
    browse: Annotated[bool, typer.Option("--open", help="Open a browser there.")] = False,
) -> None:
    """Show the register in a browser.

    Every cell opens on the sentence that it was read from. It listens on this machine alone and fetches nothing.

    \b
    Examples:
      fta serve
      fta serve --register rifles.db --port 8080 --open
    """
    from followthearms.cli import serving

    serving.run(register, host, port, browse)
