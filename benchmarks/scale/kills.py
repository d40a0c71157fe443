"""Kills `fta add` at random moments, begins it again, and looks whether the register is that of a run left alone.

    python -m benchmarks.scale.kills --pages 20000 --kills 20 --jobs 2

Exits with 1 if the registers differ.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.scale.archive import write
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.register import Register

ADD = (sys.executable, "-m", "followthearms", "add")
TIMES = {"added", "started", "made", "at", "hash"}
"""Fields of the log that hold a time, and the hash of all of it, which covers them."""


def state(register: Register) -> dict[str, Any]:
    """All that a register holds, but for the times at which it was stored."""
    log = [{k: v for k, v in json.loads(line).items() if k not in TIMES} for line in register.log.lines()]
    return {
        "log": log,
        "lines": [dump_line(document) for document in register.documents()],
        "deals": [deal.model_dump_json() for deal in register.deals()],
        "inputs": [entry for _, entry in register.intake.failures(tuple(Fate))],
        "fates": sum((Counter(one.fates) for one in register.intake.runs()), Counter[Fate]()),
    }


def stored(file: Path) -> int:
    """How many inputs the journal of a register holds, if there is one yet."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM inputs").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def begin_and_kill(command: Sequence[str], file: Path, after: int, dice: random.Random) -> bool:
    """Begin to add to a register and kill it some moment after so many inputs are in; whether it was still running."""
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while stored(file) < after and run.poll() is None:
        time.sleep(0.01)
    time.sleep(dice.random() / 5)
    was_running = run.poll() is None
    run.kill()
    run.wait()
    return was_running


def main() -> int:
    """Measure, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--size", type=int, default=68, metavar="KB", help="How large each page is, about.")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=6)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    with TemporaryDirectory() as folder:
        archive, alone, killed = (Path(folder, name) for name in ("day.warc.gz", "alone.db", "killed.db"))
        write(archive, asked.pages, asked.size * 1000)
        jobs = ("--jobs", str(asked.jobs))
        start = time.monotonic()
        subprocess.run([*ADD, archive, *jobs, "--register", alone], check=False)
        print(f"left alone: {time.monotonic() - start:.0f} s", flush=True)
        command = [*ADD, str(archive), *jobs, "--register", str(killed)]
        moments = sorted(dice.sample(range(asked.pages), asked.kills))
        hits = sum(begin_and_kill(command, killed, after, dice) for after in moments)
        subprocess.run(command, check=False)
        with Register.open(alone) as one, Register.open(killed) as other:
            wanted, found = state(one), state(other)
    differing = [what for what in wanted if wanted[what] != found[what]]
    said = f"differs in {', '.join(differing)}" if differing else "the same register"
    print(f"{asked.pages:,} pages, killed {hits} times while it ran: {said}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
