"""The claims of the register as events with their words, fetched by where they stand.

Invariant: the words of an event are those of the stored text at its offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from followthearms.model import Claim, Event, Ref
from followthearms.register.tables import derived, documents

Place = tuple[str, int]
"""A document's id and the position of a claim in it."""

_SOME = 300
"""Ids that are bound to one statement."""


@dataclass(frozen=True)
class Saying:
    """A claim, where it stands, and what is shown of it."""

    place: Place
    claim: Claim
    event: Event
    outlet: str | None


def sayings(connection: Connection, places: Collection[Place]) -> Iterator[Saying]:
    """The claims at these places, in the order of the places; places that no longer hold a claim are left out."""
    wanted = set(places)
    names = sorted({document for document, _ in wanted})
    for start in range(0, len(names), _SOME):
        yield from _some(connection, names[start : start + _SOME], wanted)


def _some(connection: Connection, names: Sequence[str], wanted: Collection[Place]) -> Iterator[Saying]:
    told = derived.statements.c
    texts = _texts(connection, names)
    asked = select(derived.statements).where(told.document.in_(names))
    for row in connection.execute(asked.order_by(told.document, told.position)):
        if (row.document, row.position) not in wanted:
            continue
        claim = Claim.model_validate_json(row.body)
        event = Event(
            ref=Ref(document=row.document, claim=row.claim),
            kind=row.kind,
            modality=row.modality,
            negated=row.negated,
            disputed=row.disputed,
            first=row.first,
            last=row.last,
            published=row.published,
            place=claim.place.text if claim.place else None,
            quote=texts[row.document][row.start : row.end],
        )
        yield Saying((row.document, row.position), claim, event, row.outlet)


def _texts(connection: Connection, names: Collection[str]) -> dict[str, str]:
    asked = select(documents.c.id, documents.c.text).where(documents.c.id.in_(names))
    return {row.id: row.text for row in connection.execute(asked)}


def by_day(found: Saying) -> tuple[str, str, int]:
    """Where a saying stands in time: by the day it happened or is due, else the day it was told."""
    event = found.event
    day = event.first or event.last or event.published
    return (day.isoformat() if day else "9999", *found.place)


def places_of(connection: Connection, deals: Collection[str]) -> dict[str, list[Place]]:
    """For each of these deals, where its claims stand."""
    found: dict[str, list[Place]] = defaultdict(list)
    strands = derived.strands.c
    ordered = sorted(deals)
    for start in range(0, len(ordered), _SOME):
        part = ordered[start : start + _SOME]
        asked = select(strands.deal, strands.document, strands.position).where(strands.deal.in_(part)).distinct()
        for deal, document, position in connection.execute(asked.order_by(*asked.selected_columns)):
            found[deal].append((document, position))
    return found
