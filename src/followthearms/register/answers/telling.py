"""The claims of the register as events with their words, fetched by where they stand.

Invariant: the words of an event are those of the stored text at its offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from followthearms.model import Claim, Event, Kind, Ref, Standing
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
    """The claims at these places, in the order of the places; rejected ones are left out."""
    wanted = set(places)
    names = sorted({document for document, _ in wanted})
    for start in range(0, len(names), _SOME):
        yield from _some(connection, names[start : start + _SOME], wanted)


def _some(connection: Connection, names: Sequence[str], wanted: Collection[Place]) -> Iterator[Saying]:
    told = derived.statements.c
    texts = _texts(connection, names)
    asked = select(derived.statements).where(told.document.in_(names), told.standing != Standing.REJECTED.value)
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


class Told(NamedTuple):
    """Where a claim stands, its id and its kind."""

    document: str
    position: int
    claim: str
    kind: Kind

    @property
    def place(self) -> Place:
        """Where it stands, without more."""
        return self.document, self.position

    @property
    def ref(self) -> Ref:
        """Where it stands, for people and other registers."""
        return Ref(document=self.document, claim=self.claim)


def claims_in(connection: Connection, deals: Collection[str]) -> dict[str, list[Told]]:
    """For each of these deals its claims, by document and position."""
    found: dict[str, list[Told]] = defaultdict(list)
    strands, told = derived.strands.c, derived.statements.c
    ordered = sorted(deals)
    for start in range(0, len(ordered), _SOME):
        asked = (
            select(strands.deal, strands.document, strands.position, told.claim, told.kind)
            .join(derived.statements, (told.document == strands.document) & (told.position == strands.position))
            .where(strands.deal.in_(ordered[start : start + _SOME]))
            .distinct()
            .order_by(strands.deal, strands.document, strands.position)
        )
        for deal, document, position, claim, kind in connection.execute(asked):
            found[deal].append(Told(document, position, claim, Kind(kind)))
    return found
