"""The commands of `fta`: names, options and help, one module for each concern, in the order of `fta --help`.

The work is in the modules beside this package; they are imported by the command that needs them, so that `fta --help`
does not wait for a parser.
"""

# ruff: noqa: I001 - importing a module declares its commands, so that the order here is that of `fta --help`
from followthearms.cli.app import app
from followthearms.cli.commands import reading
from followthearms.cli.commands import running
from followthearms.cli.commands import register
from followthearms.cli.commands import watching
from followthearms.cli.commands import search
from followthearms.cli.commands import relations
from followthearms.cli.commands import decisions
from followthearms.cli.commands import snapshots
from followthearms.cli.commands import serving
from followthearms.cli.commands import users
from followthearms.cli.commands import measuring

__all__ = [
    "app",
    "decisions",
    "measuring",
    "reading",
    "register",
    "relations",
    "running",
    "search",
    "serving",
    "snapshots",
    "users",
    "watching",
]
