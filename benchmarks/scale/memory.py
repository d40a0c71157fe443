"""How much memory `fta add` takes while it reads a long archive: whether it stays the same to the end. Linux only.

    python -m benchmarks.scale.memory --pages 100000 --jobs 2 [--write memory.md]

Tells, for each tenth of the pages, the most that any worker held, with all that it shares with others and with its fair
part of that, and the most that the process held that stores what they read. What is written goes onto the page of
`python -m benchmarks.scale --below memory.md`.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.scale.archive import write
from benchmarks.scale.kills import ADD, stored
from benchmarks.tables import row, table

TENTHS = 10
MOST = 400
"""Megabytes of a worker, wanted."""

SECTION = """## How much memory it takes

`python -m benchmarks.scale.memory --pages {pages} --jobs {jobs}`: the most that was held while each tenth of such an
archive, of pages of {size} kB, was read and stored: by any worker, with all that it shares with others; its fair part,
by which what it shares counts in parts; and by the process that stores. A worker is to take at most {most} MB, from the
first page to the last. {minutes:.0f} minutes, on a {cores}-core {machine} machine with Python {python}, {day}.
"""
HEAD = ("pages", "a worker, MB", "its fair part, MB", "what stores, MB")


class Held(NamedTuple):
    """Megabytes: the most of any worker, the most fair part of any, and of the process that stores."""

    worker: float
    part: float
    storing: float

    def most(self, other: Held) -> Held:
        """The larger of each."""
        return Held(*map(max, self, other))


NOTHING = Held(0, 0, 0)


def held_by(pid: int) -> Held:
    """What a run holds now."""
    held = [_memory(child) for child in _below(pid)]
    return Held(max((rss for rss, _ in held), default=0), max((pss for _, pss in held), default=0), _memory(pid)[0])


def _below(pid: int) -> Iterator[int]:
    """The processes that a process started, and those that they did."""
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(tasks).split():
            yield int(child)
            yield from _below(int(child))


def _memory(pid: int) -> tuple[float, float]:
    """Megabytes that a process holds, and its fair part of them; none if it has ended."""
    told = dict(line.split(":") for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()[1:])
    rss, pss = (int(told[name].split()[0]) / 1024 if told else 0.0 for name in ("Rss", "Pss"))
    return rss, pss


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def watched(command: Iterable[str | Path], register: Path, pages: int) -> Iterator[tuple[int, Held]]:
    """The most that a run held while each tenth of the pages was stored, from 0, as soon as it is over."""
    tenth, most = 0, NOTHING
    run = subprocess.Popen([*command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None:
        now = min(stored(register) * TENTHS // pages, TENTHS - 1)
        if now > tenth:
            yield tenth, most
            tenth, most = now, NOTHING
        most = held_by(run.pid).most(most)
        time.sleep(0.5)
    if stored(register) < pages:
        raise RuntimeError(f"{stored(register)} of {pages} pages were stored; exit code {run.returncode}")
    yield tenth, most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=68, metavar="KB", help="How large each page is, about.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path, metavar="FILE", help="Write the section of the page on how fast it is.")
    asked = parser.parse_args()
    begun = time.perf_counter()
    rows = list(_rows(asked.pages, asked.size, asked.jobs))
    told = SECTION.format(
        pages=asked.pages,
        jobs=asked.jobs,
        size=asked.size,
        most=MOST,
        minutes=(time.perf_counter() - begun) / 60,
        cores=os.cpu_count(),
        machine=platform.machine(),
        python=platform.python_version(),
        day=date.today(),
    )
    if asked.write:
        asked.write.write_text(f"{told}\n{table(HEAD, rows)}\n", encoding="utf-8")


def _rows(pages: int, size: int, jobs: int) -> Iterator[list[str]]:
    """What is told of each tenth, printed as it is over: a run takes long."""
    with TemporaryDirectory() as folder:
        archive, register = Path(folder, "day.warc.gz"), Path(folder, "register.db")
        write(archive, pages, size * 1000)
        command: list[str | Path] = [*ADD, archive, "--jobs", str(jobs), "--register", register]
        print(table(HEAD, []), flush=True)
        for tenth, held in watched(command, register, pages):
            cells = [f"{pages * tenth // TENTHS:,} and more", *(f"{megabytes:,.0f}" for megabytes in held)]
            print(row(cells), flush=True)
            yield cells


if __name__ == "__main__":
    main()
