"""Asks a server at a steady rate, whether or not it has answered what was asked before.

Invariant: the moments at which it asks depend on the rate alone, so that a slow answer does not spare the server the
next question; and the clock of an answer runs from the moment at which it was due to be asked.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

PATIENCE = 30.0
"""Seconds after which an answer that did not come counts as an error."""
TOGETHER = 100
"""Connections at most."""
IDLE = 3.0
"""Seconds after which a connection is not used again: less than those after which the server closes it."""


@dataclass(frozen=True)
class Answered:
    """One answer: its sort of page, milliseconds by the clock and in the server, bytes, and what went wrong."""

    sort: str
    clock: float
    server: float = 0.0
    bytes: int = 0
    fault: str = ""


@dataclass(frozen=True)
class Asked:
    """A page to ask for, and the sort of page it is."""

    sort: str
    path: str


def ask(address: str, pages: Sequence[Asked], rate: float) -> list[Answered]:
    """Ask for pages, `rate` in a second, in their order."""
    return asyncio.run(_ask(address, pages, rate))


async def _ask(address: str, pages: Sequence[Asked], rate: float) -> list[Answered]:
    limits = httpx.Limits(max_connections=TOGETHER, max_keepalive_connections=TOGETHER, keepalive_expiry=IDLE)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        begun = time.perf_counter()
        waiting = []
        for number, page in enumerate(pages):
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            waiting.append(asyncio.create_task(_one(client, page, due)))
        return list(await asyncio.gather(*waiting))


async def _one(client: httpx.AsyncClient, page: Asked, due: float) -> Answered:
    try:
        answer = await client.get(page.path)
    except httpx.HTTPError as error:
        return Answered(page.sort, (time.perf_counter() - due) * 1000, fault=type(error).__name__)
    clock = (time.perf_counter() - due) * 1000
    told = re.fullmatch(r"app;dur=([\d.]+)", answer.headers.get("Server-Timing", ""))
    fault = "" if answer.status_code == 200 and told else f"status {answer.status_code}"
    return Answered(page.sort, clock, float(told[1]) if told else 0.0, len(answer.content), fault)
