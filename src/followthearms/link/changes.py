"""What lies between two sets of deals, field by field, and what brought it about.

Invariants: a pure function of both sets and of the rulings between them; nothing is said to have changed if the sets
are equal, and something is if they are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from followthearms.model.deals import ARRIVED, Contradiction, Deal, DealRow, Event, Ref, Status
from followthearms.model.decisions import Decision
from followthearms.model.snapshots import (
    PUBLISHED,
    Cell,
    Changed,
    Changes,
    FieldChange,
    Gone,
    New,
    Reason,
    Report,
    Ruled,
    Turn,
)
from followthearms.model.spans import Frozen

_UNTOLD = {"refs", "sources"}
"""Of a cell: where it was read and how often, which the fields `events` and `sources` of its deal tell."""


@dataclass(frozen=True)
class Ruling:
    """A decision with what it touches: "deal:ID", "claim:ID", "document:ID", "entity:ID", "source:NAME"."""

    decision: Decision
    subjects: frozenset[str]


@dataclass(frozen=True)
class Between:
    """What can explain a change: the rulings made between two states, and the outlets of documents by their ids."""

    rulings: Sequence[Ruling] = ()
    outlets: Mapping[str, str | None] | None = None


def changes(
    before: Iterable[Deal], after: Iterable[Deal], between: Between, *, left: str = "before", right: str = "after"
) -> Changes:
    """What has changed from one set of deals to the other. `left` and `right` name the two."""
    old, new = ({deal.id: deal for deal in deals} for deals in (before, after))
    differing = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    was, are = (_homes(deals[name] for name in differing if name in deals) for deals in (old, new))
    found: dict[type[New | Gone | Changed], list[Any]] = {New: [], Gone: [], Changed: []}
    for name in differing:
        pair = _Pair(old.get(name), new.get(name), between)
        if pair.before is None and pair.after:
            out_of = _moved(pair.after, was, are)
            found[New].append(New(deal=DealRow.of(pair.after), out_of=out_of, because=pair.reasons()))
        elif pair.after is None and pair.before:
            into = _moved(pair.before, are, was)
            found[Gone].append(Gone(deal=DealRow.of(pair.before), into=into, because=pair.reasons()))
        elif pair.after:
            found[Changed].append(Changed(deal=DealRow.of(pair.after), fields=pair.fields()))
    return Changes(left=left, right=right, new=found[New], gone=found[Gone], changed=found[Changed])


def _homes(deals: Iterable[Deal]) -> dict[Ref, set[str]]:
    found: dict[Ref, set[str]] = {}
    for deal in deals:
        for event in deal.events:
            found.setdefault(event.ref, set()).add(deal.id)
    return found


def _moved(deal: Deal, there: Mapping[Ref, set[str]], here: Mapping[Ref, set[str]]) -> tuple[str, ...]:
    """The deals that have this one's claims there but not here, or else have them there; the one with most first."""
    refs = [event.ref for event in deal.events]
    moved = Counter(chain.from_iterable(there.get(ref, set()) - here.get(ref, set()) for ref in refs))
    shared = moved or Counter(chain.from_iterable(there.get(ref, ()) for ref in refs))
    return tuple(sorted(shared, key=lambda name: (-shared[name], name)))


