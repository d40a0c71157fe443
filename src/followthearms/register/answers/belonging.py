"""Which claims belong to which deals, and why.

Invariant: a join is told by the claims that it joins, so that both can be looked up in their texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from followthearms.model import DealRow, Frozen, Ref
from followthearms.register.chunks import chunks
from followthearms.register.folding import joins
from followthearms.register.session import Session
from followthearms.register.tables import derived

_strands, _statements, _deals = derived.strands.c, derived.statements.c, derived.deals.c
_SAME_CLAIM = (_strands.document == _statements.document) & (_strands.position == _statements.position)


class Joined(Frozen):
    """Two claims that are of one deal: each feature that spoke for or against it with its weight, and their sum."""

    left: Ref
    right: Ref
    weight: float
    features: dict[str, float]


class Belonging:
    """Asks a register what belongs together."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_document(self, name: str) -> dict[str, tuple[DealRow, ...]]:
        """For each claim of the document with this id, the deals that it is part of, by rank; others are left out."""
        asked = (
            select(_statements.claim, _deals.summary, _strands.position, _deals.rank, _deals.id)
            .select_from(derived.strands.join(derived.statements, _SAME_CLAIM))
            .join(derived.deals, _deals.id == _strands.deal)
            .where(_strands.document == name)
            .order_by(_strands.position, _deals.rank.desc(), _deals.id)
            .distinct()
        )
        found: dict[str, dict[str, DealRow]] = defaultdict(dict)
        with self._session.reading() as connection:
            for told in connection.execute(asked):
                row = DealRow.model_validate_json(told.summary)
                found[told.claim][row.id] = row
        return {claim: tuple(rows.values()) for claim, rows in found.items()}

    def of_items(self, documents: Collection[str]) -> dict[Ref, dict[int | None, tuple[str, ...]]]:
        """For each claim of these documents that linking takes in, the deals of each of its items, by where the item
        starts (null for a claim that names none): one for each recipient, or none. Of a relation, the first item stands
        for all."""
        asked = (
            select(_strands.document, _statements.claim, _strands.item, _strands.deal)
            .select_from(derived.strands.join(derived.statements, _SAME_CLAIM))
            .order_by(_strands.deal)
            .distinct()
        )
        found: dict[Ref, dict[int | None, list[str]]] = defaultdict(lambda: defaultdict(list))
        with self._session.reading() as connection:
            for part in chunks(documents):
                for told in connection.execute(asked.where(_strands.document.in_(part))):
                    of_item = found[Ref(document=told.document, claim=told.claim)][told.item]
                    of_item += [told.deal] if told.deal else []
        return {ref: {item: tuple(names) for item, names in of.items()} for ref, of in found.items()}

    def rows(self, names: Collection[str]) -> dict[str, DealRow]:
        """The deals with these ids as lists show them; those that there are not are left out."""
        with self._session.reading() as connection:
            return {
                row.id: DealRow.model_validate_json(row.summary)
                for part in chunks(names)
                for row in connection.execute(select(_deals.id, _deals.summary).where(_deals.id.in_(part)))
            }

    def copies(self, document: str) -> tuple[str, ...]:
        """The ids of the other documents that tell the same story as the one with this id, sorted."""
        own, other = derived.copies.alias("own"), derived.copies.alias("other")
        asked = (
            select(other.c.document)
            .join(own, own.c.story == other.c.story)
            .where(own.c.document == document, other.c.document != document)
            .order_by(other.c.document)
        )
        with self._session.reading() as connection:
            return tuple(connection.execute(asked).scalars())

    def joins(self, deal: str) -> tuple[Joined, ...]:
        """Why the threads of the deal with this id are one deal: each pair by the claims that begin them."""
        with self._session.reading() as connection:
            refs = _beginnings(connection, deal)
            found = [one for one in joins(connection, refs) if one.left in refs and one.right in refs]
        return tuple(
            Joined(left=refs[one.left], right=refs[one.right], weight=one.weight, features=dict(one.features))
            for one in sorted(found, key=lambda one: (-one.weight, one.left, one.right))
        )


def _beginnings(connection: Connection, deal: str) -> dict[str, Ref]:
    """The first claim of each thread of a deal, by the thread's anchor."""
    asked = (
        select(_strands.thread, _statements.document, _statements.claim)
        .select_from(derived.strands.join(derived.statements, _SAME_CLAIM))
        .where(_strands.deal == deal, _strands.anchor == _strands.thread)
    )
    return {row.thread: Ref(document=row.document, claim=row.claim) for row in connection.execute(asked)}
