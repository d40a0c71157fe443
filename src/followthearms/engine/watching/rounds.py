"""Round after round: reading what is new, finding what is news in it, telling it.

Invariant: what a round reads is in the register before it is news, and what is news is in the state before it is told;
a round that is killed in between is made up for by the next one.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from followthearms.engine.adding import keep
from followthearms.engine.inputs import chunked
from followthearms.engine.running import Hands, read_chunks
from followthearms.engine.stages import Plan
from followthearms.engine.watching.channels import Channel
from followthearms.engine.watching.news import news_of
from followthearms.engine.watching.sources import Place, Search
from followthearms.engine.watching.state import State
from followthearms.errors import DeliveryError, InputError
from followthearms.model.fates import Fate
from followthearms.model.notices import Matter
from followthearms.register import Register
from followthearms.register.watching import Look, Mark
from followthearms.sources.fetch import Fetcher, FetchOptions

GIVEN = "fta watch"
"""What the journal says of where the inputs come from."""
_AT_FAULT = (Fate.UNREADABLE, Fate.QUARANTINED)


@dataclass(frozen=True)
class Round:
    """What came of a round: inputs that were read, pieces of news, whether any is of what could not be read, and what
    could not be delivered and could be before. `is_anew`: what was known was of another register, or linked by another
    version."""

    inputs: int
    news: int
    has_unread: bool
    undelivered: tuple[DeliveryError, ...] = ()
    is_anew: bool = False


@dataclass
class Watcher:
    """Watches some places for a register. `is_over` is asked before each input whether to end the round with it."""

    register: Register
    state: State
    watched: Sequence[Place]
    channels: Sequence[Channel]
    every: dt.timedelta
    plan: Plan = field(default_factory=Plan)
    hands: Hands = field(default_factory=Hands)
    fetching: FetchOptions = field(default_factory=FetchOptions)
    is_over: Callable[[], bool] = lambda: False
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    _failing: set[str] = field(default_factory=set)

    def round(self) -> Round:
        """One round."""
        mark, is_anew = self._mark()
        self.state.join([channel.name for channel in self.channels])
        now = self.clock()
        with Fetcher(self.fetching) as fetcher:
            search = Search(
                self.state, self.register.watching, self.plan.options, fetcher, now, self.every, self.is_over
            )
            read = self._read(search)
        look = self.register.watching.since(mark, self.state.rows(), self.state.lines)
        news = news_of(look, [*search.told, *self._failures(mark, look)])
        self.state.end_round(look, search.learnt, news, now)
        has_unread = any(one.matter is Matter.UNREAD for one in news)
        return Round(read, len(news), has_unread, tuple(self._deliver()), is_anew)

    def _mark(self) -> tuple[Mark, bool]:
        """How far the register is known. What another version of the program links otherwise is no news of the world,
        nor is another register, so that it is taken for known then, as it is at the first time."""
        mark = self.state.mark
        if mark and mark.leads_to(self.register.watching.mark()):
            return mark, False
        first = self.register.watching.first()
        self.state.begin(first)
        return first.mark, mark is not None

    def _read(self, search: Search) -> int:
        """Read what is new into the register; how many inputs that were."""
        number = 0
        chunks = ((chunk, chunk) for chunk in chunked(search.inputs(self.watched)))
        for chunk, results in read_chunks(chunks, self.plan, self.hands):
            met = [(chunk[one.place].address, chunk[one.place].raw_hash, one) for one in results]
            keep(self.register, self.plan, GIVEN, met)
            number += len(chunk)
        return number

    def _failures(self, mark: Mark, look: Look) -> Iterator[InputError]:
        """What the journal has of inputs that could not be read since a mark."""
        for number, entry in self.register.intake.failures(_AT_FAULT, after=mark.entry):
            if number <= look.mark.entry:
                yield InputError(entry.address, entry.reason or "", entry.remedy or "")

    def _deliver(self) -> Iterator[DeliveryError]:
        """Tell each channel what it was not told yet; failures when they begin."""
        for channel in self.channels:
            try:
                for number, notices in self.state.untold(channel.name):
                    channel.tell(notices)
                    self.state.told(channel.name, number)
                self._failing.discard(channel.name)
            except DeliveryError as error:
                if channel.name not in self._failing:
                    self._failing.add(channel.name)
                    yield error


def keep_watching(watcher: Watcher, stopped: threading.Event, on_round: Callable[[Round], None]) -> None:
    """Round after round, one at each interval or as soon as the one before is done, until it is stopped."""
    while not stopped.is_set():
        begun = time.monotonic()
        on_round(watcher.round())
        stopped.wait(max(0.0, watcher.every.total_seconds() - (time.monotonic() - begun)))
