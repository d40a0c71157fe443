"""Claims with the parties and the equipment that analysts ruled their words to mean.

Invariant: no word, offset or id of a claim changes, only what the words stand for.
"""

from __future__ import annotations

from followthearms.knowledge.entities import equipment_id
from followthearms.knowledge.equipment import categories
from followthearms.link.names import equipment as tree
from followthearms.link.names.entities import ruled
from followthearms.link.names.parties import code
from followthearms.link.rulings.bindings import Bindings
from followthearms.model import Claim, Equipment, Party

_PARTIES = ("supplier", "recipient", "actor", "parties")


def as_ruled(claim: Claim, bindings: Bindings) -> Claim:
    """The claim under the rulings on entities."""
    if not bindings.merged and not bindings.split_names:
        return claim
    named = {slot: tuple(_party(party, bindings) for party in getattr(claim, slot)) for slot in _PARTIES}
    items = tuple(_item(item, bindings) for item in claim.equipment)
    return claim.model_copy(update={**named, "equipment": items})


def _party(party: Party, bindings: Bindings) -> Party:
    meant = ruled(code(party), party.text, bindings)
    return party if meant == code(party) else party.model_copy(update={"code": meant})


def _item(item: Equipment, bindings: Bindings) -> Equipment:
    node = tree.node(item)
    if node is None:
        return item
    found = equipment_id(node.name)
    meant = ruled(found, item.text, bindings)
    if meant == found:
        return item
    name = meant.partition(":")[2]
    is_category = name in categories()
    return item.model_copy(
        update={"category": name if is_category else item.category, "designation": None if is_category else name}
    )
