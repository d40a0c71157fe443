"""Frames against sentences. Knows grammar and labels, no subject matter.

What stands in a sentence comes in as `Tag`s: labelled stretches of tokens. `roles` say which labels may fill a role and
how far from the end of its path they may stand. Invariant: the matches depend on the sentence, its tags and the frames
alone, and come out in text order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from followthearms.rules.frames import Frame, Role
from followthearms.rules.paths import Classes, Leg, follow
from followthearms.rules.relations import Relations
from followthearms.rules.tree import Sentence, Token

_NAMING = ("poss", "amod", "compound", "nmod", "appos", "npadvmod")
"""Edges over which a word names the one above it: "the <Indian> ministry"."""
_EDGE = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
"""Edges at which a phrase ends, for another clause begins."""
_NAMES_DEEP = 3
"""How many such edges may follow the first ("the head of the office of the ministry of …")."""
_GAP = 4
"""How many tokens may stand between the words of a trigger ("turned the request down")."""


class Reach(StrEnum):
    """How far from the end of its path a role's filler may stand."""

    HEAD = "head"  # at the token itself or what names it: "the <Indian> ministry", "the ministry of <India>"
    PHRASE = "phrase"  # anywhere in its phrase, short of another clause


@dataclass(frozen=True, slots=True)
class RoleType:
    """The labels that may fill a role; none means that any word does."""

    accepts: frozenset[str]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Tag:
    """A labelled stretch of a sentence: its tokens, the one that heads them, and whose it is to the caller."""

    label: str
    tokens: tuple[int, ...]
    head: int
    ref: int


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits: the tokens of its trigger (`head` among them) and what fills each role."""

    frame: Frame
    pattern: str
    head: int
    trigger: tuple[int, ...]
    roles: Mapping[str, tuple[Tag, ...]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A pattern that was tried on a trigger: `failed` is the role that found nothing, None if it fits."""

    frame: Frame
    pattern: str
    trigger: tuple[int, ...]
    failed: Role | None


@dataclass
class Scene:
    """A sentence with its relations and tags."""

    sentence: Sentence
    tags: Sequence[Tag]

    def __post_init__(self) -> None:
        self._near: dict[tuple[int, RoleType], list[Tag]] = {}
        self._ends: dict[tuple[Leg, int], list[int]] = {}
        self._at: dict[int, list[Tag]] = defaultdict(list)
        for tag in self.tags:
            for i in tag.tokens:
                self._at[i].append(tag)

    @cached_property
    def relations(self) -> Relations:
        """The relations of the sentence, found when a frame first asks for them."""
        return Relations(self.sentence)

    def ends(self, leg: Leg, i: int, classes: Classes) -> list[int]:
        """The tokens where a leg ends that starts from token `i`; many frames ask for the same."""
        if (leg, i) not in self._ends:
            self._ends[leg, i] = follow(leg, i, self.relations, classes)
        return self._ends[leg, i]

    def near(self, i: int, role: RoleType) -> list[Tag]:
        """The tags that fill a role at the end of its path."""
        if (i, role) not in self._near:
            self._near[i, role] = self._nearest(i, role)
        return self._near[i, role]

    def _nearest(self, i: int, role: RoleType) -> list[Tag]:
        if role.reach is Reach.PHRASE:
            return self._in_phrase(i, role.accepts)
        own = [t for t in self._at[i] if t.label in role.accepts]
        return self._joined(own, role.accepts) or self._naming(i, role.accepts, _NAMES_DEEP)

    def _joined(self, tags: list[Tag], labels: frozenset[str]) -> list[Tag]:
        """The tags and those that a conjunction joins to a word inside them: "the navies of <Peru> and <Chile>"."""
        for tag in tags:
            ends = [t.i for i in tag.tokens for t in self.sentence.below(i, ("conj",)) if t.i not in tag.tokens]
            tags = tags + [t for j in ends for t in self._at[j] if t.label in labels and t not in tags]
        return tags

    def _naming(self, i: int, labels: frozenset[str], depth: int) -> list[Tag]:
        found: list[Tag] = []
        for token in self.sentence.below(i):
            ends = [token.i] if token.dep in _NAMING else []
            if token.dep == "prep" and token.lemma in ("of", "in"):
                ends = [t.i for t in self.sentence.below(token.i, ("pobj",))]
            for end in ends:
                here = [t for t in self._at[end] if t.label in labels]
                here = here or (self._naming(end, labels, depth - 1) if depth else [])
                found.extend(t for t in here if t not in found)
            if found and token.dep != "appos":
                return found
        return found

    def _in_phrase(self, i: int, labels: frozenset[str]) -> list[Tag]:
        found: list[Tag] = []
        stack = [i]
        while stack:
            j = stack.pop()
            found.extend(t for t in self._at[j] if t.label in labels and t not in found)
            stack.extend(t.i for t in self.sentence.below(j) if t.dep not in _EDGE)
        return sorted(found, key=lambda t: t.tokens)


