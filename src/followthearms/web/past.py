"""The register as it was known on past days, under addresses that begin with the day: /as-of/2026-01-02/deals.

Invariants: nothing is written there; and no more than `MOST` past days are in memory at once, each asked by one request
at a time, as its database has a single connection.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from followthearms.errors import RegisterError
from followthearms.register import Register
from followthearms.web import links
from followthearms.web.failures import failure

MOST = 3
"""Past days that are kept; each holds the whole log of its day in memory."""

PATIENCE = 20.0
"""Seconds that a request waits for a day to be put together; then it is told to come again, and the work goes on."""

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_CLOSED = "The past cannot be changed. Go to the page of today, and decide there."


@dataclass
class _Held:
    """A past day, being put together or ready, and how many requests are asking it or waiting for it."""

    made: Future[Register]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Past:
    """The past days of a register. Its methods run on the event loop; beside it, days are put together one by one."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._held: OrderedDict[dt.date, _Held] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, "past")

    @asynccontextmanager
    async def on(self, day: dt.date) -> AsyncIterator[Register]:
        """The register as it was known at the end of a day. Raises RegisterError if it takes too long to be made."""
        held = self._find(day)
        held.users += 1
        try:
            register = await self._made(day, held)
            async with held.turn:
                yield register
        finally:
            held.users -= 1

    def close(self) -> None:
        """Let go of all days."""
        self._worker.shutdown(cancel_futures=True)
        while self._held:
            _close(self._held.popitem()[1])

    def _find(self, day: dt.date) -> _Held:
        found = self._held.get(day)
        if found is None:
            self._make_room()
            found = self._held[day] = _Held(self._worker.submit(self._register.as_of, day))
        self._held.move_to_end(day)
        return found

    def _make_room(self) -> None:
        while len(self._held) >= MOST:
            idle = next((day for day, held in self._held.items() if held.made.done() and not held.users), None)
            if idle is None:
                raise RegisterError("several past days are being looked up at once; try again in a moment")
            _close(self._held.pop(idle))

    async def _made(self, day: dt.date, held: _Held) -> Register:
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(held.made)), PATIENCE)
        except TimeoutError:
            told = f"the register as known on {day.isoformat()} is being put together, which takes a while"
            raise RegisterError(f"{told}; load this page again in a minute") from None
        except RegisterError:
            self._held.pop(day, None)  # to be tried again by the next request
            raise


def _close(held: _Held) -> None:
    if held.made.done() and not held.made.cancelled() and held.made.exception() is None:
        held.made.result().close()


class AsOf:
    """Takes the day from the address of a request, and lets all that is answered lead to pages of that day."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request. Days that are not past lead to the page of today."""
        day, path = links.parted(scope["path"]) if scope["type"] == "http" else (None, "")
        if day is None:
            await self._app(scope, receive, send)
            return
        if day >= dt.datetime.now(dt.UTC).date():
            query = scope["query_string"].decode("latin-1")
            now = RedirectResponse(links.local(path) + (f"?{query}" if query else ""), 307)
            await now(scope, receive, send)
            return
        prefix = scope["path"][: len(links.as_of(day, ""))]
        scope = {**scope, "root_path": scope.get("root_path", "") + prefix}
        with links.on(day):
            if scope["method"] in _READS:
                await self._app(scope, receive, send)
            else:
                await failure(Request(scope), 405, _CLOSED)(scope, receive, send)
