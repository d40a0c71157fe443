"""The words of a sentence that can name equipment.

A term is a category noun ("fighter jets"), a known designation ("S-400s") or what has the shape of one ("QX-9").
Invariant: terms do not overlap and stand in text order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followthearms.extract.mentions.equipment.lines import HYPHENS, INSIDE, LINKS, Line
from followthearms.knowledge.equipment import (
    Designation,
    Surface,
    designation_keys,
    surfaces,
    variant_of,
    words,
)

_SHAPE = re.compile(r"[A-Z][A-Za-z]{0,4}\d{1,4}[A-Za-z]{0,4}\Z")
_PREFIX = re.compile(r"[A-Z][A-Za-z]{0,4}\Z")
_NUMBERED = re.compile(r"\d{1,4}[A-Za-z]{0,4}\Z")
_SPELLED = 6
"""Words of the longest designation."""
NAME = 3
"""Words of a proper noun before the noun."""
VERBAL = frozenset({"VERB", "AUX", "PRON", "ADV", "ADP", "SCONJ"})


@dataclass(frozen=True, slots=True)
class Term:
    """Words `first` to `last`: a category noun (`noun`), a designation (`known`), or the shape of one (neither)."""

    first: int
    last: int
    noun: Surface | None = None
    known: Designation | None = None


def terms(line: Line, learnt: frozenset[tuple[str, ...]] = frozenset()) -> Iterator[Term]:
    """Every longest term from left to right, without overlaps. `learnt`: names that the article uses for equipment."""
    i, nouns = 0, surfaces()
    while i < len(line.words):
        if line.text[line.words[i].start].islower() and line.keys[i] not in nouns:
            i += 1  # most words: designations and names begin with a capital
            continue
        found = [t for t in (_designation(line, i), _category(line, i)) if t]
        term = max(found, key=lambda t: t.last) if found else _learnt(line, i, learnt) or _shape(line, i)
        if term:
            yield term
        i = term.last + 1 if term else i + 1


def _designation(line: Line, i: int) -> Term | None:
    table, beginnings = designation_keys()
    word = line.words[i]
    if line.text[word.start].islower():
        return None
    if word.key not in beginnings and word.key[:-1] not in table:
        base = variant_of(word.key)
        return Term(i, i, known=base) if base else None
    key, best = "", None
    for j in range(i, min(i + _SPELLED, len(line.words))):
        if j > i and (not line.linked(j - 1, INSIDE) or (line.gap(i) == " " and word.key in words().not_names)):
            break
        key += line.words[j].key
        item = table.get(key) or (table.get(key[:-1]) if key.endswith("s") else None)
        whole = j == i or line.gap(j - 1) in HYPHENS or line.written(j)[0].isdigit()
        item = item or (variant_of(key) if whole else None)
        if item:
            best = Term(i, j, known=item)
        if key not in beginnings:
            break
    return best


def _category(line: Line, i: int) -> Term | None:
    for surface in surfaces().get(line.keys[i], ()):
        end = i + len(surface.keys)
        if line.keys[i:end] == surface.keys and _stands(line, i, surface) and _means(line, i, end - 1, surface):
            return Term(i, end - 1, noun=surface)
    return None


def _stands(line: Line, i: int, surface: Surface) -> bool:
    if surface.exact and not line.written(i).rstrip("s").isupper():
        return False
    return all(line.linked(i + n, LINKS) for n in range(len(surface.keys) - 1))


def _means(line: Line, first: int, last: int, surface: Surface) -> bool:
    """False if the words around make the noun something else: "missile attack", "fuel tank", "to arm"."""
    around = words()
    if first == last and line.pos[last] in VERBAL and not line.shouted:
        return False
    if last + 1 < len(line.words) and line.linked(last, LINKS) and line.keys[last + 1] in around.not_after:
        return False
    barred = around.not_before.get(surface.keys[-1], ())
    return not (first > 0 and line.linked(first - 1) and line.words[first - 1].key in barred)


def _learnt(line: Line, i: int, learnt: frozenset[tuple[str, ...]]) -> Term | None:
    if not learnt or line.text[line.words[i].start].islower():
        return None
    for n in range(min(NAME, len(line.words) - i), 0, -1):
        if tuple(w.key for w in line.words[i : i + n]) in learnt:
            return Term(i, i + n - 1)
    return None


def _shape(line: Line, i: int) -> Term | None:
    """What looks like a designation: letters and a number in one word, or joined by a hyphen."""
    written = line.written(i)
    if line.words[i].key in words().not_names:
        return None
    if _SHAPE.match(written):
        return Term(i, i)
    if _PREFIX.match(written) and i + 1 < len(line.words) and line.gap(i) in HYPHENS:
        return Term(i, i + 1) if _NUMBERED.match(line.written(i + 1)) else None
    return None
