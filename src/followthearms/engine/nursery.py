"""What workers need is loaded where this is imported: in the process that they are forked from.

Invariant: that process runs one thread, and holds no file or connection of the one that reads.
"""

from __future__ import annotations

import contextlib
import gc
import signal

from followthearms.engine import served
from followthearms.engine.stages import Plan, read_inputs
from followthearms.errors import FollowTheArmsError

served.keep_to_one_thread()
_before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that reads, which ends us
with contextlib.suppress(FollowTheArmsError):  # each worker meets it again, and tells it
    list(read_inputs([served.EXAMPLE], Plan()))
signal.signal(signal.SIGINT, _before)
gc.freeze()  # else the first collection in each worker makes it a copy of nearly all
