"""What a worker process does: it takes inputs from a pipe and gives back their results, until its parent ends.

Invariant: it uses one thread, holds no file or network connection of its own, and dies with its parent.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import threading
from collections.abc import Sequence
from multiprocessing import connection as pipes
from multiprocessing import parent_process
from multiprocessing.connection import Connection

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from followthearms.engine.inputs import Input
from followthearms.engine.stages import Plan, Result, read_inputs
from followthearms.errors import FollowTheArmsError
from followthearms.model import Document
from followthearms.screen import Known

OUT_OF_MEMORY = 77
"""Exit code of a worker that needed more memory than it may have."""

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For the libraries for linear algebra that load with the first text; those that have are told by `threadpool_limits`.
Workers are as many as there are cores to use."""

EXAMPLE = Input("", None, Document(text="Norway delivered 22 howitzers to Ukraine."))
"""A sentence that makes parser, tagger and knowledge load."""


def serve(pipe: Connection, plan: Plan, megabytes: int) -> None:
    """Answer each list of inputs with the list of their results, or with the error that no input is to blame for.

    In between, null says that the process is alive.
    """
    keep_to_one_thread()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        _hold_to(megabytes)
        known = Known()
        pipe.send(_answer(pipe, [EXAMPLE], plan, known))
        while True:
            pipe.send(_answer(pipe, pipe.recv(), plan, known))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):  # the parent has gone
        os._exit(0)


def keep_to_one_thread() -> None:
    """Have the libraries for linear algebra use no threads of their own, those that are loaded and those to come."""
    os.environ.update(_ONE_THREAD)
    threadpool_limits(1)


def _answer(pipe: Connection, inputs: Sequence[Input], plan: Plan, known: Known) -> list[Result] | FollowTheArmsError:
    try:
        return list(read_inputs(inputs, plan, known=known, alive=lambda: pipe.send(None)))
    except FollowTheArmsError as error:
        return error


def _hold_to(megabytes: int) -> None:
    """Have the system refuse us more memory than that. Elsewhere than on Linux nothing holds a process to it.

    Raises MemoryError if what came with us takes as much.
    """
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, megabytes * 1_000_000))
        try:
            mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
        except OSError as error:
            raise MemoryError from error


def _die_with_parent() -> None:
    parent = parent_process()
    if parent:
        pipes.wait([parent.sentinel])
    os._exit(0)
