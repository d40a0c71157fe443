"""Where what visitors give is read: by a process of its own, so that the pages answer meanwhile.

Invariant: a text that hangs or kills the reading process is the fault of that text alone, as in any run.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError

from followthearms.engine.inputs import Input, chunked
from followthearms.engine.stages import Plan, Result
from followthearms.engine.workers import Limits, Pool
from followthearms.errors import FollowTheArmsError
from followthearms.exchange.words import one_line
from followthearms.web.adding.given import Inputs
from followthearms.web.adding.trays import Met, State, Tray, Trays

LOG = logging.getLogger(__name__)
SECONDS = 120
"""What reading one input may take while somebody waits for it."""

PLAN = Plan()
"""How it is read: as `fta add` does without options."""


class Desk:
    """Reads what is given, in the order in which it came, and keeps it in trays."""

    def __init__(self) -> None:
        self.trays = Trays()
        self._pool: Pool | None = None
        self._lock = threading.Lock()

    def read(self, owner: str, given: str, inputs: Inputs) -> Tray:
        """Begin to read inputs for a visitor; `inputs` is called where it may take its time."""
        tray = Tray(owner, given)
        self.trays.put(tray)
        threading.Thread(target=self._fill, args=(tray, inputs), name="fta-desk", daemon=True).start()
        return tray

    def close(self) -> None:
        """End the process that reads."""
        with self._lock:
            if self._pool:
                self._pool.__exit__(None, None, None)
                self._pool = None

    def _fill(self, tray: Tray, inputs: Inputs) -> None:
        try:
            given = list(inputs())
            tray.expected = len(given)
            for chunk, results in self._running().map(_alone_first(given)):
                tray.met += [_met(chunk[result.place], result) for result in results]
                tray.done += len(chunk)
            tray.state = State.READ
        except FollowTheArmsError as error:
            tray.problem, tray.state = one_line(str(error)), State.STOPPED
        except CancelledError:  # the application ends, and nobody asks any more
            tray.state = State.STOPPED
        except Exception:
            LOG.exception("reading what %s gave", tray.owner)
            tray.problem = "The fault is ours, not yours; what happened stands in the log of the server."
            tray.state = State.STOPPED

    def _running(self) -> Pool:
        with self._lock:
            if self._pool is None:
                self._pool = Pool(1, PLAN, Limits(seconds=SECONDS)).__enter__()
            return self._pool


def _alone_first(given: Sequence[Input]) -> Iterator[tuple[Sequence[Input], Sequence[Input]]]:
    """The first input by itself, as somebody waits to see it; the others some at a time."""
    for chunk in (given[:1], *chunked(given[1:])):
        yield chunk, chunk


def _met(source: Input, result: Result) -> Met:
    return Met(source.address, source.raw_hash, result)