class _Pair:
    """One deal before and after; null where it was not, or is no more."""

    def __init__(self, before: Deal | None, after: Deal | None, between: Between) -> None:
        self.before, self.after, self.between = before, after, between
        self.old, self.new = ({event.ref: event for event in deal.events} if deal else {} for deal in (before, after))

    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ. Where no cell does, those whose cells were read from other claims."""
        names = [name for name in Deal.model_fields if name != "id"]
        for key in (_bare, _whole):
            found = tuple(change for name in names if (change := self._field(name, key)))
            if found:
                return found
        raise AssertionError("two deals differ, but in none of their fields")

    def reasons(self, refs: Collection[Ref] | None = None, field: str = "") -> tuple[Reason, ...]:
        """What explains a change of cells of a field that were, or are, read from these claims; of the whole deal if
        null.

        Rulings first, then the claims that came or went; one that went and came in the same words was read anew.
        """
        wanted = {*self.old, *self.new} if refs is None else set(refs)
        moved = sorted((ref for ref in wanted if (ref in self.old) is not (ref in self.new)), key=_order)
        return (*self._ruled(wanted, field, is_told=bool(moved)), *self._reports(moved))

    def _reports(self, moved: Sequence[Ref]) -> Iterator[Report]:
        came = {self._words(ref) for ref in moved if ref in self.new}
        went = {self._words(ref) for ref in moved if ref in self.old}
        for ref in moved:
            if self._words(ref) not in came & went:
                yield self._report(ref, Turn.CAME if ref in self.new else Turn.WENT)
            elif ref in self.new:
                yield self._report(ref, Turn.REREAD)

    def _words(self, ref: Ref) -> tuple[str, str]:
        return ref.document, self._event(ref).quote

    def _event(self, ref: Ref) -> Event:
        return self.new[ref] if ref in self.new else self.old[ref]

    def _field(self, name: str, key: Callable[[Any], Any]) -> FieldChange | None:
        before, after = (_cells(deal, name) for deal in (self.before, self.after))
        if [key(cell) for cell in before] == [key(cell) for cell in after]:
            return None
        gone = _without(before, after, key)
        come = _without(after, before, key)
        if not gone and not come:
            gone, come = before, after
        refs = {*_refs(gone, self.before, name), *_refs(come, self.after, name)}
        because = self.reasons(refs, name) or self.reasons()
        return FieldChange(field=name, before=gone, after=come, because=because)

    def _report(self, ref: Ref, turn: Turn) -> Report:
        event = self._event(ref)
        outlets = self.between.outlets or {}
        return Report(
            turn=turn,
            document=ref.document,
            claim=ref.claim,
            outlet=outlets.get(ref.document),
            published=event.published,
            quote=event.quote,
        )

    def _ruled(self, refs: Collection[Ref], field: str, *, is_told: bool) -> Iterator[Ruled]:
        """The rulings on these claims, the deal or its entities; those on a contradiction change that alone.

        If there is none and nothing else tells the reason, those on the documents: they name claims as read before.
        """
        deals = [deal for deal in (self.before, self.after) if deal]
        near = {f"claim:{ref.claim}" for ref in refs}.union(*map(_subjects, deals))
        far = {f"document:{ref.document}" for ref in refs}
        rulings = [
            one
            for one in self.between.rulings
            if one.decision.act in PUBLISHED and (field == "contradictions" or not _is_on_contradiction(one))
        ]
        found = [one for one in rulings if one.subjects & near]
        if not found and not is_told:
            found = [one for one in rulings if one.subjects & far]
        for made in (one.decision for one in found):
            yield Ruled(decision=made.id, act=made.act, who=made.who, when=made.when, why=made.why)


def _is_on_contradiction(ruling: Ruling) -> bool:
    return any(subject.startswith("contradiction:") for subject in ruling.subjects)


def _subjects(deal: Deal) -> Iterator[str]:
    yield f"deal:{deal.id}"
    yield from (f"contradiction:{one.id}" for one in deal.contradictions)
    for party in (*deal.supplier, *deal.recipient, *deal.parties, *deal.actors):
        yield f"entity:{party.code}"
    yield from (f"entity:company:{company.name.upper()}" for company in deal.companies)
    yield from (f"entity:equipment:{item.designation}" for item in deal.equipment)


def _cells(deal: Deal | None, name: str) -> tuple[Cell, ...]:
    value = getattr(deal, name) if deal else None
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _without(cells: Sequence[Cell], others: Sequence[Cell], key: Callable[[Any], Any]) -> tuple[Cell, ...]:
    known = [key(other) for other in others]
    return tuple(cell for cell in cells if key(cell) not in known)


def _refs(cells: Iterable[Cell], deal: Deal | None, field: str) -> Iterator[Ref]:
    """The claims that the cells were read from."""
    for cell in cells:
        if isinstance(cell, Event):
            yield cell.ref
        elif isinstance(cell, Contradiction):
            yield from (*cell.left.refs, *cell.right.refs)
        elif isinstance(cell, Status):
            stages = ARRIVED if cell in ARRIVED else {cell}
            yield from (event.ref for event in (deal.events if deal else ()) if event.stage in stages)
        elif field == "delivered_total":
            yield from chain.from_iterable(figure.refs for figure in (deal.delivered if deal else ()))
        else:
            yield from getattr(cell, "refs", ())


def _bare(cell: Any) -> Any:
    """What a reader sees of a cell."""
    match cell:
        case Contradiction():
            return cell.topic, cell.consistency, cell.left.value, cell.right.value, cell.reason
        case Frozen():
            return cell.model_dump(exclude=_UNTOLD)
        case _:
            return cell


def _whole(cell: Any) -> Any:
    return cell


def _order(ref: Ref) -> tuple[str, str]:
    return ref.document, ref.claim
