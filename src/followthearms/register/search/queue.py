"""Claims one by one: where one stands among those that meet a query, and which others are like it.

Invariant: the claims before and after one are those of the list of the same query, whether or not it is among them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from followthearms.errors import NotInRegister
from followthearms.model import Claim, Frozen, Party, Ref, Standing
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register.search import planning
from followthearms.register.search.ordering import closed, order_of
from followthearms.register.search.planning import Total
from followthearms.register.search.results import FoundClaim, found_claims
from followthearms.register.search.words import quotes
from followthearms.register.tables import derived

MOST_NUMBERED = 1_000
"""Claims of a queue that have a number; those after them are reached one from the other."""
MOST_SIMILAR = 200
"""Claims that are said to be like one, at most of each sort."""

_statements, _strands, _copies = derived.statements.c, derived.strands.c, derived.copies


class Place(Frozen):
    """A claim among those that meet a query, null if none does. `number` counts from 1; null for a claim that does not
    meet the query, or stands beyond the first `MOST_NUMBERED`."""

    claim: Ref | None
    number: int | None
    total: Total
    previous: Ref | None = None
    next: Ref | None = None


class Similar(Frozen):
    """A claim of the same kind that is still to be decided on, and what it has in common with another one."""

    found: FoundClaim
    of_deal: bool
    of_story: bool
    says_same: bool


def place(connection: Connection, query: Query, at: Ref | None) -> Place:
    """Where a claim stands; of no claim, where the first does. Raises NotInRegister, and UsageError as `planning`."""
    found = planning.page(connection, query, Target.CLAIMS, MOST_NUMBERED, None)
    keys = found.keys
    if at is None and not keys:
        return Place(claim=None, number=None, total=found.total)
    own = keys[0] if at is None else _number(connection, at)
    if own in keys:
        n = keys.index(own)
        before = keys[n - 1] if n else None
        after = keys[n + 1] if n + 1 < len(keys) else _after(connection, query, own) if found.next else None
        number = n + 1
    else:
        after, number = _after(connection, query, own), None
        n = keys.index(after) if after in keys else 0 if found.next else len(keys)
        before = keys[n - 1] if n else None
    refs = _refs(connection, [key for key in (own, before, after) if key is not None])
    return Place(
        claim=refs[own], number=number, total=found.total, previous=refs.get(before or -1), next=refs.get(after or -1)
    )


def similar(connection: Connection, at: Ref) -> tuple[Similar, ...]:
    """The claims of the kind of this one, still pending, that are of its deal or told by a copy of its document, those
    first that say the same. Raises NotInRegister."""
    own = found_claims(connection, [_number(connection, at)], ())[0]
    of_deal = _pending(connection, own, _of_deals(at))
    of_story = _pending(connection, own, _of_story(at.document))
    found = {(one.document, one.claim.id): one for one in (*of_deal, *of_story)}
    found.pop((at.document, at.claim), None)
    deal, story = ({(one.document, one.claim.id) for one in those} for those in (of_deal, of_story))
    alike = [
        Similar(found=one, of_deal=key in deal, of_story=key in story, says_same=_says(one.claim) == _says(own.claim))
        for key, one in found.items()
    ]
    return tuple(sorted(alike, key=lambda one: not one.says_same))


def _number(connection: Connection, ref: Ref) -> int:
    asked = (
        select(quotes.c.number)
        .join(derived.statements, _same_place(quotes.c))
        .where(_statements.document == ref.document, _statements.claim == ref.claim)
    )
    found = connection.execute(asked).scalar()
    if found is None:
        raise NotInRegister(f"document {ref.document} has no claim {ref.claim!r}; its page shows all that it has")
    return int(found)


def _after(connection: Connection, query: Query, own: int) -> Any:
    """The number of the first claim after one in the order of a query."""
    column = order_of(query.sort, Target.CLAIMS).column
    value = own if column is None else connection.execute(select(column).where(quotes.c.number == own)).scalar()
    found = planning.page(connection, query, Target.CLAIMS, 1, closed((value, own))).keys
    return found[0] if found else None


def _refs(connection: Connection, numbers: Sequence[int]) -> dict[int, Ref]:
    asked = (
        select(quotes.c.number, _statements.document, _statements.claim)
        .join(derived.statements, _same_place(quotes.c))
        .where(quotes.c.number.in_(numbers))
    )
    return {row.number: Ref(document=row.document, claim=row.claim) for row in connection.execute(asked)}


def _same_place(table: Any) -> Any:
    return (table.document == _statements.document) & (table.position == _statements.position)


def _of_deals(at: Ref) -> Select[Any]:
    """The places of the claims of the deals that a claim is of."""
    deals = (
        select(_strands.deal)
        .join(derived.statements, _same_place(_strands))
        .where(_statements.document == at.document, _statements.claim == at.claim, _strands.deal.is_not(None))
    )
    return select(_strands.document, _strands.position).where(_strands.deal.in_(deals))


def _of_story(document: str) -> Select[Any]:
    """The places of the claims of the other documents that tell the story of one."""
    story = select(_copies.c.story).where(_copies.c.document == document)
    others = select(_copies.c.document).where(_copies.c.story.in_(story), _copies.c.document != document)
    return select(_statements.document, _statements.position).where(_statements.document.in_(others))


def _pending(connection: Connection, own: FoundClaim, places: Select[Any]) -> tuple[FoundClaim, ...]:
    """Of the claims at these places those of the same kind that are to be decided on, the newest first."""
    at = places.distinct().subquery()
    asked = (
        select(quotes.c.number)
        .join(at, (at.c.document == quotes.c.document) & (at.c.position == quotes.c.position))
        .join(derived.statements, _same_place(quotes.c))
        .where(_statements.standing == Standing.PENDING.value, _statements.kind == own.claim.kind[0].value)
        .order_by(quotes.c.number)
        .limit(MOST_SIMILAR)
    )
    return found_claims(connection, connection.execute(asked).scalars().all(), ())


def _says(claim: Claim) -> Hashable:
    """What a claim says, whatever its words."""
    return claim.kind[0], claim.modality, claim.negated, frozenset(_cells(claim))


def _cells(claim: Claim) -> Iterator[Hashable]:
    for slot in ("supplier", "recipient", "parties", "actor"):
        parties: Sequence[Party] = getattr(claim, slot)
        yield from ((slot, one.code or one.text.casefold()) for one in parties)
    for item in claim.equipment:
        count = (item.quantity.number, item.quantity.bound) if item.quantity else None
        yield "equipment", (item.designation or item.category or item.text).casefold(), count
    if claim.value:
        yield "value", claim.value.amount, claim.value.currency, claim.value.bound
