"""Terms that stand together, with the modifiers and the proper noun before them, as one name of equipment.

Invariant: groups do not overlap and stand in text order; whether one means equipment is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followthearms.extract.mentions.equipment.lines import HYPHENS, LINKS, Line
from followthearms.extract.mentions.equipment.terms import NAME, VERBAL, Term, terms
from followthearms.knowledge.equipment import Designation, designation_key, words

_MARK = re.compile(r"(?:mk|mark|block)?(?:\d{1,3}[a-z]?|i{1,3}|iv|vi?)\Z")
_CALIBRE = re.compile(r"\d+mm\Z")
_BETWEEN = 5
"""Modifiers between a designation and its noun, or before either."""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that make one name, over words `first` to `last`. `name`: the designation as written, or a proper noun."""

    line: Line
    first: int
    last: int
    noun: Term | None
    known: Designation | None
    name: str
    is_military: bool
    learnt: tuple[str, ...]

    @property
    def start(self) -> int:
        """First code point."""
        return self.line.words[self.first].start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.line.words[self.last].end


def groups(line: Line, learnt: frozenset[tuple[str, ...]] = frozenset()) -> Iterator[Group]:
    """The groups of a sentence, in order. What only repeats the group before it in brackets is none."""
    run: list[Term] = []
    free = 0
    for term in terms(line, learnt):
        if run and term.first == run[-1].last + 1 and line.gap(run[-1].last) == " (" and _closes(line, term):
            continue
        if run and not _joins(line, run[-1], term):
            yield _group(line, run, free)
            free, run = run[-1].last + 1, []
        run.append(term)
    if run:
        yield _group(line, run, free)


def _closes(line: Line, term: Term) -> bool:
    return line.text.startswith(")", line.words[term.last].end)


def _joins(line: Line, left: Term, right: Term) -> bool:
    if right.first - left.last > _BETWEEN + 1:
        return False
    if not all(line.linked(i) for i in range(left.last, right.first)):
        return False
    if left.noun and not right.noun and right.known is None:
        return False
    if left.known and right.known and right.first > left.last + 1:
        return False
    return all(_is_modifier(line, i) or _MARK.match(line.words[i].key) for i in range(left.last + 1, right.first))


def _group(line: Line, run: list[Term], free: int) -> Group:
    """The group of a run of terms; it may take words from index `free` on."""
    noun = next((t for t in reversed(run) if t.noun), None)
    named = next((t for t in reversed(run) if t.known), None) or next((t for t in run if not t.noun), None)
    known = named.known if named else None
    first, last = run[0].first, run[-1].last
    if noun is None or noun.noun is None:
        return Group(line, first, _marks(line, last), None, known, _written(line, named), False, ())
    first = _modifiers(line, first, free)
    name = _written(line, named)
    learnt: tuple[str, ...] = ()
    if named is None and noun.noun.category not in words().unnamed:
        before = _proper(line, first, free)
        if before < first:
            name_last = first if line.words[first].key == "class" else first - 1
            name = _written(line, Term(before, name_last))
            learnt = tuple(w.key for w in line.words[before : name_last + 1])
            first = before
    if line.words[first].key == "class" and first < noun.first:
        first += 1
    return Group(line, first, last, noun, known, name, _is_military(line, first, noun, run), learnt)


def _written(line: Line, term: Term | None) -> str:
    return line.text[line.words[term.first].start : line.words[term.last].end] if term else ""


def _is_military(line: Line, first: int, noun: Term | None, run: list[Term]) -> bool:
    if noun is None:
        return False
    if any(t.noun and t is not noun for t in run):
        return True
    before = first - 1 if first and line.linked(first - 1) else first
    if any(line.words[i].key in words().military for i in range(before, noun.first)):
        return True
    return before < first and (line.words[before].key in words().origins or any(b == before for _, b in line.parties))


def _marks(line: Line, last: int) -> int:
    """Past "Block 70" or "Mk II" behind a designation."""
    while last + 1 < len(line.words) and line.linked(last, LINKS):
        key = line.words[last + 1].key
        bare = key in ("block", "mk", "mark", "tranche")
        follows = bare and last + 2 < len(line.words) and _MARK.match(line.words[last + 2].key)
        if follows and line.linked(last + 1, LINKS):
            last += 2
        elif _MARK.match(key) and key.startswith(("mk", "block")):
            last += 1
        else:
            return last
    return last


def _modifiers(line: Line, first: int, free: int) -> int:
    low = max(free, first - _BETWEEN)
    start = first
    while start > low and line.linked(start - 1, LINKS) and _is_modifier(line, start - 1):
        start -= 1
    while start < first and _dangles(line, start, first):
        start += 1
    return start


def _dangles(line: Line, i: int, noun: int) -> bool:
    """True for a modifier that is only half of one: "generation" of "next generation", "high" of "high flexibility".

    A hyphen makes it whole: the "anti" of "anti-aircraft".
    """
    key = line.words[i].key
    bare = i + 1 == noun and line.gap(i) not in HYPHENS
    return key in words().needs_before or (key in words().needs_after and bare)


def _is_modifier(line: Line, i: int) -> bool:
    key = line.words[i].key
    hyphened = i + 1 < len(line.words) and line.gap(i) in HYPHENS
    if key in words().modifiers:
        return hyphened or line.pos[i] not in VERBAL or key.endswith(("ed", "ing"))
    if _CALIBRE.match(key):
        return True
    after = line.words[i + 1].key if i + 1 < len(line.words) else ""
    if key.isdigit():
        return after in ("mm", "millimetre", "millimeter", "pound", "km", "mile", "inch", "ton", "tonne")
    return hyphened and after in words().modifier_ends and after != "class"


def _proper(line: Line, first: int, free: int) -> int:
    """The first word of the proper noun that stands right before word `first`, or `first` if there is none."""
    if line.shouted or line.headline:
        return first
    start = first
    while start > max(free, first - NAME) and line.linked(start - 1) and _is_proper(line, start - 1):
        start -= 1
    while start < first and (any(a <= start <= b for a, b in line.parties) or line.written(start)[0].isdigit()):
        start += 1  # a party, or a number with no name before it, which counts what follows
    return start if not any(start <= a < first for a, _ in line.parties) else first


def _is_proper(line: Line, i: int) -> bool:
    written = line.written(i)
    if line.words[i].key in words().not_names:
        return False
    return (written[0].isupper() and line.pos[i] in ("PROPN", "")) or bool(_MARK.match(written.lower()) and i)


def key_of(group: Group) -> str:
    """The group's name as it is compared."""
    return designation_key(group.name)


def stands_alone(group: Group) -> bool:
    """True if no other proper noun stands beside the group, and it does not owe its capital to opening a sentence."""
    line = group.line
    if group.first == 0:
        return False
    before = line.linked(group.first - 1) and line.pos[group.first - 1] == "PROPN"
    after = group.last + 1 < len(line.words) and line.linked(group.last) and line.pos[group.last + 1] == "PROPN"
    party = any(b == group.first - 1 for _, b in line.parties)
    return not after and (party or not before)
