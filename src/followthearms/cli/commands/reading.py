"""Commands that read articles: demo, read, add, explain; and intake, which tells what was given to them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.exits import Unread
from followthearms.cli.options import ReadFormat


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

    from followthearms.cli.demo import run_demo

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
    no_screen: options.NoScreen = False,
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
    from followthearms.cli import reading
    from followthearms.engine.stages import Plan

    show = {
        ReadFormat.TABLE: reading.print_tables,
        ReadFormat.JSONL: reading.print_lines,
        ReadFormat.HTML: reading.print_page,
    }[format]
    with reading.heard(voice, llm_model, llm_url) as by:
        hands = reading.hands(jobs, time_limit, memory, by.model)
        how = reading.read_options(date, encoding, column, date_format, keep_claims)
        plan = Plan(how, by.voices, screens=not no_screen)
        if not show(paths, reading.Reader(plan, hands)):
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
    no_screen: options.NoScreen = False,
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
    from followthearms.cli import adding, reading
    from followthearms.engine.stages import Plan

    with reading.heard(voice, llm_model, llm_url) as by:
        hands = reading.hands(jobs, time_limit, memory, by.model)
        how = reading.read_options(date, encoding, column, date_format, keep_claims)
        plan = Plan(how, by.voices, screens=not no_screen)
        if not adding.add(paths, register, reading.Reader(plan, hands), again=again):
            raise Unread


@app.command()
def intake(
    register: options.RegisterPlace = None,
    unread: Annotated[bool, typer.Option("--unread", help="List what was not read, each with the reason.")] = False,
    limit: options.Limit = None,
    as_json: options.Json = False,
) -> None:
    """Show what was given to be read, and what was not read and why.

    \b
    Examples:
      fta intake
      fta intake --unread --limit 50
    """
    from followthearms.cli import intake as showing
    from followthearms.cli.stored import Asked

    show = showing.print_unread if unread else showing.print_runs
    show(Asked(register, as_json=as_json), limit)


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
    from followthearms.cli import explaining

    explaining.print_explanation(sentence, as_json)
