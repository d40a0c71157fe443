"""Strands gathered into rows: which reports are about one and the same transfer.

The rules, from the most specific strands down to the vaguest:

1. what names the same parties and the same equipment is one row, in whatever document;
2. what is vaguer (a wider term for the equipment, a party left out) joins the row that the same claim names;
   failing that, the only row of its own document that it can mean;
   failing that, if it names both parties and equipment, or one party and a designation, the only such row
   of any document;
3. what could mean several rows, or none, makes a row of its own with its like.

Invariant: the outcome is a function of the set of strands. All of one level are decided on the rows as the level above
left them, so that neither the order of documents nor that of claims plays a part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from followthearms.link.strands import Family, Signature, Strand
from followthearms.link.unite import Union


@dataclass(frozen=True)
class Row:
    """The strands of one row, in a fixed order. `founder` is the signature that the row's id is made of."""

    founder: Signature
    strands: tuple[Strand, ...]


def rows(strands: Iterable[Strand]) -> tuple[Row, ...]:
    """The rows that the strands make, in the order of their founders.

    A strand that names no party and joins no row is in no row.
    """
    return _Gathering(strands).rows()


class _Gathering:
    """The state of one pass: strands are named by their place in a canonical order, rows by any of their strands."""

    def __init__(self, strands: Iterable[Strand]) -> None:
        self.strands = sorted(strands, key=lambda s: (*_order(s), s.signature.sort_key))
        self.united: Union[int] = Union()
        self.settled: set[int] = set()
        self.founders: dict[Signature, int] = {}
        self.by_document: dict[str, list[int]] = defaultdict(list)
        self.by_party: dict[object, dict[Signature, int]] = defaultdict(dict)
        self.by_claim: dict[tuple[str, str], list[int]] = defaultdict(list)

    def rows(self) -> tuple[Row, ...]:
        """Every level decided in turn, from the most specific."""
        places = sorted(range(len(self.strands)), key=lambda i: self.strands[i].signature.level, reverse=True)
        for _, level in groupby(places, key=lambda i: self.strands[i].signature.level):
            self._decide(sorted(level))
        founders: dict[int, list[Signature]] = defaultdict(list)
        for signature, place in self.founders.items():
            founders[self.united.find(place)].append(signature)
        made = [
            Row(
                min(founders[self.united.find(members[0])], key=lambda signature: signature.sort_key),
                tuple(self.strands[place] for place in members),
            )
            for members in self.united.sets(sorted(self.settled))
        ]
        return tuple(sorted(made, key=lambda row: row.founder.sort_key))

    def _decide(self, level: Sequence[int]) -> None:
        groups: dict[tuple[str, Signature], list[int]] = defaultdict(list)
        for place in level:
            groups[self.strands[place].document.id, self.strands[place].signature].append(place)
        joins = {key: self._rows_meant(members) for key, members in groups.items()}
        left_over: dict[Signature, list[int]] = defaultdict(list)
        for (document, signature), members in groups.items():
            targets = joins[document, signature]
            if targets or signature.names_a_party:
                self._settle(members)
            for target in targets:
                self.united.join(members[0], target)
            if not targets and signature.names_a_party:
                left_over[signature] += members
        for signature, members in left_over.items():
            founder = self.founders.setdefault(signature, members[0])
            self._unite([founder, *members])

    def _settle(self, members: Sequence[int]) -> None:
        self._unite(members)
        for place in members:
            strand = self.strands[place]
            self.settled.add(place)
            self.by_document[strand.document.id].append(place)
            for key in _keys(strand.signature):
                self.by_party[key].setdefault(strand.signature, place)
            self.by_claim[strand.document.id, strand.claim.id].append(place)

    def _unite(self, members: Sequence[int]) -> None:
        for place in members[1:]:
            self.united.join(members[0], place)

    def _rows_meant(self, members: Sequence[int]) -> set[int]:
        """The rows, each by one of its strands, that the strands of one signature in one document belong to."""
        first = self.strands[members[0]]
        tied = {
            other
            for place in members
            for other in self.by_claim[first.document.id, self.strands[place].claim.id]
            if self._same_item(place, other)
        }
        if tied:
            return {self.united.find(other) for other in tied}
        near = self._fitting(first.signature, self.by_document[first.document.id])
        if near or not _says_enough(first.signature):
            return _the_only(near)
        key = _keys(first.signature)[-1]
        return _the_only(self._fitting(first.signature, self.by_party[key].values()))

    def _same_item(self, left: int, right: int) -> bool:
        one, other = self.strands[left].signature, self.strands[right].signature
        return one.node is not None and one.may_be(other)

    def _fitting(self, signature: Signature, places: Iterable[int]) -> set[int]:
        """The rows that it may be; those with named equipment alone if there are any."""
        fitting = [place for place in places if signature.may_be(self.strands[place].signature)]
        named = [place for place in fitting if self.strands[place].signature.node]
        return {self.united.find(place) for place in named or fitting}


def _the_only(rows: set[int]) -> set[int]:
    return rows if len(rows) == 1 else set()


def _order(strand: Strand) -> tuple[str, int, int, str]:
    evidence = strand.claim.evidence
    return strand.document.id, evidence.start, evidence.end, strand.claim.id


def _keys(signature: Signature) -> list[tuple[Family, str, str]]:
    """What a row is looked up by: each of its parties by role, those without a direction last."""
    suppliers = [(signature.family, "from", "+".join(sorted(signature.supplier)))] if signature.supplier else []
    recipients = [(signature.family, "to", signature.recipient)] if signature.recipient else []
    everyone = signature.supplier | signature.sides | ({signature.recipient} if signature.recipient else set())
    undirected = [(signature.family, "with", party) for party in sorted(everyone)]
    return undirected if signature.sides else [*undirected, *suppliers, *recipients]


def _says_enough(signature: Signature) -> bool:
    """True if it may be looked for in other documents: both parties and more than "arms", or one and a designation."""
    if signature.family.is_event or signature.node is None:
        return False
    both = bool(signature.supplier and signature.recipient) or len(signature.sides) > 1
    return both or (signature.names_a_party and signature.node.designated)
