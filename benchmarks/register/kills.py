"""Kills programs while they write to a register, or migrate one: `python -m benchmarks.register.kills`

A kill is SIGKILL to a real process at a random moment of its work; after each, the database is opened anew and looked
at. What is counted: writes that the program had acknowledged and that are not there (lost), what is there in part
(halves), and, after some of the kills, tables that are not what the log comes to (stale). All must be 0.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.register import former
from benchmarks.register.programs import listen, migrate, start, write
from benchmarks.register.server import server
from benchmarks.register.soundness import halves, lost, stale
from followthearms.register import Register
from followthearms.register.database import open_engine

FIRST_SPAN = 0.5
"""Seconds within which the first program is killed. Each later span is set by how far the last program came."""
WRITES_IN_SPAN = 4
FOLDED_ANEW = 6
"""Times, in all, that what is derived is compared with what the log comes to, which is slow."""


@dataclass
class Toll:
    """What became of what killed programs did."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    folded: int = 0
    stale: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{self.kills} kills, {self.acknowledged} acknowledged, {len(self.lost)} lost, {len(self.halves)} halves"
        anew = f", folded anew {self.folded} times, {len(self.stale)} tables stale" if self.folded else ""
        return "\n  ".join([told + anew, *self.lost, *self.halves, *self.stale])


class Killer:
    """Kills programs at moments drawn from a span that fits how fast they are on this machine."""

    def __init__(self, seed: int, enough: int) -> None:
        self._draw = random.Random(seed)
        self._span, self._enough = FIRST_SPAN, enough

    def kill(self, program: Callable[..., None], url: str, *arguments: Any) -> list[Any]:
        """Start a program, kill it, and give what it had told."""
        process, pipe = start(program, url, *arguments)
        heard = listen(pipe, self._draw.uniform(0, self._span))
        process.kill()
        heard += listen(pipe, 1)
        process.join()
        self._span *= 0.8 if len(heard) > self._enough else 1.25 if heard or not self._enough else 2
        return heard


def kill_writers(url: str, kills: int, seed: int = 1) -> Toll:
    """Kill programs that write to the register, one after the other."""
    killer, toll, first = Killer(seed, WRITES_IN_SPAN), Toll(), 0
    Register.open(url).close()
    for turn in range(kills):
        heard = killer.kill(write, url, "k", first)
        toll.kills += 1
        toll.acknowledged += len(heard)
        toll.lost += lost(url, ((act, f"k{number}") for act, number in heard))
        toll.halves += halves(url)
        if turn % max(1, kills // FOLDED_ANEW) == 0 or turn == kills - 1:
            toll.folded += 1
            toll.stale += stale(url)
        first = max((number for _, number in heard), default=first - 1) + 1
    return toll


def kill_migrations(new_url: Callable[[], str], kills: int, seed: int = 1) -> Toll:
    """Kill programs while they bring a register of the first revision up to date, and ones that make a register.

    Halves are databases whose revision is neither the one before nor the newest, or whose tables are not of it.
    """
    killer, toll = Killer(seed, 0), Toll()
    newest = _newest(new_url())
    for turn in range(kills):
        url, former_one = new_url(), turn % 2 == 0
        if former_one:
            former.make(url, "0001")
        before = _state(url)
        heard = killer.kill(migrate, url)
        after = _state(url)
        toll.kills += 1
        toll.acknowledged += len(heard)
        if after not in (before, newest):
            toll.halves.append(f"{url}: {after}")
        if heard and after != newest:
            toll.lost.append(f"{url}: {after}")
        with Register.open(url) as register:
            if former_one and [document.id for document in register.documents()] != ["a", "b"]:
                toll.lost.append(f"{url}: its documents")
    return toll


def _newest(url: str) -> tuple[str | None, set[str]]:
    open_engine(url, create=True).dispose()
    return _state(url)


def _state(url: str) -> tuple[str | None, set[str]]:
    return former.state(url) if "://" in url or Path(url).exists() else (None, set())


def main() -> None:
    """Kill as often as is asked for, half of the kills on each database, and tell the toll."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="in all")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        started = stack.enter_context(server(durable=True))
        numbers = iter(range(sys.maxsize))
        places: dict[str, Callable[[], str]] = {
            "SQLite": lambda: str(folder / f"{next(numbers)}.db"),
            "PostgreSQL": lambda: started.create(f"kills{next(numbers)}"),
        }
        for name, place in places.items():
            print(f"{name}, writing: {kill_writers(place(), asked.kills * 3 // 8, asked.seed)}", flush=True)
            print(f"{name}, migrating: {kill_migrations(place, asked.kills // 8, asked.seed)}", flush=True)


if __name__ == "__main__":
    main()
