"""Finding what a person names: claims, deals and contradictions by their ids or the beginnings of them, and entities.

Invariant: what is found stands in the newest readings; a name that could mean several things is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, false, or_, select

from followthearms.errors import NotInRegister, UsageError
from followthearms.knowledge.entities import source_id
from followthearms.link.names.entities import entity
from followthearms.model import Claim, Contradiction, Document
from followthearms.model.decisions.targets import Disagreement, Target
from followthearms.register import folding
from followthearms.register.answers.queries import begins, former
from followthearms.register.chunks import chunks
from followthearms.register.folding.current import read
from followthearms.register.tables import derived, documents

_statements, _strands, _deals = derived.statements.c, derived.strands.c, derived.deals.c
_differences, _origins, _cells = derived.differences.c, derived.origins.c, derived.cells.c
_T = TypeVar("_T")
_SHOWN = 5
"""So many of the things that a name could mean are told."""


def document(connection: Connection, name: str) -> Document | None:
    """The document with this id and its claims as they were read; null if there is none."""
    return next(read(connection, [name]), None)


def one_document(connection: Connection, name: str) -> Document:
    """The document with this id, or the only one whose id begins so. Raises NotInRegister."""
    begun = select(documents.c.id).where(begins(documents.c.id, name)).order_by(documents.c.id).limit(_SHOWN)
    found = connection.execute(begun).scalars().all() if name else []
    told = document(connection, name)
    if told is None and not found:
        raise NotInRegister(f"no document has the id {name!r}, or one that begins so; `fta claims --json` names them")
    return told or next(read(connection, [_only(name, [(one, one) for one in found], "documents")]))


def claim(connection: Connection, name: str) -> Target:
    """The claim with this id, or "DOCUMENT:ID", or the only one whose id begins so. Raises NotInRegister."""
    asked = select(_statements.document, _statements.claim)
    colons = [place for place, letter in enumerate(name) if letter == ":"]  # either id may hold some
    tries = (
        _statements.claim == name,
        or_(
            false(),
            *((_statements.document == name[:place]) & (_statements.claim == name[place + 1 :]) for place in colons),
        ),
        begins(_statements.claim, name),
    )
    for wanted in tries:
        found = connection.execute(asked.where(wanted).order_by(*asked.selected_columns).limit(_SHOWN)).all()
        if found and name:
            one = _only(name, [(f"{row.document}:{row.claim}", row) for row in found], "claims")
            told = next(read(connection, [one.document]))
            return next(Target.of(told.id, claim) for claim in told.claims if claim.id == one.claim)
    raise NotInRegister(f"no claim has the id {name!r}, or one that begins so; `fta claims` lists them")


def deal_id(connection: Connection, name: str) -> str:
    """The id of the deal that is, or was, called so, or of the only one whose id begins so. Raises NotInRegister."""
    begun = select(_deals.id).where(begins(_deals.id, name)).order_by(_deals.id).limit(_SHOWN)
    found = connection.execute(begun).scalars().all() if name else []
    found = [one for one in found if one == name] or found or former(connection, name)
    if not found:
        raise NotInRegister(f"no deal has the id {name!r}, or one that begins so; `fta deals` lists them")
    return _only(name, [(one, one) for one in found], "deals")


def deal(connection: Connection, name: str) -> Target:
    """The strand that founded the deal with this id. Raises NotInRegister."""
    return strand(connection, deal_id(connection, name).removeprefix("d"))


def deal_of(connection: Connection, target: Target) -> str:
    """The deal that a strand is in; for one that is in none, or for a whole claim, what stands for it."""
    found = connection.execute(select(_strands.deal).where(_strands.anchor == target.anchor)).scalar()
    return str(found or target.key)


def strand(connection: Connection, anchor: str) -> Target:
    """The strand with this anchor. Raises NotInRegister."""
    return _targets(connection, [anchor])[0]


def strands_of(connection: Connection, target: Target, deal: str | None = None) -> tuple[Target, ...]:
    """The strands of a claim, or those of them that are in a deal, by anchor."""
    told = document(connection, target.document)
    place = target.among(told.claims) if told else None
    asked = select(_strands.anchor).where(_strands.document == target.document, _strands.position == place)
    asked = asked if deal is None else asked.where(_strands.deal == deal)
    return _targets(connection, connection.execute(asked.order_by(_strands.anchor)).scalars().all())


def one_strand(connection: Connection, target: Target) -> Target:
    """The strand that stands for a claim among deals. Raises UsageError if it is of several deals, or was rejected."""
    found = strands_of(connection, target)
    if not found:
        raise UsageError(f"claim {target.claim} was rejected, and so is of no deal; undo that first")
    asked = select(_strands.deal).where(_strands.anchor.in_([one.anchor for one in found])).distinct()
    deals = connection.execute(asked).scalars().all()
    if len(deals) > 1:
        several = ", ".join(sorted(deal or "none" for deal in deals))
        raise UsageError(f"claim {target.claim} is of several deals ({several}); name the deals instead")
    return found[0]


def strands_in(connection: Connection, deal: str) -> tuple[Target, ...]:
    """The strands of the deal with this id, by document and place in it."""
    asked = select(_strands.anchor).where(_strands.deal == deal)
    ordered = asked.order_by(_strands.document, _strands.position, _strands.anchor)
    return _targets(connection, connection.execute(ordered).scalars().all())


def statement(connection: Connection, target: Target) -> tuple[Document, Claim]:
    """The document of a claim, and the claim as decisions leave it. Raises NotInRegister."""
    told = next(folding.standing(connection, [target.document]), None)
    place = target.among(told.read.claims) if told else None
    if told is None or place is None:
        raise NotInRegister(f"claim {target.claim} is not read; `fta claims` lists the claims as they stand")
    return told.read, told.document.claims[place]


def contradiction(connection: Connection, name: str) -> Disagreement:
    """The contradiction with this id, or the only one whose id begins so. Raises NotInRegister."""
    asked = select(_differences.id, _differences.body).where(begins(_differences.id, name))
    found = connection.execute(asked.order_by(_differences.id).limit(_SHOWN)).all() if name else []
    if not found:
        raise NotInRegister(f"no contradiction has an id that begins with {name!r}; `fta contradictions` lists them")
    exact = [row for row in found if row.id == name]
    body = _only(name, [(row.id, row.body) for row in exact or found], "contradictions")
    told = Contradiction.model_validate_json(body)
    return Disagreement(
        id=told.id,
        deal=deal(connection, told.deal),
        topic=told.topic,
        left=told.left.value,
        right=told.right.value,
    )


def entity_id(connection: Connection, name: str) -> str:
    """The entity with this id. Raises NotInRegister if neither the register nor the tables of names have it."""
    held = connection.execute(select(derived.entities.c.id).where(derived.entities.c.id == name)).first()
    if held is None and entity(name).provisional:
        raise NotInRegister(f"no entity {name!r} in the register; `fta entities` lists them")
    return name


def source(connection: Connection, name: str) -> str:
    """The id of the source with this id or any of its names. Raises NotInRegister if no document has to do with it."""
    wanted = name if name.startswith("source:") else source_id(name)
    published = select(_origins.source).where(_origins.source == wanted).limit(1)
    cited = select(_cells.entity).where(_cells.entity == wanted).limit(1)
    if wanted is None or not (connection.execute(published).first() or connection.execute(cited).first()):
        raise NotInRegister(f"no document comes from, or cites, {name!r}; `fta sources` lists the sources")
    return wanted


def _targets(connection: Connection, anchors: Sequence[str]) -> tuple[Target, ...]:
    """The strands with these anchors, in their order. Raises NotInRegister for one that there is not."""
    found: dict[str, Target] = {}
    texts: dict[str, Document] = {}
    for part in chunks(anchors):
        asked = select(_strands.anchor, _strands.document, _strands.position).where(_strands.anchor.in_(part))
        rows = connection.execute(asked).all()
        texts |= {one.id: one for one in read(connection, {row.document for row in rows} - texts.keys())}
        for row in rows:
            found[row.anchor] = Target.of(row.document, texts[row.document].claims[row.position], row.anchor)
    for anchor in anchors:
        if anchor not in found:
            raise NotInRegister(f"nothing in the register is linked as {anchor!r}; name a deal of `fta deals`")
    return tuple(found[anchor] for anchor in anchors)


def _only(name: str, found: Sequence[tuple[str, _T]], what: str) -> _T:
    """The only one of those found, each after how it can be named. Raises UsageError if there are more."""
    if len(found) > 1:
        several = ", ".join(shown for shown, _ in found)
        raise UsageError(f"{name!r} may be any of several {what} ({several}); name one of them")
    return found[0][1]
