"""`fta entities`: who and what the claims name."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from followthearms.cli import console
from followthearms.cli.stored import Asked
from followthearms.cli.tables import plain_table, quote
from followthearms.errors import UsageError
from followthearms.exchange import words
from followthearms.model.entities import Entity, EntityKind, Tenure
from followthearms.register.answers.entities import Mentioned, Naming


def print_entities(asked: Asked, kind: str | None, provisional: bool, rows: int) -> None:
    """The entities with how often claims name them, provisional ones first. Raises UsageError for no kind."""
    with asked.register() as register:
        found = register.entities.review(_kind(kind), provisional=provisional or None, limit=rows)
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
    if len(found) == rows:
        console.console().print(Text("There may be more: --rows shows more, --kind fewer.", "dim"))


def print_entity(asked: Asked, name: str, rows: int) -> None:
    """One entity with the first claims that name it. Raises UsageError if a name is that of several."""
    with asked.register() as register:
        found = register.entities.get(_one(name, register.entities.find(name)))
        named = register.entities.claims_of(found.entity.id, limit=rows)
    if asked.as_json:
        claims = [one.model_dump(mode="json") for one in named]
        console.print_json({**found.model_dump(mode="json"), "claims": claims})
    else:
        console.console().print(Group(_facts(found), _namings(named)))


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
