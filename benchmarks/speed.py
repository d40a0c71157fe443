"""How fast articles are read, added and folded into deals, on the sample articles and this machine: `make bench`.

It prints figures and judges none. Times are the best of several runs, as other work on the machine only adds to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from followthearms.engine import read_paths, this_run
from followthearms.model import Document
from followthearms.register import Register
from followthearms.sources import ReadOptions

ARTICLES = Path(__file__).resolve().parent.parent / "examples/articles"
TIMES = 3


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def documents() -> list[Document]:
    """The sample articles with their claims."""
    return [outcome for outcome in read_paths([ARTICLES], ReadOptions()) if isinstance(outcome, Document)]


def add_all(register: Register, read: list[Document]) -> None:
    """Add documents that have been read, one by one."""
    run = this_run()
    for document in read:
        register.add(document, run)


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    read = documents()
    first = time.perf_counter() - start
    reading = best(documents)
    words = sum(len(document.text.split()) for document in read)
    claims = sum(len(document.claims) for document in read)
    print(f"{len(read)} articles, {words} words, {claims} claims")
    print(f"read, with rules and parser to load  {first:8.2f} s")
    print(f"read                                 {reading:8.2f} s   {words / reading:8.0f} words a second")
    with TemporaryDirectory() as folder, Register.open(Path(folder) / "register.db") as register:
        start = time.perf_counter()
        add_all(register, read)
        print(f"add to a register                    {time.perf_counter() - start:8.2f} s")
        print(f"add again                            {best(lambda: add_all(register, read)):8.2f} s")
        print(f"fold {len(register.deals()):3} deals                       {best(register.deals):8.2f} s")


if __name__ == "__main__":
    main()
