"""What adding to a register and asking it cost, at one size in one database.

Invariant: what is measured is warm: the same was done before, on other documents or with the same words, uncounted.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import itertools
import json
import os
import platform
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from benchmarks.register.bases import FOLDER, Place, further
from benchmarks.register.programs import RUN
from benchmarks.register.world import CLAIMS_A_DOCUMENT
from followthearms.model import Document
from followthearms.register import Register, adding, folding
from followthearms.register.folding import deals as dealing
from followthearms.register.folding import recording
from followthearms.register.search import words

TOGETHER = 20
"""Documents that are added in one transaction."""
CALLS = 100
"""Times that each question is asked."""
STAGES: dict[str, tuple[tuple[ModuleType, str], ...]] = {
    "the log": ((adding, "add"),),
    "claims, mentions and strands": ((folding, "record"), (folding, "standing_of")),
    "linking": ((folding, "relink"), (folding, "threads")),
    "rows of deals": ((dealing, "record_deals"),),
    "words": ((words, "put"), (words, "put_deals")),
    "copies": ((folding, "tell_copies"),),
    "entities and origins": ((recording, "tell_entities"), (recording, "tell_origins"), (recording, "mentioned")),
}
"""The stages of adding, and the functions that do the work of each."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """Milliseconds that half of the calls take at most, and all but one in twenty, by the clock; `cpu`: the latter
    in processor time of this program."""

    half: float
    most: float
    cpu: float


@dataclasses.dataclass(frozen=True)
class Figures:
    """What was measured. Costs in milliseconds a claim, shares of the processor time of this program."""

    database: str
    claims: int
    cpu: float
    wall: float
    shares: dict[str, float]
    answers: dict[str, Answer]
    bytes: int
    deals: int
    load: tuple[float, float]
    day: str
    machine: str

    def keep(self) -> None:
        """Write them down for the page, in the place of former ones of this size and database."""
        file = FOLDER / f"{self.database}-{self.claims}.json"
        file.write_text(json.dumps(dataclasses.asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def kept(cls, file: Path) -> Self:
        """The figures that were written down in a file."""
        told = json.loads(file.read_text(encoding="utf-8"))
        told["answers"] = {name: Answer(**answer) for name, answer in told["answers"].items()}
        return cls(**told | {"load": tuple(told["load"])})


class Clock:
    """Processor seconds of this program by stage, without those of the stages that a stage calls."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work; what it gives one by one is made at once, so that it is counted here."""

        def call(*args: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            begun = time.process_time()
            found = work(*args, **named)
            found = list(found) if isinstance(found, Iterator) else found
            spent = time.process_time() - begun
            self.seconds[stage] += spent - self._inner.pop()
            self._inner[-1] += spent
            return found

        return call

    @contextmanager
    def on(self) -> Iterator[None]:
        """Time the stages."""
        before = [
            (module, name, getattr(module, name), stage) for stage, all_ in STAGES.items() for module, name in all_
        ]
        for module, name, work, stage in before:
            setattr(module, name, self.timed(stage, work))
        try:
            yield
        finally:
            for module, name, work, _ in before:
                setattr(module, name, work)


def measure(where: Place, size: int) -> Figures:
    """Measure all at one size."""
    began = os.getloadavg()[0]
    base, told = where.base(size), further(size)
    with Register.open(where.copy(size), create=False) as register:
        cpu, wall, shares = _add(register, told, where)
    with Register.open(base, create=False) as register:
        gc.collect()
        gc.freeze()  # as `fta serve` does
        answers = {name: _ask(ask, asked) for name, (ask, asked) in questions(register, told).items()}
        deals = register.counts().deals
    return Figures(
        database=where.name,
        claims=size,
        cpu=cpu,
        wall=wall,
        shares=shares,
        answers=answers,
        bytes=where.bytes(base),
        deals=deals,
        load=(began, os.getloadavg()[0]),
        day=dt.datetime.now(dt.UTC).date().isoformat(),
        machine=f"a {os.cpu_count()}-core {platform.machine()} machine with Python {platform.python_version()}",
    )


def _add(register: Register, told: Sequence[Document], where: Place) -> tuple[float, float, dict[str, float]]:
    """Milliseconds a claim, of processor and by the clock, and what share each stage has."""
    register.add_many(told[:TOGETHER], RUN)
    clock = Clock()
    begun, began, own = time.perf_counter(), where.cpu(), time.process_time()
    with clock.on():
        for start in range(TOGETHER, len(told), TOGETHER):
            register.add_many(told[start : start + TOGETHER], RUN)
    wall, cpu, own = time.perf_counter() - begun, where.cpu() - began, time.process_time() - own
    shares = {stage: clock.seconds[stage] / own for stage in STAGES}
    claims = (len(told) - TOGETHER) * CLAIMS_A_DOCUMENT
    return cpu / claims * 1000, wall / claims * 1000, shares | {"all else": 1 - sum(shares.values())}


def questions(register: Register, told: Sequence[Document]) -> dict[str, tuple[Callable[[str], object], list[str]]]:
    """What is asked, and with which words: of what the documents tell, which is in the register as well."""
    deals, claims = register.search.deals, register.search.claims
    about = [document.claims[0] for document in told[:TOGETHER]]
    parties = [f"supplier:{claim.supplier[0].code} recipient:{claim.recipient[0].code}" for claim in about]
    wares = [claim.equipment[0] for claim in about]
    kinds = [f'equipment:"{name}"' for ware in wares for name in (ware.category, ware.designation) if name]
    words = [
        quoted for claim in about for quoted in (claim.trigger.text.split()[-1], claim.recipient[0].text.split()[0])
    ]
    phrases = [f'"{claim.recipient[0].text} signed an agreement"' for claim in about] + ['"approved the sale"']
    shown = [found.row.id for found in deals("", limit=TOGETHER).rows]
    return {
        "first page of deals, by rank": (deals, [""]),
        "first page of deals, latest told first": (deals, ["sort:-told"]),
        "deals from one state to another": (deals, parties),
        "deals in a type or category, with all kinds of it": (deals, kinds),
        "deals by a word": (deals, words),
        "deals by a phrase": (deals, phrases),
        "claims by a word": (claims, words),
        "one deal in full, of those ranked first": (register.deal, shown),
    }


def _ask(ask: Callable[[str], object], asked: Sequence[str]) -> Answer:
    for one in asked:
        ask(one)
    clock, cpu = [], []
    for one in itertools.islice(itertools.cycle(asked), CALLS):
        begun, began = time.perf_counter(), time.process_time()
        ask(one)
        cpu.append((time.process_time() - began) * 1000)
        clock.append((time.perf_counter() - begun) * 1000)
    return Answer(statistics.median(clock), _most(clock), _most(cpu))


def _most(found: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(found, n=20)[-1]
