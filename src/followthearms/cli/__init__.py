"""The command `fta`: a door. It reads options, calls a layer below and prints; it holds no logic of its own.

Exit codes: 0 all went well; 1 some input could not be read (the rest was); 2 the command could not be carried out:
a wrong option, no such deal, a register that cannot be opened. Results go to the standard output; errors, one line
each, and progress to the standard error.
"""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run `fta` with the arguments of the process."""
    from followthearms.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name or a quote must never end a run on a small code page
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="fta")
