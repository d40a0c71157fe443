"""Commands that read articles: demo, read, add, intake, explain; run, for many; watch, which goes on reading."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.exits import Unread
from followthearms.cli.options import ReadFormat, RunEngine


@app.command()
def demo(
    folder: Annotated[str, typer.Option("--folder", metavar="FOLDER", help="Where its files go.")] = "demo",
) -> None:
    """Read the sample articles and show the register.

    Writes demo/register.db and demo/report.html, one self-contained page.

    \b
    Examples:
      fta demo
      fta demo --folder /tmp/first-look
    """

    from followthearms.cli.reading.demo import run_demo

    if not run_demo(Path(folder)):
        raise Unread


@app.command()
def read(
    paths: options.Paths,
    date: options.Date = None,
    format: Annotated[
        ReadFormat, typer.Option("--format", "-f", metavar="table|jsonl|html", help="How to print.")
    ] = ReadFormat.TABLE,
    encoding: options.Encoding = None,
    column: options.Columns = None,
    date_format: options.DateFormat = None,
    keep_claims: options.KeepClaims = False,
    screen: options.Screen = None,
    jobs: options.Jobs = None,
    time_limit: options.TimeLimit = None,
    memory: options.Memory = None,
    voice: options.Voices = None,
    llm_model: options.LlmModel = None,
    llm_url: options.LlmUrl = None,
) -> None:
    """Read claims out of articles; store nothing.

    With --format jsonl, ids and texts stay as they came.

    \b
    Examples:
      fta read article.txt --date 2019-03-04
      fta read articles/ --format jsonl > claims.jsonl
      fta read page.html --format html > page-with-claims.html
      fta read articles.csv --column text=Body --date-format %d/%m/%Y
      fta read articles/ --voice frame
      fta read articles/ --llm-model qwen --llm-url http://127.0.0.1:8080/v1
      cat article.txt | fta read -
    """
    from followthearms.cli.reading import printing, reader
    from followthearms.engine.stages import Plan

    show = {
        ReadFormat.TABLE: printing.print_tables,
        ReadFormat.JSONL: printing.print_lines,
        ReadFormat.HTML: printing.print_page,
    }[format]
    with reader.heard(voice, llm_model, llm_url) as by:
        hands = reader.hands(jobs, time_limit, memory, by.model)
        how = reader.read_options(date, encoding, column, date_format, keep_claims)
        plan = Plan(how, by.voices, reader.screening(screen))
        if not show(paths, reader.Reader(plan, hands)):
            raise Unread


@app.command()
def add(
    paths: options.Paths,
    register: options.RegisterPlace = None,
    date: options.Date = None,
    encoding: options.Encoding = None,
    column: options.Columns = None,
    date_format: options.DateFormat = None,
    keep_claims: options.KeepClaims = False,
    screen: options.Screen = None,
    jobs: options.Jobs = None,
    time_limit: options.TimeLimit = None,
    memory: options.Memory = None,
    again: Annotated[
        bool, typer.Option("--again", help="Try again what an earlier run could not read, or gave up.")
    ] = False,
    voice: options.Voices = None,
    llm_model: options.LlmModel = None,
    llm_url: options.LlmUrl = None,
) -> None:
    """Read articles into the register.

    What is already there is not read again. A run that was stopped or killed goes on with the same command.

    \b
    Examples:
      fta add articles/
      fta add articles/ --jobs 4
      fta add day.warc.gz reports/ articles.parquet
      fta add article.txt --date 2019-03-04 --register rifles.db
      fta add annotated.jsonl --keep-claims
    """
    from followthearms.cli.reading import adding, reader
    from followthearms.engine.stages import Plan

    with reader.heard(voice, llm_model, llm_url) as by:
        hands = reader.hands(jobs, time_limit, memory, by.model)
        how = reader.read_options(date, encoding, column, date_format, keep_claims)
        plan = Plan(how, by.voices, reader.screening(screen))
        if not adding.add(paths, register, reader.Reader(plan, hands), again=again):
            raise Unread


@app.command()
def intake(
    register: options.RegisterPlace = None,
    unread: Annotated[
        bool, typer.Option("--unread", help="List what could not be read, each with the reason.")
    ] = False,
    passed_over: Annotated[
        bool, typer.Option("--passed-over", help="List what was passed over, as it does not look like arms trade.")
    ] = False,
    limit: options.Limit = None,
    as_json: options.Json = False,
) -> None:
    """Show what was given to be read, and what was not read and why.

    \b
    Examples:
      fta intake
      fta intake --unread
      fta intake --passed-over --limit 50
    """
    from followthearms.cli.reading import intake as intakes
    from followthearms.cli.stored import Asked
    from followthearms.register.intake import NOT_READ, PASSED_OVER

    asked = Asked(register, as_json=as_json)
    if fates := (*(NOT_READ if unread else ()), *(PASSED_OVER if passed_over else ())):
        intakes.print_inputs(asked, fates, limit)
    else:
        intakes.print_runs(asked, limit)


@app.command()
def explain(
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE", help="A sentence or a short text, in quotation marks.")
    ],
    as_json: options.Json = False,
) -> None:
    """Explain how a sentence is read.

    What is named in it, which patterns were tried, where they failed, and the claims that came of it.

    \b
    Examples:
      fta explain "Norway delivered 22 howitzers to Ukraine."
    """
    from followthearms.cli.reading import explaining

    explaining.print_explanation(sentence, as_json)


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
    screen: options.Screen = None,
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
    from followthearms.cli.reading import reader, running
    from followthearms.engine.bulk import Job
    from followthearms.engine.stages import Plan

    with reader.heard(voice, None, None) as by:
        plan = Plan(
            reader.read_options(date, encoding, column, date_format, False), by.voices, reader.screening(screen)
        )
        limits = reader.limits(time_limit, memory)
        job = Job(paths, plan, out.absolute(), part_size)
        if engine is RunEngine.POOL:
            all_read = running.run_pool(job, jobs, limits, is_cluster_named=bool(master or conf))
        else:
            all_read = running.run_spark(job, running.Cluster(master, jobs, conf or []), limits)
        if not all_read:
            raise Unread


@app.command()
def watch(
    places: Annotated[
        list[str],
        typer.Argument(metavar="PLACE", help="Addresses of feeds, lists of feeds (.opml), folders."),
    ],
    every: Annotated[
        dt.timedelta,
        typer.Option("--every", parser=options.interval, metavar="TIME", help="How often, such as 15m, 6h or 1d."),
    ] = "15m",  # type: ignore[assignment] # Typer has it parsed
    once: Annotated[bool, typer.Option("--once", help="Look once and end, for cron and timers.")] = False,
    register: options.RegisterPlace = None,
    atom: Annotated[
        str | None, typer.Option("--atom", metavar="FILE", help="Tell the news as an Atom feed in this file.")
    ] = None,
    lines: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE", help="Add a line of JSON for each piece of news to this file."),
    ] = None,
    mail_to: Annotated[
        list[str] | None,
        typer.Option("--mail-to", metavar="ADDRESS", help="Send the news of a round as a letter; may be repeated."),
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="URL", help="Where the register is served, for links to its deals.")
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="FILE", help="What it knows between rounds. Default: beside the register."),
    ] = None,
    screen: options.Screen = None,
    jobs: options.Jobs = None,
    time_limit: options.TimeLimit = None,
    memory: options.Memory = None,
    voice: options.Voices = None,
) -> None:
    """Read what is new again and again, and tell what is news in it.

    New deals, deals that changed and how, reports that conflict, and what could not be read, each once. It goes on
    until it is ended; SIGTERM lets it end what it is doing. Letters are sent by the server in $FTA_SMTP_URL, in the
    name in $FTA_SMTP_FROM, with the password in $FTA_SMTP_PASSWORD.

    \b
    Examples:
      fta watch feeds.opml --every 15m --atom news.atom
      fta watch https://courier.example/feed.xml inbox/ --mail-to ann@example.org
      fta watch inbox/ --once --json news.jsonl
    """
    from followthearms.cli.reading import reader, watching
    from followthearms.engine.stages import Plan
    from followthearms.sources import ReadOptions

    with reader.heard(voice, None, None) as by:
        plan = Plan(ReadOptions(), by.voices, reader.screening(screen))
        reads = reader.Reader(plan, reader.hands(jobs, time_limit, memory, None))
        told = watching.Told(atom, lines, tuple(mail_to or ()), site)
        if not watching.watch(places, register, state, reads, told, every, once):
            raise Unread
