"""Paths through the relations of a sentence, as frames write them.

    path  := way ("|" way)*            the first way that leads somewhere
    way   := leg ("&" leg)*            all legs must lead somewhere; their ends are joined
    leg   := step (" " step)*
    step  := NAME [ "[" word ("," word)* "]" ]     a relation, its end restricted to lemmas or to "@class"

`subject & with`, `object of | clause`, `object[@request] poss`. A name that is no relation is an error when it is read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from followthearms.errors import KnowledgeError
from followthearms.rules.relations import NAMES, Relations

Classes = Mapping[str, frozenset[str]]
_STEP = re.compile(r"([a-z]+)(?:\[([^\]]+)\])?")


class Step(NamedTuple):
    """One relation to follow, and the lemmas or classes that its end must be of (any if empty)."""

    name: str
    words: tuple[str, ...] = ()

    def allows(self, lemma: str, classes: Classes) -> bool:
        """True if a token of this lemma may be the end of the step."""
        if not self.words:
            return True
        return any(lemma in classes[w[1:]] if w.startswith("@") else lemma == w for w in self.words)


Leg = tuple[Step, ...]
Way = tuple[Leg, ...]
Path = tuple[Way, ...]


@functools.cache
def read_path(source: str) -> Path:
    """Read a path; raises `KnowledgeError` if it is malformed."""
    return tuple(tuple(_leg(leg, source) for leg in way.split("&")) for way in source.split("|"))


def _leg(source: str, whole: str) -> Leg:
    steps = []
    for word in re.sub(r"\s*,\s*", ",", source).split():
        match = _STEP.fullmatch(word)
        if not match or match[1] not in NAMES:
            raise KnowledgeError(f"path {whole!r}: {word!r} is no relation; use one of {', '.join(sorted(NAMES))}")
        steps.append(Step(match[1], tuple((match[2] or "").split(",")) if match[2] else ()))
    if not steps:
        raise KnowledgeError(f"path {whole!r} has an empty part")
    return tuple(steps)


def classes_named(path: Path) -> set[str]:
    """The classes that a path names."""
    return {w[1:] for way in path for leg in way for step in leg for w in step.words if w.startswith("@")}


def follow(leg: Leg, start: int, relations: Relations, classes: Classes) -> list[int]:
    """The tokens where a leg ends, starting from a token, joined tokens included at every step."""
    ends = [start]
    for step in leg:
        found: list[int] = []
        for i in ends:
            for j in relations.of(i, step.name):
                for k in relations.coordinated(j) if step.name != "clause" else [j]:
                    lemma = relations.sentence.tokens[k].lemma
                    if k not in found and step.allows(lemma, classes):
                        found.append(k)
        ends = found
    return ends
