"""The command that goes on: watch."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from followthearms.cli import options
from followthearms.cli.app import app
from followthearms.cli.exits import Unread


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
    no_screen: options.NoScreen = False,
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
    from followthearms.cli import reading, watching
    from followthearms.engine.stages import Plan
    from followthearms.sources import ReadOptions

    with reading.heard(voice, None, None) as by:
        reader = reading.Reader(
            Plan(ReadOptions(), by.voices, screens=not no_screen), reading.hands(jobs, time_limit, memory, None)
        )
        told = watching.Told(atom, lines, tuple(mail_to or ()), site)
        if not watching.watch(places, register, state, reader, told, every, once):
            raise Unread