class Matcher:
    """All frames, indexed by the words that show them."""

    def __init__(self, frames: Sequence[Frame], roles: Mapping[str, RoleType], classes: Classes) -> None:
        self.frames, self.roles, self.classes = tuple(frames), roles, classes
        self._by_lemma: dict[str, list[tuple[Frame, tuple[str, ...]]]] = defaultdict(list)
        for frame in self.frames:
            for sequence in frame.trigger.sequences:
                self._by_lemma[sequence[0]].append((frame, sequence))

    def matches(self, scene: Scene) -> list[Match]:
        """Every frame that fits the sentence, each trigger once a frame, with the first pattern that fits."""
        found = []
        for frame, head, trigger in self._triggers(scene.sentence):
            for pattern in frame.roles:
                filled, _ = self._fill(scene, frame, pattern, head)
                if filled is not None:
                    found.append(Match(frame, pattern, head, trigger, filled))
                    break
        return found

    def attempts(self, scene: Scene) -> Iterator[Attempt]:
        """All that is tried on a sentence, for explanation."""
        for frame, head, trigger in self._triggers(scene.sentence):
            for pattern in frame.roles:
                filled, failed = self._fill(scene, frame, pattern, head)
                yield Attempt(frame, pattern, trigger, failed)
                if filled is not None:
                    break

    def _triggers(self, sentence: Sentence) -> Iterator[tuple[Frame, int, tuple[int, ...]]]:
        for token in sentence.tokens:
            entries = self._by_lemma.get(token.lemma)
            if not entries:
                continue
            seen: set[str] = set()
            for frame, sequence in entries:
                if frame.frame in seen:
                    continue
                words = _words(sentence, token, sequence)
                if words is None:
                    continue
                head = sentence.head_of(words)
                if sentence.tokens[head].pos in frame.trigger.pos:
                    seen.add(frame.frame)
                    yield frame, head, tuple(words)

    def _fill(
        self, scene: Scene, frame: Frame, pattern: str, head: int
    ) -> tuple[dict[str, tuple[Tag, ...]] | None, Role | None]:
        filled: dict[str, tuple[Tag, ...]] = {}
        for role in frame.roles[pattern]:
            tags = self._role(scene, role, head)
            if tags is None and role.required:
                return None, role
            if tags is not None:
                filled[role.name] = tags
        return filled, None

    def _role(self, scene: Scene, role: Role, head: int) -> tuple[Tag, ...] | None:
        """The tags that fill a role; an empty tuple if any word does and one stands there; None if nothing does."""
        kind = self.roles[role.name]
        for way in role.path:
            found: list[Tag] = []
            ends_of_legs = [scene.ends(leg, head, self.classes) for leg in way]
            if not kind.accepts:
                if all(ends_of_legs):
                    return ()
                continue
            for ends in ends_of_legs:
                tags = [t for i in ends for t in scene.near(i, kind)]
                if not tags:
                    break
                found.extend(t for t in tags if t not in found)
            else:
                return tuple(found)
        return None


def _words(sentence: Sentence, first: Token, sequence: tuple[str, ...]) -> list[int] | None:
    """The tokens of a trigger of several words: in order, no wider apart than the gap, hanging together."""
    words, last = [first.i], first.i
    for lemma in sequence[1:]:
        for j in range(last + 1, min(last + 2 + _GAP, len(sentence.tokens))):
            token = sentence.tokens[j]
            if lemma not in (token.lemma, token.text.lower()):
                continue
            linked = j == last + 1 or token.head in words or sentence.tokens[token.head].head in words
            linked = linked or any(sentence.tokens[w].head == j for w in words)
            if linked:
                words.append(j)
                last = j
                break
        else:
            return None
    return words
