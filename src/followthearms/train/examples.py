"""Annotated documents as what the tagger learns from: which words are triggers, and what each mention is to them.

Invariant: an example says only what the annotation says. What it leaves open (an optional claim, a party that no
mention names) is masked, never counted as wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from followthearms.extract.events import Place
from followthearms.extract.tagger.features import Pairs, Trigger
from followthearms.extract.tagger.labels import CODED, KINDS, MODALITIES, ROLES, SINGLE, Role, roles_open
from followthearms.extract.tagger.windows import Integers, Window, windows
from followthearms.model import Claim, Document, Extent, Party, Span
from followthearms.model.mentions import Mention

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

QUOTED = 0.3
"""Share of a party's loss that asks for the very mention that the annotation quotes; the rest is content with any
mention of its code."""
OPTIONAL = 0.3
"""Weight of an optional claim's trigger: the measure neither rewards nor punishes it."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """An annotated document and its sentences with all that is mentioned in them."""

    document: Document
    article: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Answer:
    """What fills a competing role: any of the flagged mentions of the window; none if no flag is set."""

    trigger: int
    role: int
    weight: float
    mentions: Flags


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its answers.

    `kinds`, `weights`: words × kinds, what each word shows and how much it counts. For each trigger: `features`
    (triggers × mentions × features), `shown` (its kinds), `modality`, `negated`, `disputed`; `fills` and `judged`
    (triggers × mentions × roles that do not compete): what fills them, and which of it is known.
    """

    window: Window
    kinds: Floats
    weights: Floats
    triggers: tuple[Trigger, ...]
    features: Integers
    shown: Floats
    firmness: Integers
    answers: tuple[Answer, ...]
    fills: Flags
    judged: Flags
    open: Flags


def examples(scanned: Scanned, tokenizer: Tokenizer, words: Mapping[Mention, str] | None = None) -> Iterator[Example]:
    """The examples of a document, one a window."""
    article = {place.index: place for place in scanned.article}
    for window in windows(scanned.article, tokenizer, words):
        yield _Builder(article, window).build(scanned.document.claims)


class _Builder:
    def __init__(self, article: Mapping[int, Place], window: Window) -> None:
        self.article, self.window = article, window
        self.offsets = [(article[w.place].scene.sentence.tokens[w.token]) for w in window.words]

    def build(self, claims: Sequence[Claim]) -> Example:
        """The example: claims whose trigger stands in the window's own sentences."""
        found = [(c, t) for c in claims if (t := self._trigger(c.trigger))]
        kinds = np.zeros((len(self.window.words), len(KINDS)), np.float32)
        weights = np.ones_like(kinds)
        for claim, trigger in sorted(found, key=lambda pair: not pair[0].optional):
            self._mark(kinds, weights, claim, trigger)
        triggers = tuple(t for _, t in found)
        no_features = np.zeros((0, len(self.window.mentions), 0), np.int64)
        features = Pairs(self.article, self.window).of(triggers) if triggers else no_features
        shown = np.zeros((len(found), len(KINDS)), np.float32)
        firmness = np.zeros((len(found), 3), np.int64)
        for n, (claim, _) in enumerate(found):
            shown[n, [KINDS.index(k) for k in claim.kind]] = 1 / len(claim.kind)
            firmness[n] = MODALITIES.index(claim.modality), claim.negated, claim.disputed
        open_ = np.array([roles_open(s.mention) for s in self.window.mentions], np.bool_).reshape(-1, len(ROLES))
        fills, judged = self._judged([c for c, _ in found], open_)
        answers = tuple(a for n, (c, _) in enumerate(found) for a in self._answers(n, c, open_))
        return Example(
            self.window, kinds, weights, triggers, features, shown, firmness, answers, fills, judged, open_,
        )  # fmt: skip

    def _trigger(self, span: Extent) -> Trigger | None:
        inside = [
            w for w, t in zip(self.window.words, self.offsets, strict=True) if t.start < span.end and span.start < t.end
        ]
        inside = [w for w in inside if w.place == inside[0].place]
        if not inside:
            return None
        return Trigger(inside[0].place, tuple(w.token for w in inside), inside[0].start, inside[-1].end)

    def _mark(self, kinds: Floats, weights: Floats, claim: Claim, trigger: Trigger) -> None:
        columns = [KINDS.index(k) for k in claim.kind]
        for n, word in enumerate(self.window.words):
            if word.place == trigger.place and word.token in trigger.tokens:
                if claim.optional:
                    weights[n] = 0.0
                    weights[n, columns] = OPTIONAL
                else:
                    weights[n] = 1.0
                kinds[n, columns] = 1.0

    def _judged(self, claims: Sequence[Claim], open_: Flags) -> tuple[Flags, Flags]:
        roles = [r for r in ROLES if r not in SINGLE]
        mentions = self.window.mentions
        fills = np.zeros((len(claims), len(mentions), len(roles)), np.bool_)
        judged = np.repeat(open_[None, :, len(SINGLE) :], len(claims), axis=0)
        for n, claim in enumerate(claims):
            for r, role in enumerate(roles):
                for span in _spans(claim, role):
                    touched = [
                        i for i, s in enumerate(mentions) if open_[i, len(SINGLE) + r] and _touch(s.mention, span)
                    ]
                    same = self._with_code(span, role)
                    if not touched and same:
                        near = min(same, key=lambda i: abs(mentions[i].mention.start - claim.trigger.start))
                        touched = [near]
                    judged[n, same, r] = False
                    fills[n, touched, r] = True
                    judged[n, touched, r] = True
        return fills, judged

    def _with_code(self, span: Extent, role: Role) -> list[int]:
        code = span.code if isinstance(span, Party) else None
        if code is None or role not in CODED:
            return []
        return [i for i, s in enumerate(self.window.mentions) if s.mention.code == code]

    def _answers(self, n: int, claim: Claim, open_: Flags) -> Iterator[Answer]:
        for r, role in enumerate(SINGLE):
            spans = _spans(claim, role)
            if not spans:
                yield Answer(n, r, 1.0, np.zeros(len(self.window.mentions), np.bool_))
            for span in spans:
                quoted = np.array([_touch(s.mention, span) for s in self.window.mentions], np.bool_) & open_[:, r]
                any_ = quoted.copy()
                any_[self._with_code(span, role)] = True
                any_ &= open_[:, r]
                if role in CODED and span.code:  # type: ignore[attr-defined]
                    quoted &= any_ & np.array([s.mention.code == span.code for s in self.window.mentions])  # type: ignore[attr-defined]
                share = QUOTED if quoted.any() and (quoted != any_).any() else 0.0
                if any_.any():
                    yield Answer(n, r, (1 - share) / len(spans), any_)
                if share:
                    yield Answer(n, r, share / len(spans), quoted)


def _spans(claim: Claim, role: Role) -> tuple[Span, ...]:
    value = getattr(claim, role)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _touch(mention: Mention, span: Extent) -> bool:
    return mention.start < span.end and span.start < mention.end
