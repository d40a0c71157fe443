"""From files into a register, with a journal.

Invariant: a chunk of inputs, the documents read out of it and the fate of each input are stored in one transaction, and
chunks in their order; so a run that is killed at any moment, and started again, goes on behind the last chunk that is
stored, and leaves the register that a run left alone would have left.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from followthearms.engine.inputs import Input, chunked
from followthearms.engine.running import Hands, OnProgress, Tally, inputs_of, read_chunks
from followthearms.engine.stages import Plan, Result
from followthearms.errors import FollowTheArmsError, InputError
from followthearms.extract.frames.library import ruleset
from followthearms.extract.text.parse import parser_version
from followthearms.model import Document
from followthearms.model.fates import Fate
from followthearms.register import Added, Register, Run
from followthearms.register.intake import Entry, Journal, Manner

_TRIED_AGAIN = frozenset({Fate.UNREADABLE, Fate.QUARANTINED})
"""Fates that another machine, other limits or a mended library may change; the others follow from the input."""

_Known = Mapping[int, Sequence[Entry]]
"""By the place of an input in its chunk: what the journal says of it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an input, as the journal has it.

    `added`: what came of adding its document; null if it had none. `is_new`: whether it was read now, and not by an
    earlier run.
    """

    entry: Entry
    added: Added | None
    is_new: bool = True

    @property
    def problem(self) -> InputError | None:
        """Why it could not be read, if it could not."""
        if self.entry.fate not in _TRIED_AGAIN:
            return None
        return InputError(self.entry.address, self.entry.reason or "", self.entry.remedy or "")


def this_run() -> Run:
    """What reads the documents now: this program, its ruleset and its parser."""
    return Run(
        version=version("followthearms"),
        ruleset=ruleset(),
        parser=parser_version(),
        started=dt.datetime.now(dt.UTC),
    )


def add(
    register: Register,
    paths: Sequence[str | Path],
    plan: Plan | None = None,
    hands: Hands | None = None,
    *,
    again: bool = False,
    on_progress: OnProgress | None = None,
) -> Iterator[Stored]:
    """Read what lies at some paths into a register: what became of each input, in their order, once it is stored.

    What the journal holds of the same bytes under the same address, read by the same version with the same plan, is not
    read again; with `again`, what could not be read then is.
    """
    plan, hands = plan or Plan(), hands or Hands()
    manner = Manner(this_run(), plan.how(hands.model))
    adding = _Adding(register.intake, manner, register.intake.begin(manner, [str(path) for path in paths]))
    tally = Tally(on_progress, paths)
    chunks = adding.unknown(chunked(tally.counted(inputs_of(paths, plan, tally.seen))), again=again)
    for (chunk, known), results in read_chunks(chunks, plan, hands):
        yield from adding.store(chunk, known, results)
        tally.add(chunk, results)


def keep(register: Register, plan: Plan, given: str, met: Iterable[tuple[str, str | None, Result]]) -> list[Stored]:
    """Store what was read before and looked at, with its entries in the journal: what became of each result.

    `given` is what was read, in words; each result comes after the address and the hash of its input.
    """
    manner = Manner(this_run(), plan.how())
    adding = _Adding(register.intake, manner, register.intake.begin(manner, [given]))
    return adding.take([(_entry(address, digest, result), result.document) for address, digest, result in met])


@dataclass(frozen=True, slots=True)
class _Adding:
    """A run of adding."""

    journal: Journal
    manner: Manner
    intake: int

    def unknown(
        self, chunks: Iterable[Sequence[Input]], *, again: bool
    ) -> Iterator[tuple[tuple[Sequence[Input], _Known], Sequence[Input]]]:
        """Each chunk with what the journal knows of it, and what is to be read of it."""
        for chunk in chunks:
            found = self.journal.known(self.manner, {one.raw_hash for one in chunk if one.raw_hash})
            known = {
                place: entries
                for place, one in enumerate(chunk)
                if (entries := found.get((one.address, one.raw_hash or ""))) and not (again and _is_worth_it(entries))
            }
            yield (chunk, known), [one for place, one in enumerate(chunk) if place not in known]

    def store(self, chunk: Sequence[Input], known: _Known, results: Sequence[Result]) -> Iterator[Stored]:
        """Store what was read of a chunk, and tell all of it in the order of its inputs."""
        places = [place for place in range(len(chunk)) if place not in known]
        read: dict[int, list[tuple[Entry, Document | None]]] = defaultdict(list)
        for result in results:
            place = places[result.place]
            source = chunk[place]
            read[place].append((_entry(source.address, source.raw_hash, result), result.document))
        stored = iter(self.take([one for place in places for one in read[place]]))
        for place in range(len(chunk)):
            if place in known:
                for entry in known[place]:
                    yield Stored(entry, Added.UNCHANGED if entry.document else None, is_new=False)
            else:
                for _ in read[place]:
                    yield next(stored)

    def take(self, taken: Sequence[tuple[Entry, Document | None]]) -> list[Stored]:
        """Store some results: what became of each."""
        return [Stored(*one) for one in self._take(taken)]

    def _take(self, taken: Sequence[tuple[Entry, Document | None]]) -> Sequence[tuple[Entry, Added | None]]:
        """Store some results together; or, if the program fails on them, each alone, so that only one is at fault."""
        if not taken:
            return []
        try:
            return self.journal.take(self.intake, self.manner.run, taken)
        except (FollowTheArmsError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one text must not end a run over thousands; the error is told
            if len(taken) > 1:
                return [stored for one in taken for stored in self._take([one])]
            return self.journal.take(self.intake, self.manner.run, [(_failed(taken[0][0], error), None)])


def _is_worth_it(entries: Sequence[Entry]) -> bool:
    return any(entry.fate in _TRIED_AGAIN for entry in entries)


def _entry(address: str, raw_hash: str | None, result: Result) -> Entry:
    reason, remedy = result.why(address)
    document = result.document.id if result.document else None
    return Entry(address=address, raw_hash=raw_hash, fate=result.fate, document=document, reason=reason, remedy=remedy)


def _failed(entry: Entry, error: Exception) -> Entry:
    return Entry(
        address=entry.address,
        raw_hash=entry.raw_hash,
        fate=Fate.QUARANTINED,
        reason=f"the program failed on storing it ({type(error).__name__}: {error})",
        remedy="please report it together with the text",
    )
