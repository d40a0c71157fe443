"""Processes that read, each held by a thread of ours, so that one that hangs or dies stops no other.

Invariants: what comes out does not depend on how many there are; a worker that dies, or takes longer than it may, is
ended and replaced, and what it was reading is read once more, one input at a time; only what ends a worker again, by
itself, is given up, and its result says why. No more than some chunks for each worker are under way at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from queue import SimpleQueue
from types import TracebackType
from typing import Self, TypeVar, cast

from followthearms.engine import served
from followthearms.engine.inputs import Input
from followthearms.engine.stages import Plan, Result
from followthearms.errors import FollowTheArmsError, InputError, UsageError
from followthearms.model.fates import Fate

AHEAD = 4
"""Chunks under way for each worker: one that is read and some that wait or are done, so that one slow input in front
does not idle the others at once."""
_START_SECONDS = 300
"""How long a worker may take to load parser and knowledge: some seconds on a machine that has nothing else to do."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one input may take.

    `seconds`: the longest honest texts, parliamentary reports of 2 MB, take about 100. `megabytes` of a worker's
    memory, of which parser, tagger and knowledge take some 400; only where the system can hold a process to it (Linux).
    """

    seconds: float = 300
    megabytes: int = 2_000


_NURSERY = "followthearms.engine.nursery"
_BEGINNING = threading.Lock()
_SAFE_PATH = "PYTHONSAFEPATH"


def _context() -> SpawnContext | ForkServerContext:
    """How workers begin: on Linux as forks of one process that has loaded what they need, elsewhere by themselves.

    macOS could fork, but its libraries for linear algebra do not live on in a fork.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_NURSERY])
    return context


@contextmanager
def _beginning() -> Iterator[None]:
    """Within this, processes of Python import nothing from the current folder, where hostile files may lie."""
    with _BEGINNING:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SAFE_PATH]
            else:
                os.environ[_SAFE_PATH] = before


class Lost(Exception):
    """A worker was lost; the message says by what."""


class Pool:
    """Some workers. Use it as a context manager: they end with it."""

    def __init__(self, jobs: int, plan: Plan, limits: Limits) -> None:
        self._jobs = jobs
        self._workers = [Worker(plan, limits) for _ in range(jobs)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="fta-worker")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(cancel_futures=True)

    def map(self, chunks: Iterable[tuple[_T, Sequence[Input]]]) -> Iterator[tuple[_T, list[Result]]]:
        """The results of each chunk after what came with it, in the order of the chunks.

        Raises what is no fault of an input: KnowledgeError, or UsageError if the limits let no worker start.
        """
        under_way: deque[tuple[_T, Future[list[Result]]]] = deque()
        for what, inputs in chunks:
            under_way.append((what, self._threads.submit(self._read, inputs)))
            if len(under_way) >= AHEAD * self._jobs:
                yield _first(under_way)
        while under_way:
            yield _first(under_way)

    def _read(self, inputs: Sequence[Input]) -> list[Result]:
        if not inputs:
            return []
        worker = self._free.get()
        try:
            return worker.read(inputs)
        except Lost:
            alone = ((place, _alone(worker, one)) for place, one in enumerate(inputs))
            return [replace(result, place=place) for place, results in alone for result in results]
        finally:
            self._free.put(worker)


def _first(under_way: deque[tuple[_T, Future[list[Result]]]]) -> tuple[_T, list[Result]]:
    what, future = under_way.popleft()
    return what, future.result()


def _alone(worker: Worker, one: Input) -> list[Result]:
    try:
        return worker.read([one])
    except Lost as lost:
        problem = InputError(
            one.address, str(lost), "`fta add --again` tries it again, with other limits if you set them"
        )
        return [Result(0, Fate.QUARANTINED, problem=problem)]


class Worker:
    """A process that reads. It is started when it is first needed, and again after it was lost."""

    def __init__(self, plan: Plan, limits: Limits) -> None:
        self._plan, self._limits = plan, limits
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._is_closed = False

    def read(self, inputs: Sequence[Input]) -> list[Result]:
        """The results of some inputs. Raises Lost if the process dies or takes too long; it is gone then."""
        connection = self._connected()
        try:
            connection.send(inputs)
            answer = self._answer(connection, self._limits.seconds, lives_on=len(inputs) > 1)
        except (EOFError, OSError) as error:
            raise Lost(self._end()) from error
        if isinstance(answer, FollowTheArmsError):
            raise answer
        return cast(list[Result], answer)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            self._is_closed = True
            if self._process:
                self._process.kill()

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._start()
        return self._connection

    def _start(self) -> Connection:
        context = _context()
        ours, theirs = context.Pipe()
        process = context.Process(
            target=served.serve, args=(theirs, self._plan, self._limits.megabytes), name="fta-worker", daemon=True
        )
        try:
            with self._lock, _beginning():
                if self._is_closed:
                    raise Lost("the run was stopped")
                process.start()
                self._process = process
            theirs.close()
            answer = self._answer(ours, _START_SECONDS, lives_on=False)
        except (EOFError, OSError, Lost) as error:
            raise UsageError(
                f"a worker could not start ({self._end()}); give it more memory with --memory, or leave out --jobs"
            ) from error
        if isinstance(answer, FollowTheArmsError):
            raise answer
        return ours

    def _answer(self, connection: Connection, seconds: float, *, lives_on: bool) -> object:
        """The answer of the process. Signs of life in between give it more time if it `lives_on`."""
        end = time.monotonic() + seconds
        while connection.poll(max(0.0, end - time.monotonic())):
            answer: object = connection.recv()
            if answer is not None:
                return answer
            if lives_on:
                end = time.monotonic() + seconds
        self._end()
        raise Lost(f"took longer than {seconds:g} seconds")

    def _end(self) -> str:
        """Make sure that the process is gone; by what it was lost."""
        with self._lock:
            process, self._process, self._connection = self._process, None, None
        if process is None:
            return "has ended"
        process.join(1)  # one that has died needs a moment to be told so
        process.kill()
        process.join()
        code = process.exitcode or 0
        process.close()
        if code == served.OUT_OF_MEMORY:
            return f"needed more memory than {self._limits.megabytes} MB"
        if code < 0:
            return f"ended the process that read it (signal {signal.Signals(-code).name})"
        return f"ended the process that read it (exit code {code})"
