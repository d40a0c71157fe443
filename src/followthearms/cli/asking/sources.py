"""`fta sources`: the outlets and publishers that the documents come from."""

from __future__ import annotations

from rich.text import Text

from followthearms.cli import console
from followthearms.cli.stored import Asked
from followthearms.cli.tables import plain_table
from followthearms.exchange import words
from followthearms.register.answers.sources import Source

_HOW = "a text names it by `outlet: NAME` between two lines of --- at its head, before it is added"


def print_sources(asked: Asked) -> None:
    """The sources, those with the most documents first."""
    with asked.register() as register:
        found, unnamed = register.sources.all(), register.sources.unnamed()
    if asked.as_json:
        console.print_json([one.model_dump(mode="json") for one in found])
        return
    table = plain_table("Source", "What it is", "Documents", "Stories", "Cited", "Time", "Grade")
    for one in found:
        table.add_row(
            Text(words.one_line(one.name)),
            Text(_what(one)),
            *(Text(words.number(count)) for count in (one.documents, one.stories, one.cited)),
            Text(_time(one)),
            Text(one.grade.value if one.grade else words.UNSAID),
        )
    if found:
        console.console().print(table)
    if unnamed:
        told = f"{words.counted(unnamed, 'document')} without an outlet; {_HOW}."
        console.console().print(Text(told, "dim"))


def _what(one: Source) -> str:
    return ", ".join(part for part in (one.kind, words.state(one.state) if one.state else None) if part) or words.UNSAID


def _time(one: Source) -> str:
    """The months between which its documents came."""
    if not one.months:
        return words.UNSAID
    first, last = one.months[0][0], one.months[-1][0]
    return first if first == last else f"{first} to {last}"
