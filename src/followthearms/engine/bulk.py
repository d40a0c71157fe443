"""Reading many inputs into a folder, without a register: by a pool of processes here, or by a Spark cluster.

Invariant: the folder is the same, to the byte, whoever read, however many they were and whatever became of them on the
way; only once it is whole does it say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from followthearms.engine.inputs import Input, chunked
from followthearms.engine.parts import PART_MEGABYTES, Part, inputs_of_part, parts
from followthearms.engine.results import Written, deal_line, deal_part, write_deals, write_part
from followthearms.engine.running import Hands, OnProgress, Progress, read_chunks
from followthearms.engine.stages import Plan, Result
from followthearms.errors import FollowTheArmsError, UsageError
from followthearms.model import Document
from followthearms.sources.runs import DOCUMENTS, DONE, read_run

DEALS = "deals"
"""The folder of the deals, within that of the run."""

Tagged: TypeAlias = tuple[int, Sequence[Input]]
Readers: TypeAlias = Callable[[Iterable[tuple[Tagged, Sequence[Input]]]], Iterator[tuple[Tagged, list[Result]]]]
"""Gives the results of each chunk after what came with it, in their order."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be read, how, and into which folder, by its whole path; `megabytes` is how large a part may be."""

    paths: Sequence[str | Path]
    plan: Plan
    out: Path
    megabytes: float = PART_MEGABYTES

    def begin(self) -> list[Part]:
        """Make the folder; the parts to be read. Raises UsageError if it holds something, or cannot be made."""
        found = parts(self.paths, self.plan.options, self.megabytes)
        try:
            for name in (DOCUMENTS, DEALS):
                (self.out / name).mkdir(parents=True)
        except OSError as error:
            problem = "holds a run already" if isinstance(error, FileExistsError) else f"({error.strerror})"
            raise UsageError(
                f"--out {self.out}: cannot be filled, {problem}; name a folder that is not there"
            ) from error
        return list(found)

    def end(self, name: str) -> None:
        """Say that the folder of documents or deals is whole, once what was left of those that died is gone."""
        for left in (self.out / name).glob(".part-*"):
            left.unlink()
        (self.out / name / DONE).touch()


def read_parts(
    numbered: Iterable[tuple[int, Part]], plan: Plan, readers: Readers, out: Path
) -> Iterator[tuple[int, Written]]:
    """Read parts, each after its number, into their files; what was written, chunk by chunk."""
    chunks = (
        ((number, chunk), chunk) for number, part in numbered for chunk in chunked(inputs_of_part(part, plan.options))
    )
    for number, read in groupby(readers(chunks), key=lambda tagged: tagged[0][0]):
        told = ((inputs, results) for (_, inputs), results in read)
        yield from ((number, written) for written in write_part(out / DOCUMENTS, number, told))


def run_here(job: Job, hands: Hands, on_progress: OnProgress | None = None) -> Written:
    """Do a job with processes of this machine; what was written."""
    found = job.begin()
    total = Written()
    numbered = list(enumerate(found))
    for number, written in read_parts(numbered, job.plan, lambda chunks: read_chunks(chunks, job.plan, hands), job.out):
        total += written
        if on_progress:
            on_progress(Progress(number, len(found), job.out.name, total.documents, total.claims))
    job.end(DOCUMENTS)
    _link(job)
    return total


def _link(job: Job) -> None:
    """Write the deals that the documents come to."""
    from followthearms.link import link  # with it the knowledge, which the tasks of a cluster need not

    homes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for deal in link(map(_document, read_run(job.out))).deals:
        homes[deal_part(deal.id)].append((deal.id, deal_line(deal)))
    for part, deals in homes.items():
        write_deals(job.out / DEALS, part, deals)
    job.end(DEALS)


def _document(found: tuple[str, Document | FollowTheArmsError]) -> Document:
    _, item = found
    if isinstance(item, FollowTheArmsError):
        raise item
    return item
