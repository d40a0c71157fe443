"""How many pages Spark reads in a second beside the pool, once both have started; and what a day and a year take.

    python -m benchmarks.scale.spark [--pages 2400] [--sizes 170,68] [--write docs/reference/spark-speed.md]

Both read the same made-up archives with two workers, and are counted from when each worker has finished a part. By the
clock, and by the seconds of processor that all their processes take, Java's included, as a machine that does other work
disturbs the clock; what both come to must be the same, to the byte.
"""

from __future__ import annotations

import os
import platform
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.scale.archive import write
from benchmarks.scale.command import run
from benchmarks.tables import table
from followthearms.engine.bulk import Job, run_here
from followthearms.engine.running import Hands
from followthearms.engine.spark.running import run_on
from followthearms.engine.spark.session import opened
from followthearms.engine.stages import Plan, Screening
from followthearms.engine.workers import Limits
from followthearms.sources import ReadOptions
from followthearms.sources.runs import DOCUMENTS

PLAN = Plan(ReadOptions(), screens=Screening.ALL)
WORKERS = 2
PARTS = 8
"""Of 300 pages each; those of a real run have seventy times as many, so that a task itself costs less there."""
WANTED = 0.85
"""Of the pool's pages a second, Spark's."""
DAY = 330_000
"""Pages that CC-NEWS holds of a day, in some 15 GB."""
CORES = (2, 8, 32, 128)


@dataclass(frozen=True)
class Steady:
    """Pages a second by the clock, and milliseconds of processor for a page."""

    rate: float
    cost: float


@dataclass(frozen=True)
class Measured:
    """What the pool and Spark came to on pages of one size, in kB."""

    size: int
    pool: Steady
    spark: Steady


def measure(size: int, pages: int, folder: Path) -> Measured:
    """Measure on archives of pages of one size."""
    archives = [folder / f"{size}-{n}.warc.gz" for n in range(PARTS)]
    for n, path in enumerate(archives):
        write(path, pages // PARTS, size * 1000, first=n * (pages // PARTS))
    most = max(path.stat().st_size for path in archives) / 1e6  # each archive is a part
    here, there = (Job(archives, PLAN, folder / f"{size}-{name}", most) for name in ("pool", "spark"))
    pool = _steady(here, pages, lambda: run_here(here, Hands(WORKERS)))
    settings = ["spark.ui.enabled=false", "spark.sql.shuffle.partitions=4"]
    with opened(None, WORKERS, settings) as session:
        spark = _steady(there, pages, lambda: run_on(session, there, Limits()))
    if _contents(here.out) != _contents(there.out):
        raise AssertionError("Spark has not made the folder that the pool has made")
    return Measured(size, pool, spark)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.parquet")}


def _steady(job: Job, pages: int, run: Callable[[], object]) -> Steady:
    """How a run reads between its first parts and its last."""
    watch = _Watch(job.out / DOCUMENTS)
    watch.start()
    run()
    watch.join()
    done = pages * (PARTS - watch.first) / PARTS
    return Steady(done / watch.seconds, 1000 * watch.processor / done)


class _Watch(threading.Thread):
    """Takes the time from when each worker has finished a part until all parts are there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self._folder = folder
        self.first, self.seconds, self.processor = 0, 0.0, 0.0

    def run(self) -> None:
        """Wait for both moments."""
        self.first, begun, before = self._when(WORKERS)
        _, ended, after = self._when(PARTS)
        self.seconds, self.processor = ended - begun, after - before

    def _when(self, parts: int) -> tuple[int, float, float]:
        while (found := len(list(self._folder.glob("part-*")))) < parts:
            time.sleep(0.02)
        return found, time.perf_counter(), _processor()


def _processor() -> float:
    """Seconds of processor that this process and all that it started, and they, have taken; those that ended too."""
    told: dict[int, tuple[int, int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        told[int(stat.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {pid for pid, (parent, _) in told.items() if parent in ours} - ours:
        ours |= more
    return sum(told[pid][1] for pid in ours) / os.sysconf("SC_CLK_TCK")


def page(measured: Sequence[Measured], pages: int) -> str:
    """The results as a page of the documentation."""
    sizes = [f"{one.size} kB" for one in measured]
    rates = [
        ["pool, pages a second by the clock", *(f"{one.pool.rate:,.0f}" for one in measured)],
        ["Spark", *(f"{one.spark.rate:,.0f}" for one in measured)],
        ["pool, ms of processor for a page", *(f"{one.pool.cost:,.1f}" for one in measured)],
        ["Spark", *(f"{one.spark.cost:,.1f}" for one in measured)],
        ["**Spark's share of the pool's throughput**, by processor", *(f"{_share(one):.2f}" for one in measured)],
        ["*wanted*", *(f"{WANTED}" for _ in measured)],
    ]
    lasts = [
        [f"{cores} cores", *(f"{_hours(one, cores, 1)}, {_hours(one, cores, 365)}" for one in measured)]
        for cores in CORES
    ]
    told = INTRODUCTION.format(
        pages=pages,
        python=platform.python_version(),
        cores=os.cpu_count(),
        machine=platform.machine(),
        day=date.today(),
        load=os.getloadavg()[0],
    )
    steady = table(["steady, two workers", *sizes], rates)
    arithmetic = table(["a day, and a year, of CC-NEWS", *(f"pages of {size}" for size in sizes)], lasts)
    return "\n".join([told, "", steady, "", ARITHMETIC.format(day=DAY, year=DAY * 365 / 1e6), "", arithmetic, ""])


def _share(one: Measured) -> float:
    return one.pool.cost / one.spark.cost


def _hours(one: Measured, cores: int, days: int) -> str:
    hours = DAY * days * one.spark.cost / 1000 / cores / 3600
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f} h" if hours < 72 else f"{hours / 24:.0f} days"


INTRODUCTION = """# How fast it reads on Spark

Measured by `python -m benchmarks.scale.spark --write docs/reference/spark-speed.md` on the made-up archives of
[how fast it reads a lot](scale-speed.md), {pages:,} pages of each size in eight parts, by two workers, start-up apart,
on a {cores}-core {machine} machine with Python {python}, {day}. Processor: of all processes, Java's included. What both
made was the same, to the byte. {load:.0f} processes wanted to run at the end, ours among them: if that is many more
than cores, the clock tells of the others."""

ARITHMETIC = """From that, for {day:,} pages a day ({year:,.0f} million a year), each core at work on nothing else;
linking and the time that the cluster takes to start come to it:"""


if __name__ == "__main__":
    run(__doc__, 2_400, measure, page)
