"""A register with a watch of some places, and what stands there to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

from followthearms.engine import Plan
from followthearms.engine.stages import Screening
from followthearms.engine.watching import (
    Channel,
    Round,
    State,
    Watcher,
    places,
)
from followthearms.exchange.notices import title
from followthearms.model import Voice
from followthearms.model.notices import Matter, Notice
from followthearms.register import Register
from followthearms.sources.fetch import FetchOptions
from tests.sources.servers import answer

PLAN = Plan(voices=frozenset({Voice.FRAME}), screens=Screening.ALL)
FETCHING = FetchOptions(allowed=(ip_network("127.0.0.0/8"),), pause=0.0, step=5.0)
EVERY = dt.timedelta(minutes=15)
HOWITZERS = "Norway delivered 22 howitzers to Latvia in May 2023, the ministry in Oslo said."
RIFLES = "India ordered 600 AK-203 rifles from Russia on 4 March 2019, the ministry in Delhi said."
MORE = "India ordered 700 AK-203 rifles from Russia on 4 March 2019, the ministry in Moscow said."
RAIN = "It rained on Monday, and it is going to rain on Tuesday as well, the forecasters said."


@dataclass
class Collected:
    """A channel that keeps what it is told."""

    name: str = "collected"
    told: list[Notice] = field(default_factory=list)
    stops: BaseException | None = None

    def tell(self, notices: Sequence[Notice]) -> None:
        if self.stops:
            raise self.stops
        self.told += notices

    def take(self) -> list[tuple[Matter, str]]:
        """What was told since it was last asked."""
        found = [(one.news.matter, title(one)) for one in self.told]
        self.told.clear()
        return found


@dataclass
class Desk:
    """A register with a watch of some places, whose clock goes forward by an interval after each round."""

    folder: Path
    register: Register
    collected: Collected = field(default_factory=Collected)
    now: dt.datetime = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    is_over: Callable[[], bool] = lambda: False

    def round(self, *given: str | Path, channels: Sequence[Channel] = ()) -> Round:
        """A round of a process that was started for it."""
        with State.open(self.folder / "state", self.now) as state:
            return self.watcher(state, *given, channels=channels).round()

    def watcher(self, state: State, *given: str | Path, channels: Sequence[Channel] = ()) -> Watcher:
        return Watcher(
            self.register,
            state,
            places(map(str, given)),
            [self.collected, *channels],
            EVERY,
            PLAN,
            fetching=FETCHING,
            is_over=lambda: self.is_over(),
            clock=self.clock,
        )

    def clock(self) -> dt.datetime:
        self.now += EVERY
        return self.now


def feed(*paths: str, **headers: str) -> bytes:
    items = "".join(f"<item><title>News</title><link>{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'
    return answer(body.encode(), Content_Type="application/rss+xml", **headers)


def page(*sentences: str, date: str = "") -> bytes:
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    head = f'<title>News</title><meta property="article:published_time" content="{date}">'
    html = f"<html><head>{head}</head><body><article><h1>News</h1>{text}</article></body></html>"
    return answer(html.encode(), Content_Type="text/html; charset=utf-8")
