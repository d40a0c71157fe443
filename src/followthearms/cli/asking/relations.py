"""The commands about who and what the register names, and their answers on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from followthearms.cli import console, stored
from followthearms.cli.tables import plain_table, quote
from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.model import Event, Named
from followthearms.model.entities import Entity, EntityKind, Tenure
from followthearms.register import Register
from followthearms.register.answers.entities import Mentioned, Naming
from followthearms.register.answers.relations import Dealing, Relations, Trade
from followthearms.register.answers.sources import Source


@dataclass(frozen=True)
class Asked:
    """Of which register it is asked, as of which day, and how the answer is shown: in so many rows, or as JSON."""

    file: str | None
    as_of: dt.date | None
    rows: int
    as_json: bool

    def register(self) -> AbstractContextManager[Register]:
        """The register that is meant."""
        return stored.opened_register(self.file, as_of=self.as_of)


def print_relations(left: str, right: str, asked: Asked) -> None:
    """All that is between two states."""
    with asked.register() as register:
        found = register.relations.between(left, right)
    if asked.as_json:
        console.print_json(found.model_dump(mode="json"))
        return
    shown = list(_sections(found, asked.rows))
    head = Text(f"{words.visible(found.left.label)} and {words.visible(found.right.label)}", "bold")
    console.console().print(Group(head, *shown) if shown else Group(head, Text("No text tells of anything.")))


def print_entities(kind: str | None, provisional: bool, asked: Asked) -> None:
    """The entities with how often claims name them, provisional ones first."""
    with asked.register() as register:
        found = register.entities.review(_kind(kind), provisional=provisional or None, limit=asked.rows)
    if asked.as_json:
        console.print_json([one.model_dump(mode="json", exclude_defaults=True) for one in found])
        return
    table = plain_table("Entity", "Kind", "Named", "Id")
    for one in found:
        known = one.entity
        table.add_row(
            Text(words.visible(known.label), "yellow" if known.provisional else ""),
            Text(known.sort or known.kind.value),
            Text(words.number(one.mentions)),
            Text(words.visible(known.id), "dim"),
        )
    console.console().print(table)
    if len(found) == asked.rows:
        console.console().print(Text("There may be more: --rows shows more, --kind fewer.", "dim"))


def print_entity(name: str, asked: Asked) -> None:
    """One entity with the claims that name it. Raises UsageError if a name is that of several."""
    with asked.register() as register:
        found = register.entities.get(_one(name, register.entities.find(name)))
        named = register.entities.claims_of(found.entity.id, limit=asked.rows)
    if asked.as_json:
        claims = [one.model_dump(mode="json") for one in named]
        console.print_json({**found.model_dump(mode="json"), "claims": claims})
    else:
        console.console().print(Group(_facts(found), _namings(named)))


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
    console.console().print(table)
    if unnamed:
        console.console().print(Text(f"{words.number(unnamed)} documents name no outlet.", "dim"))


def _one(name: str, found: Sequence[Entity]) -> str:
    """The id that is meant: the name itself if it is one, else that of the only entity of that name."""
    ids = [one.id for one in found]
    if not found or name in ids:
        return name
    exact = [one.id for one in found if one.label.casefold() == name.casefold()]
    if len(ids) == 1 or len(exact) == 1:
        return (exact or ids)[0]
    raise UsageError(f"{name!r} may be {', '.join(ids[:8])}; give the id of one")


def _kind(name: str | None) -> EntityKind | None:
    if name is None:
        return None
    try:
        return EntityKind(name)
    except ValueError as error:
        raise UsageError(f"no such kind: {name}; there are {', '.join(EntityKind)}") from error


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
    table = plain_table("Deal", "Ordered / delivered", "Value", "Status", "When", "Reports")
    for one in found:
        row = one.deal
        table.add_row(
            Text.assemble(f"{words.sides(row)}\n{words.items(row.equipment)}", (f"\n{row.id}", "dim")),
            Text(f"{words.ordered(row)} / {words.delivered(row)}" if row.ordered or row.delivered else words.UNSAID),
            Text(words.worth(row)),
            Text(row.status.value),
            Text(words.days(row.first, row.last) or words.UNSAID),
            Text(f"{len(one.refs)} from {row.sources} source{'s' * (row.sources != 1)}"),
        )
    return table


def _events(found: Sequence[Event]) -> Table:
    table = Table.grid(padding=(0, 2))
    for event in found:
        said = words.certainty(event.modality, event.negated, event.disputed)
        told = f"told {words.day(event.published)}" if event.published else "day unknown"
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
            Text(words.days(one.first, one.last) or "day unknown", "bold"),
            Text(words.money(one.amount)),
            Text(sides),
            Text(f"“{quote(one.event.quote)}”", "italic"),
        )
    return table


def _named(found: Sequence[Named]) -> str:
    return ", ".join(f"{words.one_line(one.name)} ({len(one.refs)})" for one in found)


def _facts(found: Mentioned) -> RenderableType:
    known, facts = found.entity, Table.grid(padding=(0, 2))
    years = f"{known.first or ''}–{known.last or ''}" if known.first or known.last else ""
    codes = known.codes.model_dump(exclude_none=True) if known.codes else {}
    for name, value in (
        ("id", known.id),
        ("what", ", ".join(part for part in (known.kind.value, known.sort) if part)),
        ("known", "no: provisional, by its name alone" if known.provisional else "from the tables"),
        ("state", known.state or ""),
        ("years", years),
        ("offices", "; ".join(map(_tenure, found.offices))),
        ("within", ", ".join(known.above)),
        ("lists", ", ".join(f"{name.upper()} {code}" for name, code in codes.items())),
        ("made by", ", ".join(map(words.state, known.makers))),
        ("other names", ", ".join(known.aliases)),
        ("merged", ", ".join(found.merged)),
        (
            "named",
            f"{words.number(found.mentions)} times, as {', '.join(found.spellings)}" if found.mentions else "never",
        ),
    ):
        if value:
            facts.add_row(Text(name, "dim"), Text(words.one_line(value)))
    return Group(Text(words.visible(known.label), "bold"), Padding(facts, (0, 0, 1, 2)))


def _tenure(one: Tenure) -> str:
    """An office with the time over which texts name it: "defence minister (told March 2019 to May 2020)"."""
    told = words.days(one.first, one.last)
    return f"{one.office} (told {told})" if told else one.office


def _namings(found: Sequence[Naming]) -> Table:
    table = plain_table("Claim", "Named as", "Words", leading=1)
    for one in found:
        told = ", ".join(
            part for part in (one.outlet, words.day(one.event.published) if one.event.published else "") if part
        )
        table.add_row(
            Text.assemble((one.event.kind.value, "bold"), (f"\n{words.one_line(told)}", "dim")),
            Text.assemble(words.one_line(one.words), (f"\n{one.slot}: {words.one_line(one.reason)}", "dim")),
            Text(quote(one.event.quote), "italic"),
        )
    return table


def _what(one: Source) -> str:
    return ", ".join(part for part in (one.kind, words.state(one.state) if one.state else None) if part) or words.UNSAID


def _time(one: Source) -> str:
    """The months between which its documents came."""
    if not one.months:
        return words.UNSAID
    first, last = one.months[0][0], one.months[-1][0]
    return first if first == last else f"{first} to {last}"
