"""`fta run`: many inputs into a folder, with a summary of what became of them."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import typer

from followthearms.cli import console
from followthearms.cli.reading.telling import AT_FAULT, reasons_told
from followthearms.engine.bulk import Job, run_here
from followthearms.engine.results import Written
from followthearms.engine.running import Hands
from followthearms.engine.workers import Limits
from followthearms.errors import UsageError
from followthearms.model.fates import Fate


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Spark cluster by its address, or null for this machine with so many threads; and settings, as "name=value"."""

    master: str | None
    jobs: int | None
    conf: Sequence[str]


def run_pool(job: Job, jobs: int | None, limits: Limits, *, is_cluster_named: bool) -> bool:
    """Read with processes of this machine; true if all input could be read. Raises UsageError if a cluster is named."""
    if is_cluster_named:
        raise UsageError("--master and --conf are for --engine spark")
    with console.progress_bar("Reading") as on_progress:
        written = run_here(job, Hands(jobs or os.cpu_count() or 1, limits), on_progress)
    return _tell(job, written)


def run_spark(job: Job, cluster: Cluster, limits: Limits) -> bool:
    """Read with Spark; true if all input could be read."""
    from followthearms.engine.spark.running import run_on
    from followthearms.engine.spark.session import opened

    if cluster.master and cluster.jobs:
        raise UsageError("--jobs: a cluster has its own number of cores; leave out --jobs or --master")
    with opened(cluster.master, cluster.jobs, cluster.conf) as spark:
        written = run_on(spark, job, limits)
    return _tell(job, written)


def _tell(job: Job, written: Written) -> bool:
    """Say what was read and what was not, and why; true if that is no fault."""
    reasons: dict[Fate, Counter[str]] = defaultdict(Counter)
    for (fate, reason), count in written.reasons.items():
        reasons[fate][reason] += count
    faults = sum(reasons[fate].total() for fate in AT_FAULT)
    told = f", {faults:,} inputs not read" if faults else ""
    typer.echo(f"{job.out.name}: {written.documents:,} documents, {written.claims:,} claims{told}.")
    for line in reasons_told(reasons, {Fate.DROPPED, Fate.FOREIGN, *AT_FAULT}):
        typer.echo(line)
    return not faults
