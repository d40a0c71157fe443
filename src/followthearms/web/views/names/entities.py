"""Lists of entities, and the page of each: its names, its parts in deals, over time, and the words that name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.tables import Row
from followthearms.link.names.entities import entity as known
from followthearms.model import EntityKind
from followthearms.model.query import Query
from followthearms.register.answers.entities import Mentioned, Naming
from followthearms.register.search.facets import Facets
from followthearms.register.search.results import FoundDeal, Page
from followthearms.web import links
from followthearms.web.views.asking import only
from followthearms.web.views.deals.columns import COLUMNS as DEAL_COLUMNS
from followthearms.web.views.deals.columns import Cell, cells
from followthearms.web.views.decisions import Decided
from followthearms.web.views.names.bars import Bar, bars
from followthearms.web.views.paging import exports
from followthearms.web.views.phrases import total

COLUMNS = ("id", "kind", "label", "aliases", "provisional", "state", "mentions")

_PARTY = ("party", "supplier", "recipient", "actor")
ROLES: Mapping[EntityKind, tuple[str, ...]] = {
    EntityKind.STATE: _PARTY,
    EntityKind.BODY: _PARTY,
    EntityKind.GROUP: _PARTY,
    EntityKind.PARTY: _PARTY,
    EntityKind.ORGANISATION: ("company",),
    EntityKind.COMPANY: ("company",),
    EntityKind.PERSON: ("person",),
    EntityKind.EQUIPMENT: ("equipment",),
    EntityKind.PLACE: ("place",),
    EntityKind.SOURCE: ("source",),
}
"""The filters by which an entity's deals are found, the widest first."""

_HEADINGS = {
    "supplier": "As supplier",
    "recipient": "As recipient",
    "actor": "As third party",
    "company": "Deals that name it",
    "person": "Deals that name this person",
    "equipment": "Deals for it, or for a kind of it",
    "place": "Deals that name it",
    "source": "Deals that it reports",
}
_SHOWN = tuple(DEAL_COLUMNS[name] for name in ("deal", "equipment", "status", "quantity", "value", "date", "sources"))

KINDS = {
    EntityKind.STATE: "States",
    EntityKind.BODY: "Bodies and alliances",
    EntityKind.GROUP: "Armed groups",
    EntityKind.PARTY: "Unnamed parties",
    EntityKind.ORGANISATION: "Organisations",
    EntityKind.COMPANY: "Companies",
    EntityKind.PERSON: "People",
    EntityKind.EQUIPMENT: "Equipment",
    EntityKind.PLACE: "Places",
}


@dataclass(frozen=True)
class Part:
    """The deals in which an entity plays a part: the first of them, and the list that has all."""

    heading: str
    total: str
    href: str
    query: Query
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Named:
    """Words that name the entity, in the claim that they stand in."""

    words: str
    slot: str
    reason: str
    quote: str
    href: str
    outlet: str
    date: str


@dataclass(frozen=True)
class EntityView:
    """The page of an entity."""

    found: Mentioned
    label: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    above: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    years: tuple[Bar, ...]
    namings: tuple[Named, ...]
    history: tuple[Decided, ...]


@dataclass(frozen=True)
class EntitiesView:
    """A list of entities of one kind."""

    kind: EntityKind
    heading: str
    kinds: tuple[tuple[str, str, bool], ...]
    knowns: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[Mentioned, str, str], ...]
    is_cut: bool
    exports: tuple[tuple[str, str], ...]


def entities_view(found: Sequence[Mentioned], kind: EntityKind, provisional: bool | None, is_cut: bool) -> EntitiesView:
    """The list of a kind."""

    def href(**state: str | None) -> str:
        return links.listing("/entities", **state)

    flag = None if provisional is None else str(provisional).lower()
    choices = ((None, "all"), ("false", "known by name"), ("true", "names that no table knows"))
    return EntitiesView(
        kind=kind,
        heading=KINDS.get(kind, "Sources"),
        kinds=tuple((label, href(kind=one.value, provisional=flag), one is kind) for one, label in KINDS.items()),
        knowns=tuple((label, href(kind=kind.value, provisional=one), one == flag) for one, label in choices),
        rows=tuple((one, words.one_line(one.entity.label), links.entity(one.entity.id)) for one in found),
        is_cut=is_cut,
        exports=exports(lambda form: links.listing(f"/entities.{form}", kind=kind.value, provisional=flag)),
    )


def entity_view(
    found: Mentioned,
    answers: Mapping[str, Page[FoundDeal]],
    facets: Facets,
    namings: Iterable[Naming],
    history: tuple[Decided, ...],
) -> EntityView:
    """The page of an entity; `answers` are its deals by the filter that finds them."""
    told = found.entity
    return EntityView(
        found=found,
        label=words.one_line(told.label),
        kind=told.kind.value,
        facts=tuple(_facts(found)),
        above=tuple((words.one_line(known(one).label), links.entity(one)) for one in told.above),
        parts=tuple(_part(role, told.id, page) for role, page in answers.items() if role in _HEADINGS and page.rows),
        years=bars({one.value: one.deals for one in facets.year}),
        namings=tuple(_named(one) for one in namings),
        history=history,
    )


def rows(found: Iterable[Mentioned]) -> Iterable[Row]:
    """Entities as rows of a table."""
    for one in found:
        yield {
            "id": one.entity.id,
            "kind": one.entity.kind.value,
            "label": one.entity.label,
            "aliases": "\n".join(one.entity.aliases),
            "provisional": "yes" if one.entity.provisional else "no",
            "state": one.entity.state or "",
            "mentions": str(one.mentions),
        }


def _facts(found: Mentioned) -> Iterable[tuple[str, str]]:
    told = found.entity
    yield "Id", told.id
    if told.aliases:
        yield "Also called", ", ".join(map(words.one_line, told.aliases))
    if found.spellings:
        yield "Called in the texts", ", ".join(map(words.one_line, found.spellings))
    if found.merged:
        yield "Merged into it", ", ".join(words.one_line(f"{known(one).label} ({one})") for one in found.merged)
    if told.state and told.state != told.id:
        yield "State", words.state(told.state)
    if told.sort:
        yield "Sort", words.one_line(told.sort)
    if told.makers:
        yield "Made by", ", ".join(map(words.state, told.makers))
    if told.first or told.last:
        yield "Years", f"{told.first or ''}–{told.last or ''}"
    for name, code in told.codes or ():
        if code:
            yield {"sipri": "SIPRI", "unroca": "UNROCA", "ml": "EU military list", "hs": "HS"}[name], code


def _part(role: str, name: str, page: Page[FoundDeal]) -> Part:
    query = only(role, name)
    return Part(
        heading=_HEADINGS[role],
        total=total(page.total),
        href=links.deals(query),
        query=query,
        rows=tuple(cells(one.row, _SHOWN) for one in page.rows),
    )


def _named(one: Naming) -> Named:
    event = one.event
    return Named(
        words=words.one_line(one.words),
        slot=one.slot,
        reason=one.reason,
        quote=event.quote,
        href=links.claim(event.ref.document, event.ref.claim),
        outlet=words.one_line(one.outlet or event.ref.document),
        date=words.published(event.published),
    )
