"""What became of the inputs of a command beside claims, in lines: what was not read, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TypeVar

import typer

from followthearms.cli import console
from followthearms.engine.stages import Result
from followthearms.errors import InputError
from followthearms.exchange import words
from followthearms.model import Document
from followthearms.model.fates import Fate

_T = TypeVar("_T")

AT_FAULT = frozenset({Fate.UNREADABLE, Fate.QUARANTINED})
"""Fates of an input that should have been read."""
FATES = {
    Fate.READ: "Read",
    Fate.FOREIGN: "In other languages",
    Fate.DROPPED: "Passed over",
    Fate.UNREADABLE: "Not read",
    Fate.QUARANTINED: "Given up",
}
"""What the fates are called before a number."""
SHOWN_REASONS = 12


SHOWN_INPUTS = 20
"""Inputs that are named one by one; of an archive's pages there may be thousands, and the journal has them all."""


class Errors:
    """Says each error of a stream when it comes by, and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def sift(self, outcomes: Iterable[_T | InputError]) -> Iterator[_T]:
        """What a stream holds beside errors."""
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                self.count += 1
                console.complain(outcome)
            else:
                yield outcome


class PassedOver:
    """What was passed over, to be named after the rest if it is little."""

    def __init__(self) -> None:
        self._reasons: Counter[str] = Counter()
        self._first: list[InputError] = []

    def add(self, one: InputError) -> None:
        """Take note of an input."""
        self._reasons[one.problem] += 1
        if len(self._first) <= SHOWN_INPUTS:
            self._first.append(one)

    def lines(self, elsewhere: str) -> Iterator[str]:
        """How many there were and why; then a line for each, or, if there are more, what to do to see them."""
        yield from reasons_told({Fate.DROPPED: self._reasons}, {Fate.DROPPED})
        if len(self._first) > SHOWN_INPUTS:
            yield elsewhere
        else:
            yield from (f"  {words.one_line(str(one))}" for one in self._first)


class Told:
    """What came of the inputs of a command beside claims: errors are said as they come, the rest is counted."""

    def __init__(self) -> None:
        self._reasons: dict[Fate, Counter[str]] = defaultdict(Counter)
        self._passed = PassedOver()

    def documents(self, results: Iterable[Result]) -> Iterator[Document]:
        """The documents that some inputs hold."""
        for result in results:
            if result.document:
                yield result.document
            if result.problem and result.fate in AT_FAULT:
                console.complain(result.problem)
            if result.problem and result.fate is Fate.DROPPED:
                self._passed.add(result.problem)
                continue
            reason = result.problem.problem if result.problem else result.document and result.document.language
            self._reasons[result.fate][reason or ""] += 1

    def tell(self) -> bool:
        """Say what was not read, and why; true if that is no fault."""
        foreign = reasons_told(self._reasons, {Fate.FOREIGN})
        for line in (*foreign, *self._passed.lines("--no-screen reads them; `fta add` keeps a list of them.")):
            typer.echo(line, err=True)
        return not any(self._reasons[fate] for fate in AT_FAULT)


def reasons_told(reasons: Mapping[Fate, Counter[str]], fates: Set[Fate]) -> Iterator[str]:
    """A line for each of these fates that inputs had: how many, and for what reasons."""
    for fate in Fate:
        if fate in fates and (counted := reasons.get(fate)):
            often = [f"{words.one_line(reason)} {number:,}" for reason, number in counted.most_common(SHOWN_REASONS)]
            others = len(counted) - len(often)
            more = f"; {others} other reasons" if others else ""
            yield f"{FATES[fate]} {counted.total():,}: {'; '.join(often)}{more}."
