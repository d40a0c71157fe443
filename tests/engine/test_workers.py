"""Processes that read: what comes out is what one process would give, whatever becomes of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthearms.engine.inputs import Input, as_input, chunked
from followthearms.engine.running import Hands, read_chunks
from followthearms.engine.stages import Plan, Result, Screening, read_inputs
from followthearms.engine.workers import Limits, Pool
from followthearms.errors import UnreadableFile, UsageError
from followthearms.model import Document, Voice
from followthearms.model.fates import Fate
from followthearms.model.format import dump_line
from followthearms.sources import ReadOptions
from followthearms.sources.raw import Form, Raw

pytestmark = pytest.mark.skipif(os.name != "posix", reason="workers are ended by signals, which POSIX systems have")

PLAN = Plan(ReadOptions(max_bytes=50_000_000), frozenset({Voice.FRAME}), screens=Screening.ALL)
SENTENCE = "Norway delivered {} howitzers to Ukraine on Monday, officials said."
PAGE = "<html><head><title>Howitzers</title></head><body><article><p>{}</p></article></body></html>"
LONG = "\n\n".join(SENTENCE.format(n) for n in range(2, 60_000)).encode()
"""An honest text of 4 MB: to read it takes minutes."""


def text(words: str, name: str) -> Input:
    return as_input(Raw(name, name, Form.TEXT, words.encode()))


INPUTS = [
    *(text(SENTENCE.format(n), f"{n}.txt") for n in range(2, 22)),
    text("The weather stayed fair over the weekend, and the ferries ran on time.", "weather.txt"),
    text("El gobierno anunció ayer la compra de nuevos vehículos para los bomberos de la ciudad.", "bomberos.txt"),
    text("", "empty.txt"),
    as_input(Raw("page.html", "page.html", Form.HTML, PAGE.format(f"{SENTENCE.format(30)} " * 5).encode())),
    as_input(Raw("broken.pdf", "broken.pdf", Form.PDF, b"%PDF-1.7 and no more")),
    as_input(UnreadableFile("absent.txt", "does not exist")),
    as_input(Document(id="ready", text=SENTENCE.format(40))),
]


@pytest.fixture(scope="module")
def pools() -> Iterator[dict[int, Pool]]:
    """Pools of two and four workers, which start when they are first used."""
    with Pool(2, PLAN, Limits()) as two, Pool(4, PLAN, Limits()) as four:
        yield {2: two, 4: four}


def told(results: Sequence[Result]) -> list[tuple[int, Fate, str | None, str | None]]:
    return [
        (one.place, one.fate, dump_line(one.document) if one.document else None, str(one.problem)) for one in results
    ]


def by_this_process(inputs: Sequence[Input]) -> list[list[object]]:
    return [told(results) for _, results in read_chunks(((None, chunk) for chunk in chunked(inputs)), PLAN, Hands())]


def by_pool(pool: Pool, inputs: Sequence[Input]) -> list[list[object]]:
    return [told(results) for _, results in pool.map((None, chunk) for chunk in chunked(inputs))]


@pytest.mark.parametrize("jobs", [2, 4])
def test_results_do_not_depend_on_who_reads(pools: dict[int, Pool], jobs: int) -> None:
    alone = by_this_process(INPUTS)
    assert by_pool(pools[jobs], INPUTS) == alone
    fates = [fate for results in alone for _, fate, _, _ in results]
    assert {fate: fates.count(fate) for fate in fates} == {
        Fate.READ: 22,
        Fate.DROPPED: 1,
        Fate.FOREIGN: 1,
        Fate.UNREADABLE: 3,
    }


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picked=st.lists(st.sampled_from(INPUTS), max_size=40))
def test_nor_on_what_is_read_together(pools: dict[int, Pool], picked: list[Input]) -> None:
    one_by_one = [outcome[1:] for one in picked for outcome in told(list(read_inputs([one], PLAN)))]
    together = [outcome[1:] for outcomes in by_pool(pools[2], picked) for outcome in outcomes]
    assert together == one_by_one


def test_a_worker_that_is_killed_costs_nothing(pools: dict[int, Pool]) -> None:
    wanted = by_this_process(INPUTS * 4)
    found, killed = [], 0
    for _, results in pools[2].map((None, chunk) for chunk in chunked(INPUTS * 4)):
        found.append(told(results))
        if len(found) == 1:
            child = multiprocessing.active_children()[0]
            os.kill(child.pid or 0, signal.SIGKILL)
            killed += 1
    assert killed == 1
    assert found == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")
def test_what_takes_too_long_or_too_much_memory_is_given_up_and_nothing_else() -> None:
    slow = as_input(Raw("long.txt", "long.txt", Form.TEXT, LONG))
    large = as_input(Raw("large.txt", "large.txt", Form.TEXT, b"Rifles. " * 20_000_000))
    takes_all = Plan(ReadOptions(max_bytes=1_000_000_000))  # else the large one is refused before it is read
    with Pool(1, takes_all, Limits(seconds=5, megabytes=600)) as pool:
        [(_, results)] = pool.map([(None, [INPUTS[0], slow, large, INPUTS[1]])])
    read, first, second, after = results
    assert [result.place for result in results] == [0, 1, 2, 3]
    assert (read.fate, after.fate) == (Fate.READ, Fate.READ)
    assert (first.fate, second.fate) == (Fate.QUARANTINED, Fate.QUARANTINED)
    assert "long.txt: took longer than 5 seconds" in str(first.problem)
    assert "large.txt: needed more memory than 600 MB" in str(second.problem)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")
def test_a_worker_that_cannot_start_is_an_error_of_usage() -> None:
    with Pool(1, PLAN, Limits(megabytes=20)) as pool, pytest.raises(UsageError, match="--memory"):
        by_pool(pool, INPUTS[:1])


def test_workers_end_with_their_parent_and_load_nothing_of_where_it_runs(tmp_path: Path) -> None:
    hostile = tmp_path / "articles"
    hostile.mkdir()
    for library in ("socket", "numpy", "followthearms"):
        (hostile / f"{library}.py").write_text("open('was loaded', 'w').close()")
    program = tmp_path / "parent.py"
    program.write_text(
        "import multiprocessing, time\n"
        "from tests.engine.test_workers import INPUTS, PLAN, by_pool\n"
        "from followthearms.engine.workers import Limits, Pool\n"
        "if __name__ == '__main__':\n"
        "    with Pool(1, PLAN, Limits()) as pool:\n"
        "        by_pool(pool, INPUTS[:1])\n"
        "        print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "        time.sleep(600)\n"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}"}
    parent = subprocess.Popen(
        [sys.executable, program], cwd=hostile, env=environment, stdout=subprocess.PIPE, text=True
    )
    workers = [int(pid) for pid in parent.stdout.readline().split()]  # type: ignore[union-attr]
    assert workers and not (hostile / "was loaded").exists()
    parent.kill()
    parent.wait()
    end = time.monotonic() + 30
    while any(map(is_alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_alive, workers))


def is_alive(pid: int) -> bool:
    """Whether there is such a process, and it has not ended (whoever adopted it may not have noticed)."""
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(status.stdout.strip()) and not status.stdout.strip().startswith("Z")
