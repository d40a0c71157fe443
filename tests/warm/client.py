"""`client.py SOCKET …` is `fta …`, run by the server at a socket; it loads next to nothing itself.

Invariant: `fta` has the streams, folder and variables of this process, which hands on the signals to end and ends as it
does. Of a client that is killed outright the server learns nothing.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from typing import NoReturn

STREAMS = (0, 1, 2)


def main(address: str, arguments: list[str]) -> NoReturn:
    """Have `fta` run with some arguments, and end as it ends."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        socket.send_fds(line, [b"."], STREAMS)
        line.sendall(json.dumps([arguments, os.getcwd(), dict(os.environ)]).encode() + b"\n")  # noqa: PTH109 - light
        with line.makefile() as told:
            process = int(told.readline())
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda given, _: os.kill(process, given))
            code = int(told.readline())
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
