"""What a decision reaches: the documents whose claims, threads or entities it bears on, and the deals beside them.

Invariant: what an undone decision reached is reached again by what undoes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Select, select

from followthearms.link.joining.unite import Union
from followthearms.model import Decision
from followthearms.model.decisions import Act, Ruling, Undo, entities, in_force, targets
from followthearms.register.chunks import chunks
from followthearms.register.folding.current import Rulings
from followthearms.register.folding.recording import Spot, Touched
from followthearms.register.tables import derived

_BINDING = frozenset({Act.MERGE, Act.SPLIT, Act.SAME, Act.DIFFERENT})
"""The acts of which a newer one can overrule an older one."""

_ON_CLAIMS = frozenset({Act.ACCEPT, Act.REJECT, Act.CORRECT, Act.NOTE})
"""The acts that change nothing but the claims that they are on."""

_strands, _briefs, _cells = derived.strands.c, derived.briefs.c, derived.cells.c


def documents_of(connection: Connection, decisions: Iterable[Decision], rulings: Rulings) -> set[str]:
    """The documents that these decisions bear on: their own, and those of rulings that are tied to them through what
    they are on, since another of these may be overruled now."""
    found: set[str] = set()
    named: set[str] = set()
    for ruling in _tied([_meant(decision, rulings) for decision in decisions], rulings):
        found |= {target.document for target in targets(ruling)}
        named |= set(entities(ruling))
    named |= {rulings.bindings.merged[name] for name in named if name in rulings.bindings.merged}
    for part in chunks(named):
        found |= set(connection.execute(select(_cells.document).where(_cells.entity.in_(part)).distinct()).scalars())
    return found


def are_on_claims(decisions: Iterable[Decision], rulings: Rulings) -> bool:
    """Whether these decisions bear on nothing but what single claims say and how they stand."""
    return all(_meant(decision, rulings).act in _ON_CLAIMS for decision in decisions)


def spread(connection: Connection, touched: Touched) -> None:
    """Reach the spots of all strands of the deals that are reached, which may part."""
    for part in chunks(touched.deals):
        asked = _spots().where(_strands.deal.in_(part)).distinct()
        touched.spots |= {Spot(*row) for row in connection.execute(asked)}


def spots_of(connection: Connection, names: Collection[str]) -> set[Spot]:
    """The spots of the strands of these documents, and of all other strands of the deals that they are in."""
    touched = Touched()
    for part in chunks(names):
        for block, kin, deal in connection.execute(
            _spots().add_columns(_strands.deal).where(_strands.document.in_(part)).distinct()
        ):
            touched.spots.add(Spot(block, kin))
            touched.deals |= {deal} if deal else set()
    spread(connection, touched)
    return touched.spots


def _spots() -> Select[Any]:
    """Asks for the spots of strands; those that name no party have none."""
    return select(_briefs.block, _briefs.kin).join(derived.strands, _strands.thread == _briefs.thread)


def _tied(ruled: list[Ruling], rulings: Rulings) -> list[Ruling]:
    """These rulings, and all that hold and share documents or entities with them, directly or through others."""
    holding = [decision.ruling for decision in in_force(rulings.decisions) if decision.act in _BINDING]
    united: Union[str] = Union()
    for ruling in (*holding, *ruled):
        for left, right in pairwise(_about(ruling)):
            united.join(left, right)
    reached = {united.find(name) for ruling in ruled if ruling.act in _BINDING for name in _about(ruling)}
    return ruled + [one for one in holding if not reached.isdisjoint(map(united.find, _about(one)))]


def _about(ruling: Ruling) -> list[str]:
    return [*(f"document:{target.document}" for target in targets(ruling)), *entities(ruling)]


def _meant(decision: Decision, rulings: Rulings) -> Ruling:
    """What the decision rules or, if it undoes another, what that one ruled."""
    by_id = {one.id: one for one in rulings.decisions}
    while isinstance(decision.ruling, Undo):
        decision = by_id[decision.ruling.decision]
    return decision.ruling
