"""`fta relations`: all that is between two states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from followthearms.cli import console
from followthearms.cli.stored import Asked
from followthearms.cli.tables import plain_table, quote
from followthearms.exchange import words
from followthearms.model import Event, Named
from followthearms.register.answers.relations import Dealing, Relations, Trade


def print_relations(asked: Asked, left: str, right: str, rows: int) -> None:
    """All that is between two states, in sections of so many rows at most; as JSON all of them."""
    with asked.register() as register:
        found = register.relations.between(left, right)
    if asked.as_json:
        console.print_json(found.model_dump(mode="json"))
        return
    shown = list(_sections(found, rows))
    head = Text(f"{words.visible(found.left.label)} and {words.visible(found.right.label)}", "bold")
    console.console().print(Group(head, *shown) if shown else Group(head, Text("No text tells of anything.")))


def _sections(found: Relations, rows: int) -> Iterator[RenderableType]:
    left, right = words.visible(found.left.label), words.visible(found.right.label)
    dealings = (
        (f"Transfers from {left} to {right}", found.given),
        (f"Transfers from {right} to {left}", found.taken),
        ("Licensed production", found.produced),
        ("Embargoes", found.embargoes),
        ("In other roles", found.others),
    )
    for title, some in dealings:
        if some:
            yield _section(title, len(some), rows, _deals(some[:rows]))
    for title, events in (
        ("Refusals", found.refusals),
        ("Contacts", found.contacts),
        ("Cooperation", found.cooperation),
    ):
        if events:
            yield _section(title, len(events), rows, _events(events[:rows]))
    if found.trade:
        yield _section("Trade", len(found.trade), rows, _trade(found.trade[:rows]))
    for title, named in (("People", found.people), ("Places, companies and agencies", found.facilities)):
        if named:
            yield _section(title, len(named), rows, Text(_named(named[:rows])))


def _section(title: str, count: int, rows: int, body: RenderableType) -> RenderableType:
    more = f"  {words.number(rows)} of {words.number(count)}; --rows shows more" if count > rows else ""
    return Group(Text.assemble(f"\n{title}", (more, "dim"), style="bold"), Padding(body, (0, 0, 0, 2)))


def _deals(found: Sequence[Dealing]) -> Table:
    table = plain_table("Deal", "Status", "Quantity / delivered", "Value", "When", "Reports")
    for one in found:
        row = one.deal
        table.add_row(
            Text.assemble(f"{words.sides(row)}\n{words.items(row.equipment)}", (f"\n{row.id}", "dim")),
            Text(row.status.value),
            Text(f"{words.quantity(row)} / {words.delivered(row)}" if row.quantity or row.delivered else words.UNSAID),
            Text(words.worth(row)),
            Text(words.days(row.first, row.last) or words.UNSAID),
            Text(f"{len(one.refs)} from {words.counted(row.sources, 'source')}"),
        )
    return table


def _events(found: Sequence[Event]) -> Table:
    table = Table.grid(padding=(0, 2))
    for event in found:
        said = words.certainty(event.modality, event.negated, event.disputed)
        told = f"told {words.day(event.published)}" if event.published else words.UNDATED
        table.add_row(
            Text(words.days(event.first, event.last) or told, "bold"),
            Text.assemble((f"“{quote(event.quote)}”", "italic"), (f" ({said})" if said else "", "red")),
        )
    return table


def _trade(found: Sequence[Trade]) -> Table:
    table = Table.grid(padding=(0, 2))
    for one in found:
        sides = f"{words.state(one.giver)}{words.ARROW}{words.state(one.taker)}" if one.giver and one.taker else ""
        table.add_row(
            Text(words.days(one.first, one.last) or words.UNDATED, "bold"),
            Text(words.money(one.amount)),
            Text(sides),
            Text(f"“{quote(one.event.quote)}”", "italic"),
        )
    return table


def _named(found: Sequence[Named]) -> str:
    return ", ".join(f"{words.one_line(one.name)} ({len(one.refs)})" for one in found)
