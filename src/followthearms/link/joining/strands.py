"""Claims cut into strands: one recipient and one item of equipment each, which is what a row of the register is about.

Invariant: every claim gives at least one strand, so that none is lost on the way to the deals; and no two strands have
one anchor.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from followthearms.link.names import equipment as tree
from followthearms.link.names import places
from followthearms.link.names.parties import code, codes
from followthearms.link.rulings.bindings import NO_BINDINGS, Bindings
from followthearms.link.rulings.ruled import as_ruled
from followthearms.model import Claim, Document, Equipment, Kind, Nature, Ref

_OWN_NATURE = {Kind(nature): nature for nature in Nature if nature.value in {kind.value for kind in Kind}}


@dataclass(frozen=True, slots=True)
class Signature:
    """What must agree for two strands to be of one row. Empty and null mean that the text does not say.

    `sides` holds the parties where no direction is told. `node` is a place in the equipment tree.
    `day` and `place` are kept for events only.
    """

    nature: Nature
    supplier: frozenset[str] = frozenset()
    recipient: str | None = None
    sides: frozenset[str] = frozenset()
    actor: frozenset[str] = frozenset()
    node: tree.Node | None = None
    place: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def known(self) -> int:
        """How much is told of who takes part."""
        directed = 2 * bool(self.supplier) + 2 * bool(self.recipient)
        return directed + (3 if len(self.sides) > 1 else len(self.sides)) + 2 * bool(self.actor)

    @property
    def names_a_party(self) -> bool:
        """True if it says of anyone that he takes part."""
        return self.known > 0

    @property
    def level(self) -> tuple[int, int, int]:
        """Greater for the more specific: if one signature can stand for another, its level is not above it."""
        return self.known, bool(self.place) + bool(self.first or self.last), self.node.depth if self.node else 0

    def may_be(self, other: Signature) -> bool:
        """True if this one, told more vaguely, can be what `other` tells."""
        return (
            self.nature is other.nature
            and self._parties_may_be(other)
            and self._node_may_be(other)
            and (self.place is None or other.place is None or places.nested(self.place, other.place))
            and not _apart(self, other)
        )

    def _node_may_be(self, other: Signature) -> bool:
        return self.node is None or (
            other.node is not None and tree.likeness(self.node, other.node) > tree.Likeness.AKIN
        )

    def _parties_may_be(self, other: Signature) -> bool:
        everyone = other.supplier | other.sides | ({other.recipient} if other.recipient else set())
        return (
            (not self.supplier or self.supplier == other.supplier)
            and (self.recipient is None or self.recipient == other.recipient)
            and (not self.actor or not other.actor or self.actor == other.actor)
            and self.sides <= everyone
        )


@dataclass(frozen=True)
class Strand:
    """One claim, as analysts ruled its names, as far as it concerns one recipient and one item (null if it has none).

    `anchor`, 16 hexadecimal digits, depends on where the claim's trigger stands, its kind, recipient and item only,
    so that it keeps when a better ruleset reads other slots otherwise.
    """

    document: Document
    claim: Claim
    item: Equipment | None
    signature: Signature
    anchor: str

    @cached_property
    def ref(self) -> Ref:
        """Where it stands."""
        return Ref(document=self.document.id, claim=self.claim.id)


def strands(document: Document, bindings: Bindings = NO_BINDINGS) -> tuple[Strand, ...]:
    """The strands of a document's claims, one for each recipient and item, by place in the text.

    Parties and equipment are those that analysts ruled the words to mean; anchors are made of what was read.
    """
    seen: Counter[Hashable] = Counter()
    found = []
    for read in sorted(document.claims, key=_place):
        claim = as_ruled(read, bindings)
        for n, item, signature in _cut(claim):
            told = (read.kind[0].value, read.trigger.start, read.trigger.end, *_as_read(read, claim, n, signature))
            found.append(Strand(document, claim, item, signature, _anchor(document.id, *told, seen[told])))
            seen[told] += 1
    return tuple(found)


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.evidence.start, claim.evidence.end, claim.id


def _as_read(read: Claim, ruled: Claim, item: int, signature: Signature) -> tuple[str | None, str | None]:
    """The recipient and the node of a signature as they were before rulings."""
    parties = zip(read.recipient, ruled.recipient, strict=True)
    recipient = min((code(one) for one, other in parties if code(other) == signature.recipient), default=None)
    node = tree.node(read.equipment[item]) if signature.node else None
    return recipient, node.name if node else None


def _anchor(*told: str | int | None) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _cut(claim: Claim) -> list[tuple[int, Equipment | None, Signature]]:
    """The items, each with its place among the claim's, and the signatures of each."""
    nature = _nature(claim)
    items: tuple[Equipment | None, ...] = claim.equipment or (None,)
    return [
        (n, item, signature)
        for n, item in enumerate(items[:1] if nature.is_of_parties else items)
        for signature in _signatures(nature, claim, None if nature.is_of_parties else tree.node(item))
    ]


def _nature(claim: Claim) -> Nature:
    kind = claim.kind[0]
    if kind in (Kind.RESTRICTION, Kind.LIFTING):
        specific = any(tree.node(item) for item in claim.equipment)
        imposed = bool(codes(claim.actor)) or not codes(claim.supplier)
        return Nature.EMBARGO if imposed and not specific else Nature.TRANSFER
    return _OWN_NATURE.get(kind, Nature.TRANSFER)


def _signatures(nature: Nature, claim: Claim, node: tree.Node | None) -> list[Signature]:
    supplier, actor = codes(claim.supplier), codes(claim.actor)
    recipients: list[str | None] = [*sorted(codes(claim.recipient))]
    if nature.is_relation:
        return [Signature(nature, sides=codes(claim.parties) | supplier | codes(claim.recipient))]
    if nature is Nature.EMBARGO:
        imposer = actor | supplier
        return [Signature(nature, recipient=recipient, actor=imposer) for recipient in recipients or [None]]
    if nature.is_event:
        place = places.name(claim.place.text) if claim.place else None
        first, last = (claim.date.first, claim.date.last) if claim.date else (None, None)
        return [
            Signature(nature, supplier, recipient, codes(claim.parties), actor, node, place, first, last)
            for recipient in recipients or [None]
        ]
    return [
        Signature(nature, supplier, recipient, codes(claim.parties), node=node) for recipient in recipients or [None]
    ]


def _apart(left: Signature, right: Signature) -> bool:
    """True if both have days, and no day in common."""
    left_first, left_last = left.first or left.last, left.last or left.first
    right_first, right_last = right.first or right.last, right.last or right.first
    if not (left_first and left_last and right_first and right_last):
        return False
    return left_last < right_first or right_last < left_first
