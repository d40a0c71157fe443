"""What is looked at before deals or entities are made one or taken apart: as they are, and as they would be.

Invariant: nothing is decided by looking; the form that decides carries just what was shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.model import Deal, DealRow, Entity
from followthearms.model.query import Condition, Query
from followthearms.register.answers.entities import Mentioned
from followthearms.register.decisions.ledger import Foreseen
from followthearms.web import links
from followthearms.web.views.deals.columns import COLUMNS, flat
from followthearms.web.views.quotes import Library, Quote

_SHOWN = tuple(
    COLUMNS[name]
    for name in ("deal", "equipment", "status", "quantity", "delivered", "value", "date", "sources", "claims")
)
_ENTITY = ("Name", "Id", "Kind", "Also called", "Called in the texts", "Mentions")


@dataclass(frozen=True)
class Row:
    """A deal or an entity in the preview: what it is to the ruling, its page, and its cells."""

    label: str
    href: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What there is and what would come of it. `fields` are what the form sends, as (name, value)."""

    headings: tuple[str, ...]
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    warnings: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    swapped: str | None = None


@dataclass(frozen=True)
class Candidate:
    """What could be the other one: its page in the preview."""

    label: str
    note: str
    href: str


@dataclass(frozen=True)
class MergeView:
    """The page on which another is chosen, and what would come of it is looked at."""

    what: str
    heading: str
    here: str
    back: str
    asked: str
    found: tuple[Candidate, ...]
    preview: Preview | None


@dataclass(frozen=True)
class Part:
    """A claim of a deal, or a name of an entity, that can be ticked."""

    value: str
    words: str
    is_ticked: bool
    quote: Quote | None = None


@dataclass(frozen=True)
class SplitView:
    """The page on which parts are ticked, and what would come of it is looked at."""

    what: str
    heading: str
    here: str
    back: str
    parts: tuple[Part, ...]
    preview: Preview | None


def like(deal: Deal) -> Query:
    """The query for deals with the same parties, which another that is the same will most likely have."""
    sides = (("supplier", deal.supplier), ("recipient", deal.recipient), ("party", deal.parties))
    coded = [(name, one.code) for name, found in sides for one in found[:1] if one.code]
    return Query(conditions=tuple(Condition(name, (code,)) for name, code in coded))


def merge_deals(deal: Deal, other: Deal, foreseen: Foreseen) -> Preview:
    """Two deals, and the one that they would be."""
    return Preview(
        headings=tuple(column.label for column in _SHOWN),
        before=(_deal("this deal", deal), _deal("the other", other)),
        after=tuple(_deal("as one", one) for one in foreseen.deals),
        warnings=foreseen.warnings,
        fields=(("name", deal.id), ("name", other.id)),
        swapped=ruling(links.deal(other.id), "merge", other=deal.id),
    )


def split_deal(deal: Deal, parts: Iterable[str], foreseen: Foreseen) -> Preview:
    """A deal, and those that it would be taken apart into."""
    return Preview(
        headings=tuple(column.label for column in _SHOWN),
        before=(_deal("as it is", deal),),
        after=tuple(_deal(f"part {n}", one) for n, one in enumerate(foreseen.deals, 1)),
        warnings=foreseen.warnings,
        fields=(("name", deal.id), *(("part", part) for part in parts)),
    )


def merge_entities(one: Mentioned, other: Mentioned, foreseen: Foreseen) -> Preview:
    """Two entities that would be one."""
    return Preview(
        headings=_ENTITY,
        before=(_entity("this one, which keeps its id", one), _entity("the other", other)),
        after=(),
        warnings=foreseen.warnings,
        fields=(("name", one.entity.id), ("name", other.entity.id)),
        swapped=ruling(links.entity(other.entity.id), "merge", other=one.entity.id),
    )


def split_entity(one: Mentioned, names: Iterable[str], foreseen: Foreseen) -> Preview:
    """An entity from which names would be taken."""
    return Preview(
        headings=_ENTITY,
        before=(_entity("as it is", one),),
        after=(),
        warnings=foreseen.warnings,
        fields=(("name", one.entity.id), *(("part", name) for name in names)),
    )


def claims_of(deal: Deal, library: Library, ticked: Collection[str]) -> tuple[Part, ...]:
    """The claims of a deal, each once, with their sentences."""
    parts = []
    for event in {event.ref: event for event in deal.events}.values():
        value = f"{event.ref.document}:{event.ref.claim}"
        said = ", ".join(part for part in (event.kind.value, words.days(event.first, event.last)) if part)
        parts.append(Part(value, said, value in ticked, library.said(event.ref)))
    return tuple(parts)


def names_of(one: Mentioned, ticked: Collection[str]) -> tuple[Part, ...]:
    """The words by which texts name an entity."""
    return tuple(Part(name, words.one_line(name), name in ticked) for name in one.spellings)


def deal_candidate(row: DealRow, deal: str) -> Candidate:
    """A deal that could be the same as the one with an id."""
    note = (
        f"{row.status.value}, {words.counted(row.claims, 'claim')}, {words.counted(row.sources, 'independent source')}"
    )
    return Candidate(words.heading(row), note, ruling(links.deal(deal), "merge", other=row.id))


def entity_candidate(found: Entity, entity: str) -> Candidate:
    """An entity that could be the same as the one with an id."""
    href = ruling(links.entity(entity), "merge", other=found.id)
    return Candidate(words.one_line(found.label), f"{found.kind.value}, {found.id}", href)


def ruling(page: str, act: str, **state: str) -> str:
    """The page on which something is looked at before it is decided on."""
    return links.with_state(f"{page}/{act}", state)


def _deal(label: str, deal: Deal) -> Row:
    return Row(label, links.deal(deal.id), flat(DealRow.of(deal), _SHOWN))


def _entity(label: str, one: Mentioned) -> Row:
    told = one.entity
    aliases, spellings = (", ".join(map(words.one_line, found)) for found in (told.aliases, one.spellings))
    cells = (words.one_line(told.label), told.id, told.kind.value, aliases, spellings, f"{one.mentions:,}")
    return Row(label, links.entity(told.id), cells)
