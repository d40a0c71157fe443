"""What analysts ruled on deals, entities, sources and contradictions, as the linker takes it.

Invariant: bindings never ask for what cannot be: where two rulings are at odds, however many others tie them
together, the newer one binds and the older is among the `overruled`. They are a function of the log's order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from followthearms.link.joining.unite import Union
from followthearms.model import Contradiction, Decision, Grade, Target
from followthearms.model.decisions import Different, GradeSource, Merge, Resolve, Ruling, Same, Split, in_force

_T = TypeVar("_T")
Pair: TypeAlias = tuple[Target, Target]


@dataclass(frozen=True)
class Bindings:
    """What binds. All tuples are sorted, and so are the two of a pair.

    `together`, `apart`: strands (see `Target.anchor`) that are, or are not, of one deal. `groups`: strands that were
    split off; they make a deal of their own, which nothing joins unless `together` ties it to one of them. Their own
    pairs are in `together`, and those with the strand that they were split from in `apart`.
    `merged`: entity -> the entity that it is; `split_names`: entity -> names that do not mean it.
    `grades`: source -> grade. `rulings`: what closed contradictions, the newest first.
    `overruled`: ids of decisions that a newer one is at odds with.
    """

    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    groups: tuple[tuple[Target, ...], ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    split_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grades: Mapping[str, Grade] = field(default_factory=dict)
    rulings: tuple[Decision, ...] = ()
    overruled: frozenset[str] = frozenset()

    def ruling_on(self, contradiction: Contradiction, anchors: Collection[str]) -> Decision | None:
        """The decision that closed a contradiction of the deal whose strands have these anchors."""
        told = (contradiction.topic, contradiction.left.value, contradiction.right.value)
        for decision in self.rulings:
            if isinstance(decision.ruling, Resolve):
                closed = decision.ruling.contradiction
                is_here = closed.id == contradiction.id or closed.deal.anchor in anchors
                if is_here and closed.told == told:
                    return decision
        return None


NO_BINDINGS = Bindings()
"""Bindings of no decision at all."""

_Pairs: TypeAlias = Sequence[tuple[_T, _T]]


def bindings(decisions: Iterable[Decision]) -> Bindings:
    """The bindings that all decisions come to, given in the order in which they were made, undone ones included."""
    holding = in_force(decisions)
    strands, entities = _Ties(), _Ties()
    for decision in reversed(holding):
        together, apart = _strand_ties(decision.ruling)
        strands.take(decision.id, _keys(together), _keys(apart))
        entities.take(decision.id, *_entity_ties(decision.ruling))
    overruled = strands.refused | entities.refused
    kept = [decision.ruling for decision in holding if decision.id not in overruled]
    ties = [_strand_ties(ruling) for ruling in kept]
    return Bindings(
        together=_sorted(pair for together, _ in ties for pair in together),
        apart=_sorted(pair for _, apart in ties for pair in apart),
        groups=_groups(kept),
        merged=_merged(kept),
        split_names=_split_names(kept),
        grades={ruling.source: ruling.grade for ruling in kept if isinstance(ruling, GradeSource)},
        rulings=_closing(holding),
        overruled=frozenset(overruled),
    )


class _Ties:
    """Ties between names, taken one decision at a time, the newest first; what is at odds with them is refused."""

    def __init__(self) -> None:
        self.united: Union[str] = Union()
        self.apart: list[tuple[str, str]] = []
        self.refused: set[str] = set()

    def take(self, decision: str, together: _Pairs[str], apart: _Pairs[str]) -> None:
        """Take all that a decision ties and parts, or nothing of it."""
        tried: Union[str] = Union()  # of the sets that there are, each by the name that stands for it
        for left, right in together:
            tried.join(self.united.find(left), self.united.find(right))
        if any(
            tried.find(self.united.find(left)) == tried.find(self.united.find(right))
            for left, right in ((*self.apart, *apart) if together else apart)
        ):
            self.refused.add(decision)
            return
        for left, right in together:
            self.united.join(left, right)
        self.apart += apart


def _strand_ties(ruling: Ruling) -> tuple[_Pairs[Target], _Pairs[Target]]:
    """The strands that a ruling puts together, and those that it keeps apart."""
    match ruling:
        case Merge(deals=(first, *others)):
            return [(first, other) for other in others], []
        case Split(deal=Target() as deal, claims=(first, *others)):
            return [(first, other) for other in others], [(deal, claim) for claim in ruling.claims]
        case Same(left=Target() as left, right=Target() as right):
            return [(left, right)], []
        case Different(left=Target() as left, right=Target() as right):
            return [], [(left, right)]
        case _:  # about something else
            return [], []


def _entity_ties(ruling: Ruling) -> tuple[_Pairs[str], _Pairs[str]]:
    match ruling:
        case Merge(entities=(first, *others)):
            return [(first, other) for other in others], []
        case Same(left=str(left), right=str(right)):
            return [(left, right)], []
        case Different(left=str(left), right=str(right)):
            return [], [(left, right)]
        case _:  # about something else
            return [], []


def _keys(pairs: _Pairs[Target]) -> list[tuple[str, str]]:
    return [(left.key, right.key) for left, right in pairs]


def _sorted(pairs: Iterable[tuple[Target, Target]]) -> tuple[Pair, ...]:
    """Each pair once, whatever id a newer reading gives their claims; the newest naming of the two is kept."""
    ordered = (sorted(pair, key=lambda target: target.key) for pair in pairs)
    found = {(left.key, right.key): (left, right) for left, right in ordered}
    return tuple(found[keys] for keys in sorted(found))


def _groups(kept: Iterable[Ruling]) -> tuple[tuple[Target, ...], ...]:
    groups = [ruling.claims for ruling in kept if isinstance(ruling, Split) and ruling.claims]
    found = {tuple(sorted(target.key for target in group)): group for group in groups}
    return tuple(tuple(sorted(found[keys], key=lambda target: target.key)) for keys in sorted(found))


def _merged(kept: Iterable[Ruling]) -> dict[str, str]:
    """Each entity that was merged into another, with the one that stands for both in the end."""
    into: dict[str, str] = {}
    for ruling in kept:
        for one, other in _entity_ties(ruling)[0]:
            keeps, goes = _end(into, one), _end(into, other)
            if keeps != goes:
                into[goes] = keeps
    return {entity: _end(into, entity) for entity in sorted(into)}


def _end(into: Mapping[str, str], entity: str) -> str:
    while entity in into:
        entity = into[entity]
    return entity


def _split_names(kept: Iterable[Ruling]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for ruling in kept:
        if isinstance(ruling, Split) and ruling.entity is not None:
            found[ruling.entity] |= set(ruling.names)
    return {entity: tuple(sorted(found[entity])) for entity in sorted(found)}


def _closing(holding: Iterable[Decision]) -> tuple[Decision, ...]:
    """The newest ruling on each contradiction, the newest of all first."""
    found: dict[str, Decision] = {}
    for decision in holding:
        if isinstance(decision.ruling, Resolve):
            found.pop(decision.ruling.contradiction.id, None)
            found[decision.ruling.contradiction.id] = decision
    return tuple(reversed(found.values()))
