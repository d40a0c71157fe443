"""Programs that use a register in a process of their own, so that they can be killed or crowd each other.

Invariant: a program tells its starter of a write after it returned, and of nothing else but that it is `READY`.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from typing import Any

from benchmarks.register.world import documents
from followthearms.model import Document
from followthearms.register import Register, Run
from followthearms.register.database import open_engine

RUN = Run(version="1", ruleset="programs", parser="none", started=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
READY = "ready"
_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["benchmarks.register.warm"])


def told(name: str) -> Document:
    """The document of a name, always the same."""
    return next(documents(5, prefix=f"{name}-"))


def _add(register: Register, name: str) -> None:
    register.add(told(name), RUN)


def _is_added(register: Register, name: str) -> bool:
    return register.document(told(name).id) == told(name)


@dataclass(frozen=True)
class Act:
    """A kind of write. `do` makes the write that has a name; `holds` says whether all of it is in the register."""

    do: Callable[[Register, str], None]
    holds: Callable[[Register, str], bool]


ACTS = {"add": Act(_add, _is_added)}
"""What `write` does for each name, one after the other."""


def write(url: str, pipe: Pipe, name: str, first: int) -> None:
    """Make the writes name0, name1 … from a number on, until killed; tell each as (act, number)."""
    with Register.open(url, create=False) as register:
        told(name)
        pipe.send(READY)
        for number in range(first, sys.maxsize):
            for act, how in ACTS.items():
                how.do(register, f"{name}{number}")
                pipe.send((act, number))


def migrate(url: str, pipe: Pipe) -> None:
    """Bring a register up to date, or make one, and tell when it is done."""
    pipe.send(READY)
    open_engine(url, create=True).dispose()
    pipe.send(("migrate", 0))


def start(program: Callable[..., None], url: str, *arguments: Any) -> tuple[BaseProcess, Pipe]:
    """Start a program on a database, and give it with the pipe by which it tells, when it is ready."""
    ours, theirs = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=program, args=(url, theirs, *arguments))
    process.start()
    theirs.close()
    assert ours.recv() == READY
    return process, ours


def listen(pipe: Pipe, seconds: float) -> list[Any]:
    """What a program tells for some time, or until it ends."""
    heard = []
    end = time.monotonic() + seconds
    try:
        while pipe.poll(max(0.0, end - time.monotonic())):
            heard.append(pipe.recv())
    except EOFError:
        pass
    return heard
