"""How fast the web application answers, and how much its pages weigh, on a register of any size.

    python -m benchmarks.web --register build/register-bench/100000.db [--rate 20] [--seconds 60]
                             [--write docs/reference/web-speed.md]

It starts `fta serve` and asks for the list of deals with filters by chance, for deals, and for documents, at a steady
rate. Figures are kept in build/web-bench by the number of claims; the page is written of all that were kept.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.web.asking import Asked, ask
from benchmarks.web.figures import Figures, page_of

WARM = 60
"""Pages that are asked for before anything is counted."""
KNOWN = 200
"""Deals and documents, by chance of those on the first pages of some lists, that are asked for."""
COMMON = ("contradiction:any", "kind:delivery", "status:agreed", "published:2020..", "sources:>3", "quantity:>100")
"""Filters that any register answers."""


@dataclass(frozen=True)
class Known:
    """What a register has that can be asked for."""

    claims: int
    deals: list[str]
    documents: list[str]
    filters: list[str]


def main() -> None:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--register", type=Path, help="a register; without one, the page is written of former figures")
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="the page")
    given = parser.parse_args()
    if given.register:
        figures = measure(given.register, given.rate, given.seconds, random.Random(given.seed))
        figures.keep()
        print(page_of([figures]))
    if given.write:
        given.write.write_text(page_of(Figures.all_kept()), encoding="utf-8")


def measure(register: Path, rate: float, seconds: int, chance: random.Random) -> Figures:
    """Serve a register and ask it."""
    before = os.getloadavg()[0]
    with serving(register) as (address, process):
        known = look(address, chance)
        warm = list(questions(known, WARM, chance))
        pages = list(told_apart(questions(known, round(rate * seconds), chance), warm))
        ask(address, warm, rate)
        began = cpu(process)
        answers = ask(address, pages, rate)
        spent = (cpu(process) - began) * 1000 / len(answers)
    return Figures.of(answers, known.claims, rate, spent, (before, os.getloadavg()[0]))


def questions(known: Known, number: int, chance: random.Random) -> Iterator[Asked]:
    """Pages by chance: as many of each sort."""
    for _ in range(number):
        match chance.randrange(3):
            case 0:
                filters = chance.sample(known.filters, chance.choice((0, 1, 1, 2)))
                yield Asked("list of deals", f"/deals?{httpx.QueryParams(q=' '.join(filters))}")
            case 1:
                yield Asked("deal", chance.choice(known.deals))
            case _:
                yield Asked("document", chance.choice(known.documents))


def told_apart(pages: Iterable[Asked], before: Iterable[Asked]) -> Iterator[Asked]:
    """Pages that were asked for before as a sort of their own: the server may still have them."""
    known = {page.path for page in before}
    for page in pages:
        yield Asked(f"{page.sort}, again", page.path) if page.path in known else page
        known.add(page.path)


def look(address: str, chance: random.Random) -> Known:
    """What there is to ask for, found in the lists as a reader would find it."""
    with httpx.Client(base_url=address, timeout=300) as client:
        claims = int(client.get("/methods.json").json()["counts"]["claims"])
        deals, documents = set[str](), set[str]()
        for query in ("", *COMMON):
            for path, found in (("deals", deals), ("documents", documents)):
                answer = client.get(f"/{path}", params={"q": query, "limit": 100}).raise_for_status()
                found |= set(re.findall(rf'href="(/{path}/[^"/?#]+)"', answer.text))
        filters = {
            "sort:-told",
            "contradiction:any",
            "kind:delivery",
            "status:agreed",
            "published:2020..",
            "sources:>3",
        }
        for row in client.get("/deals.json", params={"limit": 300}).json()["rows"]:
            filters |= {f"{slot}:{party['code']}" for slot in ("supplier", "recipient") for party in row[slot]}
            filters |= {f'equipment:"{ware["label"]}"' for ware in row["equipment"]}
    return Known(
        claims,
        chance.sample(sorted(deals), min(KNOWN, len(deals))),
        chance.sample(sorted(documents), min(KNOWN, len(documents))),
        sorted(filters),
    )


@contextmanager
def serving(register: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a server on a register."""
    command = [sys.executable, "-m", "benchmarks.web.served", "--register", str(register), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            address = re.search(r"http://\S+:\d+", said)
            if not address:
                raise SystemExit(f"the server does not start: {said}")
            yield address.group(), process.pid
        finally:
            process.terminate()


def cpu(process: int) -> float:
    """Processor seconds that a process has spent so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
