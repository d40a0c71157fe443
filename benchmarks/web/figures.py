"""What was measured of the web application, kept as JSON and told as Markdown."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from benchmarks.web.asking import Answered

FOLDER = Path("build/web-bench")
SOON = 150.0
"""Milliseconds of the server's time within which 95 of 100 answers are to come."""
LIGHT = 300.0
"""kB that a page may weigh, without pictures."""

HEAD = f"""# How fast the web application is

Measured by `python -m benchmarks.web --register build/register-bench/100000.db --write docs/reference/web-speed.md`,
which prints the same tables for your machine, on the made-up registers of
[the register's figures](register-speed.md). One `fta serve` is asked at a steady rate for the list of deals (with none,
one or two filters by chance), for deals and for documents, as many of each, after some that are not counted. Pages that
were asked for before, which the server keeps as long as nothing is added or decided, are told apart as *again*. It is
asked when the next question is due, whether or not it has answered; the clock runs from then. **Server** is from when a
request has reached the application to the last byte of its answer, and has in it what a request waits for others.
**Weight** is of the page as it is sent, which nothing compresses; style and script come once, as files. The targets: of
each sort 95 of 100 answers within {SOON:g} ms of the server's time, no errors, and no page above {LIGHT:g} kB.

"""


@dataclasses.dataclass(frozen=True)
class OfSort:
    """Of one sort of page: milliseconds within which 50 and 95 of 100 answers came, by the clock and in the server, and
    kB that half of them weighed and the heaviest did."""

    answers: int
    clock: tuple[float, float]
    server: tuple[float, float]
    weight: tuple[float, float]


@dataclasses.dataclass(frozen=True)
class Figures:
    """What was measured at one size. `cpu`: processor milliseconds of the server an answer; `load`: how many programs
    wanted a core, before and after."""

    claims: int
    rate: float
    cpu: float
    sorts: dict[str, OfSort]
    faults: dict[str, int]
    load: tuple[float, float]
    day: str
    machine: str

    @classmethod
    def of(cls, answers: Sequence[Answered], claims: int, rate: float, cpu: float, load: tuple[float, float]) -> Self:
        """The figures of answers."""
        faults = [answer.fault for answer in answers if answer.fault]
        by_sort: dict[str, list[Answered]] = {"all": list(answers)}
        for answer in answers:
            by_sort.setdefault(answer.sort, []).append(answer)
        return cls(
            claims=claims,
            rate=rate,
            cpu=cpu,
            sorts={name: _of_sort(found) for name, found in sorted(by_sort.items())},
            faults={fault: faults.count(fault) for fault in sorted(set(faults))},
            load=load,
            day=dt.datetime.now(dt.UTC).date().isoformat(),
            machine=f"a {os.cpu_count()}-core {platform.machine()} machine with Python {platform.python_version()}",
        )

    def keep(self) -> None:
        """Write them down for the page, in the place of former ones of this size."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{self.claims}.json").write_text(json.dumps(dataclasses.asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def all_kept(cls) -> list[Self]:
        """All that were written down, the smallest register first."""
        found = []
        for file in FOLDER.glob("*.json"):
            told = json.loads(file.read_text(encoding="utf-8"))
            found.append(cls(**told | {"sorts": {name: OfSort(**one) for name, one in told["sorts"].items()}}))
        return sorted(found, key=lambda one: one.claims)


def page_of(measured: Iterable[Figures]) -> str:
    """The page, of figures at each size."""
    return HEAD + "\n".join(_told(one) for one in measured)


def _told(figures: Figures) -> str:
    rows = [
        f"| {name} | {one.answers:,} | {_pair(one.server)} | {_pair(one.clock)} | {_pair(one.weight)} |"
        for name, one in figures.sorts.items()
    ]
    whole = figures.sorts["all"]
    faults = ", ".join(f"{count} × {fault}" for fault, count in figures.faults.items()) or "no errors"
    slowest = max(one.server[1] for one in figures.sorts.values())
    is_met = slowest <= SOON and not figures.faults and whole.weight[1] <= LIGHT
    return "\n".join(
        [
            f"## {figures.claims:,} claims\n",
            f"{figures.rate:g} questions a second, on {figures.machine}, on {figures.day}, beside other work: programs "
            f"that wanted a core were {figures.load[0]:.1f} before and {figures.load[1]:.1f} after. An answer took "
            f"{figures.cpu:.0f} ms of processor time; {faults}. The targets are "
            f"{'met' if is_met else '**not met**'}.\n",
            "| page | answers | server, ms: 50 / 95 of 100 | clock, ms: 50 / 95 of 100 | kB: half / heaviest |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
        ]
    )


def _of_sort(found: Sequence[Answered]) -> OfSort:
    weights = [answer.bytes / 1000 for answer in found]
    return OfSort(
        answers=len(found),
        clock=_half_and_most([answer.clock for answer in found]),
        server=_half_and_most([answer.server for answer in found]),
        weight=(statistics.median(weights), max(weights)),
    )


def _half_and_most(found: Sequence[float]) -> tuple[float, float]:
    cut = statistics.quantiles(found, n=20, method="inclusive")
    return statistics.median(found), cut[-1]


def _pair(two: tuple[float, float]) -> str:
    return f"{two[0]:.0f} / {two[1]:.0f}"
