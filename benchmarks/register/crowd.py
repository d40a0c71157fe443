"""Four writers and eight readers at once, each a program of its own: `python -m benchmarks.register.crowd`

What is counted: errors of any program, writes that were acknowledged and are not there (lost), what readers saw that
was no whole state (halves), and tables that in the end are not what the log comes to (stale). All must be 0. A reader
looks at the whole register in one transaction, again and again; a state is whole if every document has claims, if the
writes of each writer are there up to some number without a gap, and if none is gone that the reader saw before.
"""

from __future__ import annotations

import argparse
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select

from benchmarks.register.programs import ACTS, READY, listen, start, told
from benchmarks.register.server import server
from benchmarks.register.soundness import halves, lost, stale
from followthearms.register import Register
from followthearms.register.database import open_engine
from followthearms.register.tables import claims, readings

WRITERS, READERS = 4, 8
ERROR = "error"
PAUSE = 0.02
"""Seconds for which a reader rests between two looks."""


@dataclass
class Outcome:
    """What came of a crowd."""

    writes: int = 0
    looks: int = 0
    slowest_write: float = 0.0
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        work = f"{self.writes} writes (slowest {self.slowest_write:.2f} s), {self.looks} looks"
        counts = f"{len(self.errors)} errors, {len(self.lost)} lost, {len(self.halves)} halves, {len(self.stale)} stale"
        return "\n  ".join([f"{work}, {counts}", *self.errors, *self.lost, *self.halves, *self.stale])


def write(url: str, pipe: Pipe, name: str, seconds: float) -> None:
    """Write for some time; tell each write as (act, number, seconds), and an error as (ERROR, its trace)."""
    try:
        with Register.open(url, create=False) as register:
            told(name)
            pipe.send(READY)
            end, number = time.monotonic() + seconds, 0
            while time.monotonic() < end:
                for act, how in ACTS.items():
                    begun = time.monotonic()
                    how.do(register, f"{name}{number}")
                    pipe.send((act, number, time.monotonic() - begun))
                number += 1
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        pipe.send((ERROR, traceback.format_exc()))


def read(url: str, pipe: Pipe, seconds: float) -> None:
    """Look for some time; tell the number of looks as ("looks", n), what was wrong as ("half", words), and an error."""
    try:
        engine = open_engine(url, create=False)
        pipe.send(READY)
        end, looks, before = time.monotonic() + seconds, 0, Counter[str]()
        while time.monotonic() < end:
            with engine.connect() as connection:
                first = connection.execute(_STATE).all()
                again = connection.execute(_STATE).all()
            if first != again:
                pipe.send(("half", "two looks in one transaction differ"))
            seen = _seen(first, pipe)
            if before - seen:
                pipe.send(("half", f"writes are gone: {before - seen}"))
            before, looks = seen, looks + 1
            time.sleep(PAUSE)
        pipe.send(("looks", looks))
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        pipe.send((ERROR, traceback.format_exc()))


_STATE = (
    select(readings.c.document, func.count(claims.c.position))
    .join_from(readings, claims, claims.c.reading == readings.c.id, isouter=True)
    .group_by(readings.c.id, readings.c.document)
    .order_by(readings.c.id)
)


def _seen(state: Iterable[Sequence[Any]], pipe: Pipe) -> Counter[str]:
    """How many writes of each writer a state holds; tells of documents without claims and of gaps."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for document, count in state:
        name, number = document.split("-")[0].split("w", 1)[1].split("n")
        numbers[name].append(int(number))
        if not count:
            pipe.send(("half", f"{document} has no claims"))
    for name, found in numbers.items():
        if found != list(range(len(found))):
            pipe.send(("half", f"the writes of {name} have a gap: {found[-5:]}"))
    return Counter({name: len(found) for name, found in numbers.items()})


def crowd(url: str, seconds: float) -> Outcome:
    """Let the programs run for some time on an empty database, and then look at what they left."""
    Register.open(url).close()
    running = [start(write, url, f"w{n}n", seconds) for n in range(WRITERS)]
    running += [start(read, url, seconds) for _ in range(READERS)]
    outcome, acknowledged = Outcome(), []
    for n, (process, pipe) in enumerate(running):
        for kind, *rest in listen(pipe, seconds + 60):
            match kind:
                case "looks":
                    outcome.looks += rest[0]
                case "half":
                    outcome.halves.append(rest[0])
                case "error":
                    outcome.errors.append(rest[0])
                case _:
                    acknowledged.append((kind, f"w{n}n{rest[0]}"))
                    outcome.slowest_write = max(outcome.slowest_write, rest[1])
        process.join()
    outcome.writes = len(acknowledged)
    outcome.lost += lost(url, acknowledged)
    outcome.halves += halves(url)
    outcome.stale += stale(url)
    return outcome


def main() -> None:
    """Let a crowd work on each of the databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120, help="for each database")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder, server(durable=True) as started:
        print(f"SQLite: {crowd(str(Path(folder) / 'register.db'), asked.seconds)}", flush=True)
        print(f"PostgreSQL: {crowd(started.create('crowd'), asked.seconds)}", flush=True)


if __name__ == "__main__":
    main()
