"""A text with the spans of its claims as layers, ready to be written as nested elements.

Invariant: the words of the pieces, joined, are the text, and every `Open` has its `Close`, properly nested, whatever
the spans overlap. A span that crosses another is cut in two; only its first part carries its anchor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from followthearms.model import Claim

EVIDENCE = "evidence"
LANES = 4
"""Underlines one below the other before they fall together; on the annotated articles more than four is rare."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that fills a slot of some claims (their places in the document's list, from 1)."""

    start: int
    end: int
    slot: str
    claims: tuple[int, ...]

    @property
    def anchor(self) -> str:
        """Its name within the document."""
        return anchor(self.slot, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Open:
    """A mark begins, or goes on after a cut. `lane` counts the slots that it lies over."""

    mark: Mark
    lane: int
    is_start: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the text; `claim` is the first claim of the innermost slot around it."""

    text: str
    claim: int | None


@dataclass(frozen=True, slots=True)
class Close:
    """A mark is cut, or ends: then `ended` is true."""

    mark: Mark
    ended: bool


Piece = Open | Words | Close


def anchor(slot: str, start: int, end: int) -> str:
    """The name of the stretch that fills a slot."""
    return f"{slot}-{start}-{end}"


def marks_of(claims: Iterable[Claim], without: Collection[int] = ()) -> list[Mark]:
    """One mark for each stretch and slot, in order of the text, the longer first; none for the claims `without`, by
    their numbers."""
    users: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims, start=1):
        if number in without:
            continue
        for slot, extent in claim.spans():
            if number not in users[extent.start, extent.end, slot]:
                users[extent.start, extent.end, slot].append(number)
    marks = [Mark(start, end, slot, tuple(numbers)) for (start, end, slot), numbers in users.items()]
    return sorted(marks, key=_outer_first)


def layers(text: str, claims: Iterable[Claim], without: Collection[int] = ()) -> Iterator[Piece]:
    """The text as words between the beginnings and ends of its marks; see `marks_of`."""
    marks = marks_of(claims, without)
    lane = _lanes(marks)
    starting: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        starting[mark.start].append(mark)
    edges = sorted({0, len(text)} | {m.start for m in marks} | {m.end for m in marks})
    stack: list[Mark] = []
    for here, following in zip(edges, [*edges[1:], len(text)], strict=True):
        reopened: list[Mark] = []
        while any(m.end <= here for m in stack):
            mark = stack.pop()
            yield Close(mark, ended=mark.end <= here)
            if mark.end > here:
                reopened.append(mark)
        for mark in sorted([*reopened, *starting[here]], key=lambda m: (-m.end, m.start, m.slot != EVIDENCE, m.slot)):
            stack.append(mark)
            yield Open(mark, lane[mark], is_start=mark.start == here)
        if here < following:
            inner = [m for m in stack if m.slot != EVIDENCE]
            yield Words(text[here:following], inner[-1].claims[0] if inner else None)


def _outer_first(mark: Mark) -> tuple[int, int, bool, str]:
    return mark.start, -mark.end, mark.slot != EVIDENCE, mark.slot


def _lanes(marks: list[Mark]) -> dict[Mark, int]:
    """How far below the words each mark is underlined, so that no two that overlap share a line: shortest nearest."""
    lane: dict[Mark, int] = {}
    taken: dict[int, set[int]] = defaultdict(set)
    for mark in sorted(marks, key=lambda m: (m.end - m.start, m.start, m.slot)):
        if mark.slot == EVIDENCE:
            lane[mark] = 0
            continue
        used = {n for at in range(mark.start, mark.end) for n in taken[at]}
        lane[mark] = next((n for n in range(LANES) if n not in used), LANES - 1)
        for at in range(mark.start, mark.end):
            taken[at].add(lane[mark])
    return lane
