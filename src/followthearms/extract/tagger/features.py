"""What lies between a trigger and a mention, as small numbers: order, distance, grammar, and who makes the equipment.

Invariant: every feature of a pair is below its entry in `SIZES`, and depends on the article alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from followthearms.extract.events import Place
from followthearms.extract.tagger.labels import CLASSES, class_of
from followthearms.extract.tagger.windows import RANKS, Integers, Seen, Window
from followthearms.knowledge.equipment import makers
from followthearms.model import Equipment
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence

_STEPS: Final = (1, 2, 3, 5, 8, 12, 20, 40, 80)
_BACK, _AHEAD = 4, 2
_MANY = 3
_DEEP = 4
_PREPOSITIONS: Final = "to from for with by of in on at against between under after as over among into via".split()
_DEPENDENCIES: Final = (
    "nsubj nsubjpass dobj dative agent poss amod compound appos conj nmod pobj relcl acl advcl ccomp xcomp attr "
    "npadvmod pcomp oprd prep csubj nummod parataxis".split()
)
_EDGES: Final = {
    name: n for n, name in enumerate([*_DEPENDENCIES, *(f"prep {p}" for p in _PREPOSITIONS), "other", "itself"], 1)
}
_ABOVE = len(_EDGES)
"""Added to an edge that leads up from the trigger: the mention then stands above it."""

SIZES: Final = (
    _BACK + _AHEAD + 1,
    2 * (len(_STEPS) + 1) + 1,
    len(CLASSES) + 1,
    2 * (_MANY + 1),
    RANKS + 1,
    2 * len(_EDGES) + 1,
    len(_EDGES) + 1,
    _DEEP * _DEEP + 1,
    3,
    2,
)
"""How many values each feature has: sentences apart, pieces apart, class, mentions of its like between, rank of the
code, the edge of the tree that leads from the trigger towards it, the edge that it hangs on, steps up and down the
tree, whether it makes the equipment, whether the trigger's own sentence names its code."""


@dataclass(frozen=True)
class Trigger:
    """The words of one sentence that show a kind, and the pieces of the window they stand in."""

    place: int
    tokens: tuple[int, ...]
    start: int
    end: int


class Pairs:
    """The features of the pairs of one window. `article` holds its places by index."""

    def __init__(self, article: Mapping[int, Place], window: Window) -> None:
        self.article, self.window = article, window
        self.heads = [article[s.place].head(s.mention) for s in window.mentions]

    @cached_property
    def _families(self) -> list[MentionType]:
        party = (MentionType.COMPANY, MentionType.PERSON)
        types = (s.mention.type for s in self.window.mentions)
        return [MentionType.ACTOR if t in party else t for t in types]

    @cached_property
    def _starts(self) -> dict[MentionType, list[int]]:
        starts: dict[MentionType, list[int]] = {}
        for seen, family in zip(self.window.mentions, self._families, strict=True):
            starts.setdefault(family, []).append(seen.start)
        return {family: sorted(found) for family, found in starts.items()}

    def of(self, trigger: Trigger) -> Integers:
        """The features of a trigger with every mention of the window: one row a mention."""
        sentence = self.article[trigger.place].scene.sentence
        head = sentence.head_of(trigger.tokens)
        up = list(_upwards(sentence, head))
        made_by = self._makers(trigger)
        named = {s.mention.code for s in self.window.mentions if s.place == trigger.place}
        rows = np.zeros((len(self.window.mentions), len(SIZES)), np.int64)
        for n, seen in enumerate(self.window.mentions):
            code = seen.mention.code
            same = seen.place == trigger.place
            rows[n] = (
                min(max(seen.place - trigger.place, -_BACK), _AHEAD) + _BACK,
                _apart(trigger, seen),
                class_of(seen.mention),
                self._between(trigger, seen, self._families[n]),
                int(self.window.ranks[seen.start]) if code else 0,
                *(_path(sentence, up, self.heads[n]) if same else (0, 0, 0)),
                0 if made_by is None or code is None else 1 + (code in made_by),
                code is not None and not same and code in named,
            )
        return rows

    def _between(self, trigger: Trigger, seen: Seen, family: MentionType) -> int:
        starts = self._starts[family]
        if seen.start < trigger.start:
            count = bisect_right(starts, trigger.start - 1) - bisect_right(starts, seen.start)
            return min(max(count, 0), _MANY)
        count = bisect_right(starts, seen.start - 1) - bisect_right(starts, trigger.end - 1)
        return _MANY + 1 + min(max(count, 0), _MANY)

    def _makers(self, trigger: Trigger) -> frozenset[str] | None:
        """Who makes the equipment of the sentence, or the last equipment named before it; None if nobody is known."""
        items = [s for s in self.window.mentions if isinstance(s.mention.span, Equipment)]
        here = [s for s in items if s.place == trigger.place] or [s for s in items if s.start < trigger.start][-1:]
        found = frozenset(code for s in here for code in _made_by(s.mention))
        return found or None


def _made_by(mention: Mention) -> frozenset[str]:
    return makers(mention.span) if isinstance(mention.span, Equipment) else frozenset()


def _apart(trigger: Trigger, seen: Seen) -> int:
    middle = len(_STEPS) + 1
    if seen.end <= trigger.start:
        return middle - 1 - bisect_right(_STEPS, trigger.start - seen.end)
    if seen.start >= trigger.end:
        return middle + 1 + bisect_right(_STEPS, seen.start - trigger.end)
    return middle


def _upwards(sentence: Sentence, i: int) -> Iterator[int]:
    yield i
    while sentence.tokens[i].head != i:
        i = sentence.tokens[i].head
        yield i


def _path(sentence: Sentence, up: Sequence[int], i: int) -> tuple[int, int, int]:
    """The edge that leads towards token `i`, the edge that it hangs on, and the steps up and down between."""
    at = {token: n for n, token in enumerate(up)}
    down = list(_upwards(sentence, i))
    depth = next((n for n, token in enumerate(down) if token in at), len(down) - 1)
    height = at.get(down[depth], len(up) - 1)
    if depth:
        towards = _edge(sentence, down[depth - 1])
    else:
        towards = _ABOVE + _edge(sentence, up[height - 1]) if height else _EDGES["itself"]
    return towards, _local(sentence, i), 1 + _DEEP * min(height, _DEEP - 1) + min(depth, _DEEP - 1)


def _edge(sentence: Sentence, i: int) -> int:
    token = sentence.tokens[i]
    name = f"prep {token.lemma}" if token.dep == "prep" and f"prep {token.lemma}" in _EDGES else token.dep
    return _EDGES.get(name, _EDGES["other"])


def _local(sentence: Sentence, i: int) -> int:
    """The edge of a token; of the object of a preposition, the preposition's."""
    token = sentence.tokens[i]
    return _edge(sentence, token.head if token.dep in ("pobj", "pcomp") else i)
