"""Programs that use a register in a process of their own, so that they can be killed or crowd each other.

Invariant: a program tells its starter of a write after it returned, and of nothing else but that it is `READY`.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import Connection

from benchmarks.register.world import documents
from followthearms.errors import NotInRegister, UsageError
from followthearms.model import Document
from followthearms.model.decisions import Accept, Reject, Ruling, Target, Undo
from followthearms.register import Register, Run
from followthearms.register.database import open_engine
from followthearms.register.folding import current

RUN = Run(version="1", ruleset="programs", parser="none", started=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
ANALYST = "Ann"
LATEST = 10
"""So many of the deals told last, and of the decisions, are ruled on; so that some rulings meet earlier ones."""
READY = "ready"
_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["benchmarks.register.warm"])


def told(name: str) -> Document:
    """The document of a name, always the same."""
    return next(documents(5, prefix=f"{name}-"))


def _add(register: Register, name: str) -> None:
    register.add(told(name), RUN)


def _added(connection: Connection, names: Collection[str]) -> set[str]:
    wanted = {told(name).id: name for name in names}
    return {wanted[found.id] for found in current.read(connection, wanted) if found == told(wanted[found.id])}


def _decide(register: Register, name: str) -> None:
    """Rule on a claim of the document of a name, which was added, or on what was told last; the name is the reason.

    What makes no sense (any more, as others decide as well) gives way to accepting the claim.
    """
    draw = random.Random(name)
    document = told(name)
    claim = register.ledger.claim(f"{document.id}:{draw.choice(document.claims).id}")
    try:
        register.ledger.decide(draw.choice(_RULINGS)(register, claim, draw), ANALYST, name)
    except (UsageError, NotInRegister):
        register.ledger.decide(Accept(claim=claim), ANALYST, name)


def _merge(register: Register, _: Target, draw: random.Random) -> Ruling:
    return register.ledger.merging(draw.sample(_latest(register), 2))


def _split(register: Register, _: Target, draw: random.Random) -> Ruling:
    deal = register.deal(draw.choice(_latest(register)))
    refs = sorted({f"{event.ref.document}:{event.ref.claim}" for event in deal.events})
    return register.ledger.splitting(deal.id, draw.sample(refs, max(1, len(refs) // 2)))


def _undo(register: Register, _: Target, draw: random.Random) -> Ruling:
    made = register.ledger.decisions()[-LATEST:]
    if not made:
        raise UsageError("nothing was decided")
    return Undo(decision=draw.choice(made).id)


def _latest(register: Register) -> list[str]:
    found = [found.row.id for found in register.search.deals("sort:-told", limit=LATEST).rows]
    if len(found) < 2:
        raise UsageError("there are no two deals")
    return found


_RULINGS: tuple[Callable[[Register, Target, random.Random], Ruling], ...] = (
    lambda _, claim, __: Accept(claim=claim),
    lambda _, claim, __: Reject(claim=claim),
    _merge,
    _split,
    _undo,
)


def _decided(connection: Connection, names: Collection[str]) -> set[str]:
    return {made.why for made in current.rulings(connection).decisions} & set(names)


@dataclass(frozen=True)
class Act:
    """A kind of write. `do` makes the write that has a name; `done` gives the names of those, among some, that are in
    the register whole."""

    do: Callable[[Register, str], None]
    done: Callable[[Connection, Collection[str]], set[str]]


ACTS = {"add": Act(_add, _added), "decide": Act(_decide, _decided)}
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
