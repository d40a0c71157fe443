"""How many pages of a web archive are read in a second, step by step and as a whole.

    python -m benchmarks.scale [--pages 2000] [--sizes 170,68] [--below memory.md] [--write FILE]

The archives are made up (`archive.py`), one page in a hundred reports transfers. Each step does all that the one before
does, and its own work; seconds of one process are the processor's, as other work on the machine does not add to them.
Runs of the pool are by the clock. `memory.md` is what `python -m benchmarks.scale.memory` wrote: that takes long.
"""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.scale.archive import write
from benchmarks.scale.command import run
from benchmarks.scale.news import article
from benchmarks.tables import table
from followthearms.engine.inputs import CHUNK_INPUTS
from followthearms.engine.running import Hands, inputs_of, read_results
from followthearms.engine.stages import Plan, Result, Screening, not_worth_it
from followthearms.model.fates import Fate
from followthearms.screen import gate
from followthearms.sources import ReadOptions
from followthearms.sources.files import read_raw
from followthearms.sources.raw import Raw

PLAN = Plan(ReadOptions(), screens=Screening.ALL)
TARGETS = {170: 250, 68: 600}
"""Pages a second and core, by the size of the pages in kB."""


@dataclass(frozen=True)
class Measured:
    """Pages a second of each step, of pools by their number of processes, and what became of the pages.

    `relevant` is how many of the pages that report transfers were read, of how many.
    """

    size: int
    pages: int
    steps: dict[str, float]
    pools: dict[int, float]
    fates: Counter[Fate]
    relevant: tuple[int, int]

    @property
    def reading(self) -> float:
        """Milliseconds that the claims of a text take, of those that are read."""
        *_, before, whole = self.steps.values()
        return (1 / whole - 1 / before) * 1000 * self.pages / max(1, self.fates[Fate.READ])


def measure(size: int, pages: int, folder: Path) -> Measured:
    """Measure on an archive of pages of one size."""
    path = folder / f"{size}.warc.gz"
    write(path, pages, size * 1000)
    warm = folder / "warm.warc.gz"
    write(warm, 100, 20_000)
    list(_read(warm))  # what is loaded once is not counted
    steps = {name: pages / _seconds(step, path) for name, step in STEPS.items()}
    results = list(_read(path))
    pools = {}
    for jobs in (1, 2):
        fates, pools[jobs] = _pooled(path, jobs)
        if fates != [one.fate for one in results]:
            raise AssertionError(f"{jobs} processes read otherwise than this one")
    read = {one.document.url for one in results if one.document and one.fate is Fate.READ}
    wanted = [told for number in range(pages) if (told := article(number)).is_relevant]
    hit = sum(told.url in read for told in wanted)
    return Measured(size, pages, steps, pools, Counter(one.fate for one in results), (hit, len(wanted)))


def _pooled(path: Path, jobs: int) -> tuple[list[Fate], float]:
    """What a pool made of the pages, and how many it read in a second by the clock once its processes had started."""
    fates: list[Fate] = []
    begun, before = 0.0, 0
    for one in read_results([path], PLAN, Hands(jobs)):
        fates.append(one.fate)
        if len(fates) == 2 * jobs * CHUNK_INPUTS:
            begun, before = time.perf_counter(), len(fates)
    return fates, (len(fates) - before) / (time.perf_counter() - begun)


def _seconds(step: Callable[[Path], Iterable[object]], path: Path) -> float:
    begun = time.process_time()
    for _ in step(path):
        pass
    return time.process_time() - begun


def _alone(path: Path) -> Iterator[object]:
    """The library that reads archives, and nothing of ours."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            yield record.reader.read()


def _raw(path: Path) -> Iterator[Raw]:
    return (one.content for one in inputs_of([path], PLAN) if isinstance(one.content, Raw))


def _gated(path: Path) -> Iterator[Raw]:
    return (raw for raw in _raw(path) if gate(raw.data))


def _screened(path: Path) -> Iterator[Raw]:
    return (raw for raw in _raw(path) if not_worth_it(raw, PLAN) is None)


def _texts(path: Path) -> Iterator[object]:
    return (made for raw in _screened(path) for made in read_raw(raw, PLAN.options))


def _read(path: Path) -> Iterator[Result]:
    return read_results([path], PLAN, Hands())


STEPS: dict[str, Callable[[Path], Iterable[object]]] = {
    "records are read (fastwarc alone)": _alone,
    "inputs, with address and hash": _raw,
    "the gate, on the bytes": _gated,
    "rough text, language and screen of what the gate lets in": _screened,
    "text and metadata of what the screen lets in": _texts,
    "claims: the whole": _read,
}


def page(measured: Sequence[Measured], pages: int) -> str:
    """The results as a page of the documentation."""
    python, cores = platform.python_version(), os.cpu_count()
    sizes = [f"{one.size} kB" for one in measured]
    steps = [[name, *(_with_share(one, name) for one in measured)] for name in STEPS]
    steps.append(["*wanted of the whole*", *(f"{TARGETS.get(one.size, 0)}" for one in measured)])
    steps.append(["milliseconds that the claims of one text take", *(f"{one.reading:,.0f}" for one in measured)])
    pools = [[f"`--jobs {jobs}`", *(f"{one.pools[jobs]:,.0f}" for one in measured)] for jobs in (1, 2)]
    pools.append(["two, times one", *(f"{one.pools[2] / one.pools[1]:.2f}" for one in measured)])
    fates = [[fate.value, *(f"{one.fates[fate]:,}" for one in measured)] for fate in Fate]
    fates.append(["of those that report transfers, read", *("{} of {}".format(*one.relevant) for one in measured)])
    told = INTRODUCTION.format(
        pages=pages, python=python, cores=cores, machine=platform.machine(), day=date.today(), load=os.getloadavg()[0]
    )
    return "\n".join(
        [
            told,
            "",
            table(["pages a second and core (share of reading alone)", *sizes], steps),
            "",
            table(["pages a second, by the clock", *sizes], pools),
            "",
            table(["what became of the pages", *sizes], fates),
            "",
        ]
    )


INTRODUCTION = """# How fast it reads a lot

Measured by `python -m benchmarks.scale --write docs/reference/scale-speed.md` on made-up web archives
(`benchmarks/scale`): news pages with navigation, advertisements, scripts and broken markup, one in nine in another
language, one in a hundred about arms transfers, one in twenty about soldiers and weapons: as many pass the screen as of
[real general news](../methods/screening.md). Each step does what the one before does, and its own work. Seconds of
one process are the processor's. {pages:,} pages of each size, on a {cores}-core {machine} machine with Python {python},
{day}. At the end {load:.0f} processes wanted to run; more than cores make every step dearer, and the clock useless."""


def _with_share(one: Measured, step: str) -> str:
    share = one.steps[step] / next(iter(one.steps.values()))
    return f"{one.steps[step]:,.0f} ({share:.0%})"


if __name__ == "__main__":
    run(__doc__, 2_000, measure, page)
