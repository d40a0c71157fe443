"""The command that reads a lot without a register: run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.exits import Unread
from followthearms.cli.options import RunEngine


@app.command()
def run(
    paths: options.Paths,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", show_default=False, help="A new folder for what is read.")
    ],
    engine: Annotated[
        RunEngine, typer.Option("--engine", metavar="pool|spark", help="Processes of this machine, or Apache Spark.")
    ] = RunEngine.POOL,
    jobs: options.Jobs = None,
    master: Annotated[
        str | None,
        typer.Option("--master", metavar="URL", help="The cluster: spark://…, yarn, k8s://…. Default: this machine."),
    ] = None,
    conf: Annotated[
        list[str] | None,
        typer.Option("--conf", metavar="NAME=VALUE", help="A setting of Spark, as in spark.executor.memory=2g."),
    ] = None,
    part_size: Annotated[
        int,
        typer.Option("--part-size", min=1, metavar="MB", help="Web archives and Parquet files above it are cut."),
    ] = 1_100,
    date: options.Date = None,
    encoding: options.Encoding = None,
    column: options.Columns = None,
    date_format: options.DateFormat = None,
    no_screen: options.NoScreen = False,
    time_limit: options.TimeLimit = None,
    memory: options.Memory = None,
    voice: options.Voices = None,
) -> None:
    """Read a lot of articles into a folder of Parquet files.

    FOLDER/documents has a row for what became of each input, with its document and claims; FOLDER/deals the deals that
    they come to. `fta import FOLDER` takes them into a register. The folder does not depend on the engine.

    \b
    Examples:
      fta run day.warc.gz articles.parquet --out day --jobs 4
      fta run CC-NEWS/2026/11/ --out november --engine spark --master yarn --conf spark.executor.instances=32
      fta import day
    """
    from followthearms.cli import reading, running
    from followthearms.engine.bulk import Job
    from followthearms.engine.stages import Plan

    with reading.heard(voice, None, None) as by:
        plan = Plan(reading.read_options(date, encoding, column, date_format, False), by.voices, screens=not no_screen)
        limits = reading.limits(time_limit, memory)
        job = Job(paths, plan, out.absolute(), part_size)
        if engine is RunEngine.POOL:
            all_read = running.run_pool(job, jobs, limits, is_cluster_named=bool(master or conf))
        else:
            all_read = running.run_spark(job, running.Cluster(master, jobs, conf or []), limits)
        if not all_read:
            raise Unread
