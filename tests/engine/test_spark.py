"""A run on Spark fills the folder that a pool fills, to the byte, whatever becomes of its workers on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from benchmarks.scale.archive import write
from followthearms.engine.bulk import DEALS, Job, run_here
from followthearms.engine.results import Written
from followthearms.engine.running import Hands
from followthearms.engine.stages import Plan, Screening
from followthearms.engine.workers import Limits
from followthearms.model import Voice
from followthearms.model.fates import Fate
from followthearms.sources import ReadOptions
from followthearms.sources.runs import DOCUMENTS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")

PLAN = Plan(ReadOptions(max_bytes=1_000_000_000), frozenset({Voice.FRAME}), screens=Screening.ALL)
LIMITS = Limits(megabytes=600)
POISON = b"Rifles. " * 13_000_000
"""A text of 104 MB: to read it takes more memory than a worker may have."""
WIRE = "OSLO - Norway said on Monday that it had delivered {} tanks to Ukraine, officials in Oslo said. "
VAGUE = [
    "Russia delivered five S-400 systems to India on Monday, officials said.",
    "India received five S-400 systems in March, its air force said.",  # from whom, the one before tells
    "Turkey received T-72 tanks in March, its army said.",  # and of these nobody
]
LEAST_WORK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for Java: what it compiles well, so short a run never uses
SETTINGS = [
    "spark.ui.enabled=false",
    "spark.driver.bindAddress=127.0.0.1",
    "spark.driver.host=127.0.0.1",
    "spark.executor.memory=512m",
    "spark.sql.shuffle.partitions=1",
    "spark.sql.adaptive.enabled=false",
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    f"spark.driver.extraJavaOptions={LEAST_WORK}",
    f"spark.executor.extraJavaOptions={LEAST_WORK}",
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster of two workers, each a process, with one core each."""
    for name in ("pandas", "pyspark"):
        found = pytest.importorskip(name, reason=f"{name} is not installed: pip install 'followthearms[spark]'")
    if not shutil.which("java"):
        pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless")
    from followthearms.engine.spark.session import opened

    home = tmp_path_factory.mktemp("spark")  # its workers write into it
    for entry in Path(found.__file__).parent.iterdir():
        (home / entry.name).symlink_to(entry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(home))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        with opened("local-cluster[2,1,1024]", None, SETTINGS) as session:
            yield session


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory, root: Path) -> list[Path]:
    """An archive that is cut into parts, a table with copies, articles, texts with one that no worker can read, and
    what is not there."""
    folder = tmp_path_factory.mktemp("inputs")
    write(folder / "day.warc.gz", 40, 20_000, first=30)
    texts = [*(WIRE.format(n // 2) * 3 for n in range(4, 12)), *VAGUE]
    parquet.write_table(pa.table({"text": texts, "outlet": [f"Outlet {n}" for n in range(11)]}), folder / "a.parquet")
    (folder / "texts").mkdir()
    (folder / "texts" / "1.txt").write_text(WIRE.format(14))
    (folder / "texts" / "2.txt").write_bytes(POISON)
    articles = sorted((root / "examples" / "articles").glob("*.txt"))[:3]
    return [folder / "day.warc.gz", folder / "absent.txt", *articles, folder / "a.parquet", folder / "texts"]


def test_the_folder_is_that_of_a_pool_though_a_worker_is_killed_and_a_text_cannot_be_read(
    spark: Any, inputs: list[Path], tmp_path: Path
) -> None:
    from followthearms.engine.spark.running import run_on

    there = Job(inputs, PLAN, tmp_path / "spark", megabytes=0.05)
    done: list[Written] = []
    running = threading.Thread(target=lambda: done.append(run_on(spark, there, LIMITS)))
    running.start()
    wait_for(lambda: bool(written(there)) or not running.is_alive())
    os.kill(executors()[0], signal.SIGKILL)
    at_the_kill = len(written(there))
    here = Job(inputs, PLAN, tmp_path / "pool", megabytes=0.05)
    told = run_here(here, Hands(1, LIMITS))
    running.join()
    assert 0 < at_the_kill < len(written(here)) > 6
    assert done == [told]
    assert contents(there.out) == contents(here.out)
    [given_up] = [reason for fate, reason in told.reasons if fate is Fate.QUARANTINED]
    assert "needed more memory than 600 MB" in given_up
    assert told.reasons[Fate.READ, ""] > 15
    assert sum(parquet.read_metadata(file).num_rows for file in (here.out / DEALS).glob("part-*")) > 20


def written(job: Job) -> list[Path]:
    return sorted((job.out / DOCUMENTS).glob("part-*.parquet"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def executors() -> list[int]:
    """The processes in which the workers of our own Spark run its tasks: children of its Java, which is ours."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    ours = {pid for pid, parent, _ in rows if parent == str(os.getpid())}
    return [int(pid) for pid, parent, args in rows if parent in ours and "CoarseGrainedExecutorBackend" in args]


def wait_for(is_so: Any, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
