"""The command `fta` as a real process that starts at once, for tests that want what it does and not how it starts."""

from __future__ import annotations

import atexit
import functools
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def warm_fta() -> Path:
    """The file of the command, in a folder of its own."""
    return Path(_folder().name, "fta")


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Its folder; the server starts with the first call and ends with this process."""
    made = tempfile.TemporaryDirectory(prefix="fta-")
    command, address = Path(made.name, "fta"), str(Path(made.name, "socket"))
    client = [sys.executable, "-IS", str(ROOT / "tests/warm/client.py"), address]
    command.write_text(f'#!/bin/sh\nexec {shlex.join(client)} "$@"\n')
    command.chmod(0o755)
    server = [sys.executable, "-m", "tests.warm.server", address]
    process = subprocess.Popen(server, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.communicate)
    assert process.stdout and process.stdout.readline() == "ready\n"
    return made
