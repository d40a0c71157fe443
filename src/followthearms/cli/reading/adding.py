"""`fta add`: claims out of files, stored in a register, with a summary of what became of all inputs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typer

from followthearms.cli import console
from followthearms.cli.reading.reader import Reader
from followthearms.cli.reading.telling import AT_FAULT, SHOWN_INPUTS, PassedOver, reasons_told
from followthearms.cli.stored import opened_register
from followthearms.engine import Hands, Plan, Stored
from followthearms.engine import add as add_to
from followthearms.errors import InputError
from followthearms.model.fates import Fate
from followthearms.register import Added, Register

USUAL = Reader(Plan(), Hands())
"""All texts by all voices of the package, in this process."""


@dataclass
class Summary:
    """What became of the inputs that were given."""

    added: Counter[Added] = field(default_factory=Counter)
    reasons: dict[Fate, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    passed: PassedOver = field(default_factory=PassedOver)

    @property
    def faults(self) -> int:
        """How many inputs should have been read and were not."""
        return sum(self.reasons[fate].total() for fate in AT_FAULT)

    def take(self, stored: Iterable[Stored]) -> None:
        """Count what comes by, and say what is at fault."""
        for one in stored:
            entry = one.entry
            if one.problem and self.faults < SHOWN_INPUTS:
                console.complain(one.problem)
            if one.added:
                self.added[one.added] += 1
            if entry.fate is Fate.DROPPED:
                self.passed.add(InputError(entry.address, entry.reason or "", entry.remedy or ""))
            else:
                self.reasons[entry.fate][entry.reason or ""] += 1

    def lines(self) -> Iterable[str]:
        """The summary: how many documents there are of each sort, and why others are not there."""
        told = [f"{self.added[kind]:,} {kind.value}" for kind in Added if self.added[kind]] or ["none"]
        if self.faults:
            told.append(f"{self.faults:,} not read")
        yield f"Documents: {', '.join(told)}."
        listed = AT_FAULT if self.faults > SHOWN_INPUTS else frozenset[Fate]()
        yield from reasons_told(self.reasons, {Fate.FOREIGN, *listed})
        if listed:
            yield "`fta intake --unread` lists them all."
        yield from self.passed.lines("`fta intake --passed-over` lists them all; --no-screen reads them.")


def add(paths: Sequence[str], place: str | None, by: Reader, *, again: bool) -> bool:
    """Read files into a register and say what came of it; true if all input could be read."""
    with opened_register(place, create=True) as register:
        summary = add_all(register, paths, by, again=again)
        counts = register.counts()
    for line in summary.lines():
        typer.echo(line)
    typer.echo(f"The register holds {counts.documents} documents, {counts.claims} claims, {counts.deals} deals.")
    return not summary.faults


def add_all(register: Register, paths: Sequence[str | Path], by: Reader = USUAL, *, again: bool = False) -> Summary:
    """Read files into a register under a progress bar."""
    summary = Summary()
    try:
        with console.progress_bar("Reading") as on_progress:
            summary.take(add_to(register, paths, by.plan, by.hands, again=again, on_progress=on_progress))
    except KeyboardInterrupt:
        done = summary.added.total()
        typer.echo(f"fta: stopped; {done} documents are stored; the same command goes on from there", err=True)
        raise
    return summary
