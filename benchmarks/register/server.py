"""A private PostgreSQL server: its own data in a temporary folder, its own socket there, no port on the network.

Invariant: it ends with the context that started it, and no other server is touched.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PACKAGE = "postgresql"
"""Debian's package of the server."""

START_SECONDS = 60
USER = "fta"


class NoServer(Exception):
    """PostgreSQL is not installed, or does not start."""


@dataclass(frozen=True)
class Server:
    """A running server. `folder` holds its socket."""

    folder: Path
    tools: Path
    process: int

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def create(self, database: str, *options: str) -> str:
        """Make an empty database, and give its address."""
        self._tool("createdb", *options, database)
        return self.url(database)

    def drop(self, database: str, *options: str) -> None:
        """Take a database away, whoever is connected to it."""
        self._tool("dropdb", "--force", *options, database)

    def save(self, database: str, file: Path) -> None:
        """Write a database to a file."""
        self._tool("pg_dump", "--format=custom", "--compress=1", "--file", str(file), database)

    def load(self, file: Path, database: str) -> None:
        """Fill an empty database from a file, and let the server look at how its values are spread."""
        self._tool("pg_restore", "--no-owner", "--dbname", database, str(file))
        self.analyse(database)

    def schema(self, database: str, section: str) -> str:
        """The statements that make the tables of a database ("pre-data"), or what stands on them ("post-data")."""
        arguments = ["--schema-only", f"--section={section}", "--no-owner", database]
        return self._tool("pg_dump", *arguments, capture_output=True, text=True).stdout

    def tell(self, database: str, statements: str) -> None:
        """Run statements, all of them or none."""
        arguments = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
        self._tool("psql", *arguments, "--dbname", database, input=statements, text=True)

    @contextmanager
    def copying(self, database: str, statement: str) -> Iterator[IO[bytes]]:
        """Where to write the rows of a `COPY … FROM STDIN`."""
        arguments = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--dbname", database, "--command", statement]
        command: list[str | Path] = [self.tools / "psql", "--host", self.folder, "--username", USER, *arguments]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            assert process.stdin  # it was asked for
            yield process.stdin
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)

    def analyse(self, database: str) -> None:
        """Let the server look at how the values of a database are spread, as it does by itself in time."""
        self._tool("vacuumdb", "--analyze", "--quiet", database)

    def cpu(self) -> float:
        """Processor seconds that the server and its processes, those that ended included, have spent so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):  # a process that ended while we looked
                continue
            if stat.parent.name == str(self.process):
                ticks += sum(map(int, fields[11:15]))  # user and system, its own and that of children that ended
            elif fields[1] == str(self.process):
                ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def _tool(self, tool: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [self.tools / tool, "--host", self.folder, "--username", USER, *arguments]
        return subprocess.run(command, check=True, **options)


def tools() -> Path:
    """The folder of the server's programs, the newest where there are several. Raises NoServer if there is none."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda path: float(path.parents[1].name)) or [Path(shutil.which("initdb") or "")]
    if not found[-1].is_file():
        raise NoServer(f"needs PostgreSQL: apt-get install {PACKAGE}")
    return found[-1].parent


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A server for the time of the context. Unless it is `durable`, it does not wait for the disk."""
    programs = tools()
    with tempfile.TemporaryDirectory(prefix="fta-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        runner = _runner(folder)
        options = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        made: list[str | Path] = [programs / "initdb", *options, "--pgdata", folder / "data"]
        done = subprocess.run(made, capture_output=True, text=True, check=False, **runner)
        if done.returncode:
            raise NoServer(f"PostgreSQL does not start: {done.stderr.strip()}")
        command: list[str | Path] = [
            programs / "postgres",
            "-D",
            folder / "data",
            "-k",
            folder,
            "-c",
            "listen_addresses=",
        ]
        with (folder / "log").open("wb") as log:
            quick = [] if durable else ["-F"]
            process = subprocess.Popen([*command, *quick], stdout=log, stderr=log, **runner)
        try:
            _await(programs, folder, process)
            yield Server(folder, programs, process.pid)
        finally:
            process.send_signal(signal.SIGINT)  # "fast": it ends what runs, and itself
            process.wait()


def _runner(folder: Path) -> dict[str, Any]:
    """How its programs are started: in the folder; if we are root, whom they refuse, by somebody without privileges."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"cwd": folder, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _await(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    ready: list[str | Path] = [programs / "pg_isready", "--quiet", "--host", folder]
    end = time.monotonic() + START_SECONDS
    while subprocess.run(ready, check=False).returncode:
        if process.poll() is not None or time.monotonic() > end:
            raise NoServer(f"PostgreSQL does not start: {(folder / 'log').read_text()}")
        time.sleep(0.02)
