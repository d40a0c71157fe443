"""A run on Spark: documents first, part by part, then their deals.

A task reads one part through a worker process of its own (`engine.workers`), which holds the models and is started once
for each Python process of Spark; so a text that crashes, hangs or takes too much memory costs that worker and not the
task, and is given up as it is by a pool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from followthearms.engine.bulk import DEALS, Job, read_parts
from followthearms.engine.parts import Part
from followthearms.engine.results import Written
from followthearms.engine.stages import Plan
from followthearms.engine.workers import Limits, Pool
from followthearms.sources.runs import DOCUMENTS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Batches = Iterator[pa.RecordBatch]

_pools: dict[tuple[str, Limits], Pool] = {}
"""What reads for this Python process of Spark; one at a time."""


def run_on(spark: SparkSession, job: Job, limits: Limits) -> Written:
    """Do a job on a cluster; what was written. Its machines must see the inputs and the folder under the same names."""
    found = job.begin()
    total = Written()
    if found:
        numbers = spark.range(0, len(found), 1, len(found))  # a partition for each
        tasks = numbers.mapInArrow(_task(found, job.plan, limits, job.out), "written string")
        total = sum((Written.load(row.written) for row in tasks.collect()), total)
    job.end(DOCUMENTS)
    if total.documents:
        from followthearms.engine.spark.linking import write_linked  # with it the knowledge, which a task needs not

        write_linked(spark, job.out / DOCUMENTS, job.out / DEALS)
    job.end(DEALS)
    return total


def _task(found: Sequence[Part], plan: Plan, limits: Limits, out: Path) -> Callable[[Batches], Batches]:
    def task(batches: Batches) -> Batches:
        for batch in batches:
            numbered = [(number, found[number]) for number in batch.column(0).to_pylist()]
            parts = read_parts(numbered, plan, _pool(plan, limits).map, out)
            written = sum((one for _, one in parts), Written())
            yield pa.RecordBatch.from_pydict({"written": [written.dump()]})

    return task


def _pool(plan: Plan, limits: Limits) -> Pool:
    """The worker of this process; it ends with the process."""
    wanted = plan.how(), limits
    if wanted not in _pools:
        for pool in _pools.values():
            pool.close()
        _pools.clear()
        _pools[wanted] = Pool(1, plan, limits)
    return _pools[wanted]
