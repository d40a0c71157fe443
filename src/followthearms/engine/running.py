"""Reading many inputs, in this process or in a pool of others.

Invariant: for every input that goes in, at least one result comes out, in the order of the inputs; what fails on one is
the result of that one, and the next is read; and the results are the same wherever they were read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from followthearms.engine.inputs import Input, as_input, chunked
from followthearms.engine.stages import Plan, Result, read_inputs
from followthearms.errors import InputError, UsageError
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.screen import Known
from followthearms.sources import ReadOptions
from followthearms.sources.files import Seen, raw_source, size_of

if TYPE_CHECKING:
    from followthearms.engine.workers import Limits
    from followthearms.extract.llm import LanguageModel

Outcome = Document | InputError
"""What became of one input."""

AHEAD_INPUTS = 1_000
AHEAD_BYTES = 20_000_000
"""How far the stream is read ahead, so that the total is known early; bounded so that memory is."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: inputs done; how many there are, at first guessed from the bytes of their files, or null where
    nothing is known of that; the last one's address; and how many documents and claims were read."""

    done: int
    total: int | None
    where: str
    documents: int
    claims: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Hands:
    """Who reads: `jobs` processes, each input within `limits`; or, without `jobs`, this process, without limits."""

    jobs: int | None = None
    limits: Limits | None = None
    model: LanguageModel | None = None
    """A language model to ask, which only this process can."""


def read_paths(
    paths: Iterable[str | Path],
    options: ReadOptions | None = None,
    on_progress: OnProgress | None = None,
    voices: Set[Voice] = ALL_VOICES,
    model: LanguageModel | None = None,
) -> Iterator[Outcome]:
    """Read files, folders or, for "-", the standard input: each document with its claims, or why it could not be read.

    With `options.keep_claims`, a document that came with claims keeps them and is not read again.
    """
    plan = Plan(options or ReadOptions(), voices)
    return _outcomes(read_results(paths, plan, Hands(model=model), on_progress))


def run(
    documents: Iterable[Outcome],
    on_progress: OnProgress | None = None,
    *,
    voices: Set[Voice] = ALL_VOICES,
    model: LanguageModel | None = None,
) -> Iterator[Outcome]:
    """Each document with its claims; errors pass through, and a document that fails becomes an error."""
    plan = Plan(voices=voices)
    return _outcomes(_results(map(as_input, documents), plan, Hands(model=model), Tally(on_progress)))


def inputs_of(paths: Iterable[str | Path], plan: Plan, seen: Seen = lambda _: None) -> Iterator[Input]:
    """What lies at some paths, still unread; `seen` is told of the bytes on the way."""
    return (as_input(content) for path in paths for content in raw_source(path, plan.options, seen))


def read_results(
    paths: Iterable[str | Path], plan: Plan, hands: Hands, on_progress: OnProgress | None = None
) -> Iterator[Result]:
    """The results of all that lies at some paths, in its order."""
    listed = list(paths)
    tally = Tally(on_progress, listed)
    return _results(inputs_of(listed, plan, tally.seen), plan, hands, tally)


def _results(inputs: Iterable[Input], plan: Plan, hands: Hands, tally: Tally) -> Iterator[Result]:
    chunks = ((chunk, chunk) for chunk in chunked(tally.counted(inputs)))
    for chunk, results in read_chunks(chunks, plan, hands):
        tally.add(chunk, results)
        yield from results


def read_chunks(
    chunks: Iterable[tuple[_T, Sequence[Input]]], plan: Plan, hands: Hands
) -> Iterator[tuple[_T, list[Result]]]:
    """The results of each chunk, after what came with it."""
    if hands.jobs is None:
        known = Known()
        for what, inputs in chunks:
            yield what, list(read_inputs(inputs, plan, hands.model, known))
        return
    if hands.model:
        raise UsageError("--jobs: a language model is asked by one process; leave out --jobs")
    from followthearms.engine.workers import Limits, Pool

    with Pool(hands.jobs, plan, hands.limits or Limits()) as pool:
        yield from pool.map(chunks)


class Tally:
    """Counts what goes in and what comes out, and tells it."""

    def __init__(self, on_progress: OnProgress | None, paths: Sequence[str | Path] = ()) -> None:
        self._tell = on_progress
        self._seen = self._done = self._documents = self._claims = 0
        self._total: int | None = None
        sizes = [size_of(path) for path in paths] if on_progress else []
        self._bytes = None if None in sizes else sum(size or 0 for size in sizes)
        self._bytes_seen = 0

    def seen(self, size: int) -> None:
        """Take note that so many bytes of the files were read."""
        self._bytes_seen += size

    def counted(self, inputs: Iterable[Input]) -> Iterator[Input]:
        """The inputs, read ahead so that their number is known as soon as may be."""
        stream, ahead, size = iter(inputs), deque[Input](), 0
        while True:
            while self._total is None and len(ahead) < AHEAD_INPUTS and size < AHEAD_BYTES:
                one = next(stream, None)
                if one is None:
                    self._total = self._seen
                    break
                ahead.append(one)
                self._seen += 1
                size += one.size
            if not ahead:
                return
            one = ahead.popleft()
            size -= one.size
            yield one

    def add(self, inputs: Sequence[Input], results: Sequence[Result]) -> None:
        """Take note that some inputs are done."""
        read = [one.document for one in results if one.document]
        self._done += len(inputs)
        self._documents += len(read)
        self._claims += sum(len(document.claims) for document in read)
        if self._tell and inputs:
            total = self._guess() if self._total is None else self._total
            self._tell(Progress(self._done, total, inputs[-1].address, self._documents, self._claims))

    def _guess(self) -> int | None:
        """How many inputs there are if the others are as large as those that were seen."""
        if not self._bytes or not self._bytes_seen:
            return None
        return max(self._seen, round(self._seen * self._bytes / self._bytes_seen))


def _outcomes(results: Iterable[Result]) -> Iterator[Outcome]:
    """The document or the problem of each result."""
    for result in results:
        if outcome := result.problem or result.document:
            yield outcome
