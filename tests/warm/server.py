"""`python -m tests.warm.server SOCKET` runs `fta` for each client, forked from this process, which has all loaded.

Invariant: what runs is `followthearms.cli.main`, real but for what Python does at its own start (`PYTHONHASHSEED` …).
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import NoReturn

import followthearms
from followthearms import cli
from followthearms.cli import commands  # noqa: F401 - so that no process has to load it
from followthearms.cli.serving import server  # noqa: F401 - register and web application come with it
from tests.warm.client import STREAMS


def serve(address: str) -> None:
    """Load what `fta` loads, say that it is ready, and run what is asked for until the standard input is closed."""
    followthearms.read("Norway delivered 22 howitzers to Ukraine.")
    signal.signal(signal.SIGCHLD, lambda *_: reap())
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            line, _ = listener.accept()
            with line:
                if os.fork() == 0:
                    listener.close()
                    keep(line)


def reap() -> None:
    """Take note of what has ended, so that its processor time counts."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:  # all have
        pass


def keep(line: socket.socket) -> NoReturn:
    """Run what is asked for on a line; tell the id of its process there and, when it has ended, its exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(line, 1, len(STREAMS))
    with line.makefile("rw") as talk:
        arguments, folder, variables = json.loads(talk.readline())
        process = os.fork()
        if process == 0:
            line.close()
            run(arguments, folder, variables, streams)
        for stream in (*STREAMS, *streams):
            os.close(stream)
        print(process, file=talk, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), file=talk, flush=True)
    os._exit(0)


def run(arguments: list[str], folder: str, variables: dict[str, str], streams: list[int]) -> NoReturn:
    """Be `fta`."""
    for number, stream in zip(STREAMS, streams, strict=True):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    sys.argv = ["fta", *arguments]
    code: object = 0
    try:
        cli.main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001 - as Python would tell it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    serve(sys.argv[1])
