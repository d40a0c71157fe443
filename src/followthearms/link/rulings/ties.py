"""What analysts ruled on strands, as linking looks it up: which threads must be of one deal, and which must not.

Invariant: rulings name strands by `Target.key`; a key stands for all that is tied to it, however many rulings apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from followthearms.link.joining.strands import Strand
from followthearms.link.joining.unite import Union
from followthearms.link.rulings.bindings import Bindings
from followthearms.model import Document, Target


@dataclass
class Ties:
    """The rulings of some bindings. `named` holds the keys that stand for the sets that are tied together."""

    _united: Union[str] = field(default_factory=Union)
    _apart: Mapping[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _alone: frozenset[str] = frozenset()
    _together: frozenset[str] = frozenset()

    @classmethod
    def of(cls, bindings: Bindings) -> Ties:
        """The ties of the bindings."""
        united: Union[str] = Union()
        for left, right in bindings.together:
            united.join(left.key, right.key)
        apart: dict[str, set[str]] = defaultdict(set)
        for left, right in bindings.apart:
            apart[united.find(left.key)].add(united.find(right.key))
            apart[united.find(right.key)].add(united.find(left.key))
        together = frozenset(target.key for pair in bindings.together for target in pair)
        return cls(united, apart, frozenset(t.key for group in bindings.groups for t in group), together)

    def sets(self, keys: Iterable[str]) -> frozenset[str]:
        """What stands for the sets that the keys are in."""
        return frozenset(self._united.find(key) for key in keys)

    def tied(self, keys: Iterable[str]) -> frozenset[str]:
        """What stands for those of the sets that hold more than one key."""
        return self.sets(key for key in keys if key in self._together)

    def clash(self, left: Iterable[str], right: Collection[str]) -> bool:
        """True if something in the one must not be of one deal with something in the other; both as `sets` gives."""
        return any(not self._apart.get(one, frozenset()).isdisjoint(right) for one in left)

    def alone(self, keys: Iterable[str]) -> bool:
        """True if it was split off, so that nothing joins it that is not tied to it."""
        return not self._alone.isdisjoint(keys)


def named(document: Document, strands: Sequence[Strand], bindings: Bindings) -> Mapping[str, frozenset[str]]:
    """For the anchor of each strand of the document that rulings name, the keys that they name it by."""
    pairs = (*bindings.together, *bindings.apart, *bindings.groups)
    targets = {target.key: target for group in pairs for target in group if target.document == document.id}
    found: dict[str, set[str]] = defaultdict(set)
    for key, target in targets.items():
        for strand in _meant(document, strands, target):
            found[strand.anchor].add(key)
    return {anchor: frozenset(keys) for anchor, keys in found.items()}


def _meant(document: Document, strands: Sequence[Strand], target: Target) -> list[Strand]:
    """The strand with the anchor; failing that, those of the claim, as a newer reading may have cut it otherwise."""
    own = [strand for strand in strands if strand.anchor == target.anchor]
    place = None if own else target.among(document.claims)
    return own if place is None else [s for s in strands if s.claim.id == document.claims[place].id]


def parted(strands: Sequence[Strand], keys: Mapping[str, frozenset[str]], ties: Ties) -> list[list[Strand]]:
    """Strands of one document, in the order of the text, taken apart as rulings on them ask.

    What no ruling names goes with the nearest in the text that was not split off.
    """
    groups: list[tuple[set[str], bool, list[int]]] = []
    for place, strand in enumerate(strands):
        own = keys.get(strand.anchor)
        if own is None:
            continue
        sets, alone = ties.sets(own), ties.alone(own)
        home = next(
            (g for g in groups if g[1] == alone and not ties.clash(sets, g[0]) and (not alone or g[0] & sets)), None
        )
        if home is None:
            groups.append((set(sets), alone, [place]))
        else:
            home[0].update(sets)
            home[2].append(place)
    free = [place for place, strand in enumerate(strands) if strand.anchor not in keys]
    open_to = {place: n for n, (_, alone, places) in enumerate(groups) if not alone for place in places}
    rest: list[int] = []
    for place in free:
        if open_to:
            nearest = min(open_to, key=lambda other: (abs(_start(strands[other]) - _start(strands[place])), other))
            groups[open_to[nearest]][2].append(place)
        else:
            rest.append(place)
    return [[strands[i] for i in sorted(places)] for places in (*(g[2] for g in groups), rest) if places]


def _start(strand: Strand) -> int:
    return strand.claim.evidence.start
