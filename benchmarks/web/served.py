"""`fta serve` as it is, whose answers also say how long they took: from when a request is there to its last byte.

python -m benchmarks.web.served --register register.db --port 0
"""

from __future__ import annotations

import sys
import time
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from followthearms import cli
from followthearms.web import app, server

HEADER = "Server-Timing"


class Timed:
    """Holds an answer back until it is whole, and puts the milliseconds that it took on it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, held = time.perf_counter(), list[Message]()

        async def hold(message: Message) -> None:
            held.append(message)

        await self._app(scope, receive, hold)
        spent = (time.perf_counter() - begun) * 1000
        MutableHeaders(scope=held[0])[HEADER] = f"app;dur={spent:.2f}"
        for message in held:
            await send(message)


def main() -> None:
    """Serve."""
    make = app.create_app

    def create_app(*given: Any, **named: Any) -> Any:
        timed = make(*given, **named)
        timed.add_middleware(Timed)
        return timed

    vars(server)["create_app"] = create_app  # the name by which the command knows it
    sys.argv = ["fta", "serve", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
