"""What lies between a trigger and a mention, as small numbers: order, distance, grammar, and who makes the equipment.

Invariant: every feature of a pair is below its entry in `SIZES`, and depends on the article alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from followthearms.extract.events import Place
from followthearms.extract.tagger.labels import CLASSES, class_of
from followthearms.extract.tagger.windows import RANKS, Integers, Window
from followthearms.knowledge.equipment import makers
from followthearms.model import Equipment
from followthearms.model.mentions import Mention, MentionType
from followthearms.rules.tree import Sentence

_STEPS: Final = (1, 2, 3, 5, 8, 12, 20, 40, 80)
_BACK, _AHEAD = 4, 2
_MANY = 3
_DEEP = 4
_PARTIES: Final = (MentionType.COMPANY, MentionType.PERSON)
"""Types that count as actors where mentions of a like are counted."""
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
        self.article, self.mentions = article, window.mentions
        seen = window.mentions
        self._place, self._start, self._end = (
            _column(s.place for s in seen),
            _column(s.start for s in seen),
            _column(s.end for s in seen),
        )
        codes = [s.mention.code for s in seen]
        self._codes: dict[str | None, int] = {None: 0}
        self._code = _column(self._codes.setdefault(code, len(self._codes)) for code in codes)
        self._heads: dict[int, int] = {}
        self._made = [(s, _made_by(s.mention)) for s in seen if isinstance(s.mention.span, Equipment)]
        families = [MentionType.ACTOR if s.mention.type in _PARTIES else s.mention.type for s in seen]
        self._families = sorted(set(families))
        self._starts = [
            sorted(s.start for s, own in zip(seen, families, strict=True) if own is f) for f in self._families
        ]
        self._family = _column(self._families.index(f) for f in families)
        standing = list(zip((self._starts[f] for f in self._family), self._start, strict=True))
        self._until = _column(bisect_right(starts, start) for starts, start in standing)
        self._before = _column(bisect_left(starts, start) for starts, start in standing)
        self._fixed = np.zeros((len(seen), len(SIZES)), np.int64)
        self._fixed[:, 2] = [class_of(s.mention) for s in seen]
        self._fixed[:, 4] = np.where(self._code > 0, window.ranks[self._start], 0)

    def of(self, triggers: Sequence[Trigger]) -> Integers:
        """The features of each trigger with every mention of the window: triggers × mentions × features."""
        place, start, end = (
            _column(every)[:, None] for every in zip(*((t.place, t.start, t.end) for t in triggers), strict=True)
        )
        same, coded = self._place == place, self._code > 0
        rows = np.repeat(self._fixed[None], len(triggers), axis=0)
        rows[:, :, 0] = np.clip(self._place - place, -_BACK, _AHEAD) + _BACK
        rows[:, :, 1] = self._apart(start, end)
        rows[:, :, 3] = self._between(triggers)
        rows[:, :, 5:8][same] = np.array(self._paths(triggers, same), np.int64).reshape(-1, 3)
        rows[:, :, 8] = np.stack([self._makes(t) for t in triggers]) * coded
        named = np.zeros((len(triggers), len(self._codes)), np.bool_)
        of, mention = np.nonzero(same)
        named[of, self._code[mention]] = True
        rows[:, :, 9] = coded & ~same & named[:, self._code]
        return rows

    def _paths(self, triggers: Sequence[Trigger], same: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
        """The path to each mention of a trigger's own sentence, trigger by trigger."""
        found = []
        for trigger, here in zip(triggers, same, strict=True):
            sentence = self.article[trigger.place].scene.sentence
            up = {token: n for n, token in enumerate(sentence.up(sentence.head_of(trigger.tokens)))}
            found += [_path(sentence, up, self._head(n)) for n in np.flatnonzero(here).tolist()]
        return found

    def _head(self, n: int) -> int:
        """The token that heads a mention."""
        if n not in self._heads:
            seen = self.mentions[n]
            self._heads[n] = self.article[seen.place].head(seen.mention)
        return self._heads[n]

    def _apart(self, start: Integers, end: Integers) -> Integers:
        middle = len(_STEPS) + 1
        before = middle - 1 - np.searchsorted(_STEPS, start - self._end, side="right")
        after = middle + 1 + np.searchsorted(_STEPS, self._start - end, side="right")
        apart: Integers = np.where(self._end <= start, before, np.where(self._start >= end, after, middle))
        return apart

    def _between(self, triggers: Sequence[Trigger]) -> Integers:
        """How many mentions of its like stand between, and on which side."""
        until = np.array([[bisect_left(starts, t.start) for starts in self._starts] for t in triggers])
        since = np.array([[bisect_left(starts, t.end) for starts in self._starts] for t in triggers])
        ahead = _MANY + 1 + np.clip(self._before - since[:, self._family], 0, _MANY)
        behind = np.clip(until[:, self._family] - self._until, 0, _MANY)
        between: Integers = np.where(self._start < _column(t.start for t in triggers)[:, None], behind, ahead)
        return between

    def _makes(self, trigger: Trigger) -> Integers:
        """2 for who makes the equipment of the sentence, or the last equipment named before it; 1 for others; 0 for all
        if nobody is known to."""
        here = [made for s, made in self._made if s.place == trigger.place]
        here = here or [made for s, made in self._made if s.start < trigger.start][-1:]
        makers = frozenset[str]().union(*here)
        return _column(1 + (code in makers) if makers else 0 for code in self._codes)[self._code]


def _column(values: Iterable[int]) -> Integers:
    return np.fromiter(values, np.int64)


def _made_by(mention: Mention) -> frozenset[str]:
    return makers(mention.span) if isinstance(mention.span, Equipment) else frozenset()


def _path(sentence: Sentence, up: Mapping[int, int], i: int) -> tuple[int, int, int]:
    """The edge that leads towards token `i`, the edge that it hangs on, and the steps up and down between.

    `up` counts the steps from the trigger to each token above it.
    """
    below, common, depth = i, i, 0
    while common not in up and sentence.tokens[common].head != common:
        below, common, depth = common, sentence.tokens[common].head, depth + 1
    height = up.get(common, len(up) - 1)
    if depth:
        towards = _edge(sentence, below)
    else:
        towards = _ABOVE + _edge(sentence, list(up)[height - 1]) if height else _EDGES["itself"]
    return towards, _local(sentence, i), 1 + _DEEP * min(height, _DEEP - 1) + min(depth, _DEEP - 1)


def _edge(sentence: Sentence, i: int) -> int:
    token = sentence.tokens[i]
    name = f"prep {token.lemma}" if token.dep == "prep" and f"prep {token.lemma}" in _EDGES else token.dep
    return _EDGES.get(name, _EDGES["other"])


def _local(sentence: Sentence, i: int) -> int:
    """The edge of a token; of the object of a preposition, the preposition's."""
    token = sentence.tokens[i]
    return _edge(sentence, token.head if token.dep in ("pobj", "pcomp") else i)
