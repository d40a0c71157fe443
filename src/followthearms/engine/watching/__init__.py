"""Reading again and again what is new at some places, and telling what is news in it.

Invariant: each piece of news is told once to each channel, however often the process is killed; a letter alone may be
sent a second time, under the same Message-ID, if the process is killed between sending it and noting that.
"""

from followthearms.engine.watching.channels import AtomFile, Channel, LinesFile
from followthearms.engine.watching.mail import Mail
from followthearms.engine.watching.rounds import Round, Watcher, keep_watching
from followthearms.engine.watching.sources import Place, places
from followthearms.engine.watching.state import State

__all__ = [
    "AtomFile",
    "Channel",
    "LinesFile",
    "Mail",
    "Place",
    "Round",
    "State",
    "Watcher",
    "keep_watching",
    "places",
]
