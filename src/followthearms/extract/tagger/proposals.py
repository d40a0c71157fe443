"""What the tagger proposes: triggers with the probabilities of their kinds, of their firmness and of what fills roles.

Invariant: a proposal names words and mentions of the article, and decides nothing; what is below `FLOOR` is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from followthearms.extract.events import Place
from followthearms.extract.tagger.features import Pairs, Trigger
from followthearms.extract.tagger.heads import Floats, Heads, means, sigmoid, softmax
from followthearms.extract.tagger.labels import KINDS, MODALITIES, ROLES, SINGLE, Role, roles_open
from followthearms.extract.tagger.windows import Window, Word
from followthearms.model import Kind, Modality
from followthearms.model.mentions import Mention

FLOOR = 0.1
"""Least probability of a trigger that is proposed unasked, and twice that of what may fill a role."""
TRACE = 0.01
"""Least probability of a kind that is told of a trigger."""
_GAP = 2
"""Words that show one kind belong to one trigger if at most one other word stands between."""


Asked = tuple[int, tuple[int, ...]]
"""A trigger that another voice found: the index of its place, and the tokens of its sentence."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A mention that may fill a role, the index of the place it stands in, and how likely that is."""

    mention: Mention
    place: int
    probability: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One trigger: the index of its place, the tokens of its sentence, and what they may mean, best first.

    Of the roles that one party, date, value, place or speaker fills (`labels.SINGLE`), the probabilities add up to at
    most one; of the others each stands for itself.
    """

    place: int
    tokens: tuple[int, ...]
    kinds: tuple[tuple[Kind, float], ...]
    roles: Mapping[Role, tuple[Choice, ...]]
    modality: Mapping[Modality, float]
    negated: float
    disputed: float

    @property
    def score(self) -> float:
        """How likely its best kind is."""
        return self.kinds[0][1] if self.kinds else 0.0

    def probability(self, kinds: Iterable[Kind]) -> float:
        """How likely the likeliest of some kinds is."""
        known = dict(self.kinds)
        return max((known.get(kind, 0.0) for kind in kinds), default=0.0)

    def parties(self, role: Role) -> list[tuple[float, Choice]]:
        """For each code that may fill the role, how likely any of its mentions does, and the best one; best first."""
        codes = defaultdict[str | None, list[Choice]](list)
        for choice in self.roles.get(role, ()):
            codes[choice.mention.code].append(choice)
        likely = [
            (sum(c.probability for c in cs) if role in SINGLE else cs[0].probability, cs[0]) for cs in codes.values()
        ]
        return sorted(likely, key=lambda pair: (-pair[0], pair[1].mention.start))


def proposals(
    article: Mapping[int, Place],
    window: Window,
    states: Floats,
    heads: Heads,
    asked: Iterable[Asked] = (),
    least: float = FLOOR,
) -> Iterator[Proposal]:
    """The proposals of a window that are at least so likely, in text order; and one for each trigger asked about,
    whatever is thought of it.

    `states`: pieces × width.
    """
    if not window.words:
        return
    starts = [w.start for w in window.words]
    shows = heads.kinds(states[starts], window.hints[starts])
    heard = [(t, rows) for t, rows in _triggers(window.words, shows) if float(shows[rows].max()) >= least]
    rows = {(t.place, t.tokens): (t, rows) for t, rows in (*heard, *_those(window, asked))}
    found = [(trigger, shows[rows[key][1]].max(axis=0)) for key in sorted(rows) for trigger in rows[key][:1]]
    if not found:
        return
    triggers = means(states, [(t.start, t.end) for t, _ in found])
    kinds = np.stack([probabilities for _, probabilities in found])
    shown = kinds / kinds.sum(axis=1, keepdims=True)
    firm, flags = heads.firmness(triggers, shown)
    fills = _fills(article, window, states, heads, [t for t, _ in found], triggers, shown)
    choices = _choices(window, fills)
    for n, (trigger, probabilities) in enumerate(found):
        told = [(p, k) for k, p in enumerate(probabilities.tolist()) if p >= TRACE]
        yield Proposal(
            place=trigger.place,
            tokens=trigger.tokens,
            kinds=tuple((KINDS[k], p) for p, k in sorted(told, key=lambda pair: (-pair[0], pair[1]))),
            roles=choices[n],
            modality={m: float(p) for m, p in zip(MODALITIES, firm[n], strict=True)},
            negated=float(flags[n, 0]),
            disputed=float(flags[n, 1]),
        )


def _triggers(words: Sequence[Word], shows: Floats) -> Iterator[tuple[Trigger, list[int]]]:
    """Words that show a kind, neighbours joined where the second may show what the first shows best."""
    rows: list[int] = []
    for n in np.flatnonzero(shows.max(axis=1) >= FLOOR):
        if rows and not _joins(words, shows, rows[-1], int(n)):
            yield _trigger(words, rows), rows
            rows = []
        rows.append(int(n))
    if rows:
        yield _trigger(words, rows), rows


def _those(window: Window, asked: Iterable[Asked]) -> Iterator[tuple[Trigger, list[int]]]:
    """The triggers asked about of which the window sees a word, under the tokens that were asked for."""
    at = {(w.place, w.token): n for n, w in enumerate(window.words)}
    for place, tokens in asked:
        seen = [at[place, token] for token in sorted(tokens) if (place, token) in at]
        if seen:
            yield Trigger(place, tokens, window.words[seen[0]].start, window.words[seen[-1]].end), seen


def _joins(words: Sequence[Word], shows: Floats, last: int, n: int) -> bool:
    near = words[last].place == words[n].place and words[n].token - words[last].token <= _GAP
    best = int(shows[last].argmax())
    return near and bool(shows[n, best] >= 0.5 * shows[n].max())


def _trigger(words: Sequence[Word], rows: list[int]) -> Trigger:
    first, last = words[rows[0]], words[rows[-1]]
    return Trigger(first.place, tuple(words[n].token for n in rows), first.start, last.end)


def _fills(
    article: Mapping[int, Place],
    window: Window,
    states: Floats,
    heads: Heads,
    found: Sequence[Trigger],
    triggers: Floats,
    shown: Floats,
) -> Floats:
    """Triggers × mentions × roles, as probabilities."""
    if not window.mentions:
        return np.zeros((len(found), 0, len(ROLES)), np.float32)
    features = Pairs(article, window).of(found)
    mentions = means(states, [(s.start, s.end) for s in window.mentions])
    logits = heads.roles(triggers, shown, mentions, features)
    open_ = np.array([roles_open(s.mention) for s in window.mentions])
    logits = np.where(open_[None], logits, np.float32(-1e4))
    nobody = np.zeros((len(found), 1, len(SINGLE)), np.float32)
    single = softmax(np.concatenate([logits[:, :, : len(SINGLE)], nobody], axis=1).swapaxes(1, 2)).swapaxes(1, 2)
    return np.concatenate([single[:, :-1], sigmoid(logits[:, :, len(SINGLE) :])], axis=2)


def _choices(window: Window, fills: Floats) -> list[dict[Role, tuple[Choice, ...]]]:
    """For each trigger and role what is likely enough to fill it, best first; of equals the one that stands first.

    `fills`: triggers × mentions × roles.
    """
    likely = fills.swapaxes(1, 2)
    at = np.nonzero(likely >= FLOOR / 2)
    chosen: list[dict[Role, list[Choice]]] = [defaultdict(list) for _ in fills]
    for trigger, role, n, p in zip(*(index.tolist() for index in at), likely[at].tolist(), strict=True):
        seen = window.mentions[n]
        chosen[trigger][ROLES[role]].append(Choice(seen.mention, seen.place, p))
    return [{r: tuple(sorted(cs, key=lambda c: -c.probability)) for r, cs in roles.items()} for roles in chosen]
