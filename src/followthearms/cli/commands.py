"""The commands of `fta`, room by room, in the order of `fta --help`.

In a room, `commands` holds names, options and help, and the other modules the work: a command imports them when it is
called, so that `fta --help` does not wait for a parser.
"""

# ruff: noqa: I001 - importing a module declares its commands, so that the order here is that of `fta --help`
from followthearms.cli.app import app
from followthearms.cli.reading import commands as reading
from followthearms.cli.asking import commands as asking
from followthearms.cli.exchange import commands as exchange
from followthearms.cli.deciding import commands as deciding
from followthearms.cli.past import commands as past
from followthearms.cli.serving import commands as serving
from followthearms.cli.measuring import commands as measuring

__all__ = ["app", "asking", "deciding", "exchange", "measuring", "past", "reading", "serving"]
