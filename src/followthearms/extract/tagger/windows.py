"""An article as the tagger sees it: windows of word pieces, each with the sentences before it as context.

A window holds whole sentences, at most `LONGEST` pieces of them with what begins it as context; what a sentence has
beyond `LONGEST_SENTENCE` pieces is not seen. Beside its word each piece carries the class of the mention that it
belongs to and how much the article is about that party, so that a model generalises over names.
Invariant: every sentence that counts is `own` in exactly one window, no other in more than one, and a window depends on
the article and on what is asked about it alone, never on what else is read with it.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from followthearms.extract.events import Place
from followthearms.extract.tagger.hints import hints
from followthearms.extract.tagger.labels import CLASSES, KINDS, class_of
from followthearms.model.mentions import Mention, MentionType

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

LONGEST = 256
LONGEST_SENTENCE = 150
CONTEXT = 80
"""Pieces of earlier sentences at the beginning of a window, as many whole ones as fit."""
CONTEXT_ASKED = 120
"""The same where only some sentences count: all windows then begin with one of them, which stood amid a window before.
Of 50, 80, 100, 120 and 140 the best on `dev`; what that brings elsewhere, and what it loses: decision 0033."""
RANKS = 4
"""Parties are told apart by how often the article names them: the first, the second, the third, any other."""
CLASS_COUNT = 2 * len(CLASSES) + 1
_CLS, _SEP = 101, 102
_KEPT = 50_000
"""Words whose pieces are kept: more than an hour of news brings; none longer than `_LONGEST_KEPT`, so that they take
some megabytes."""
_LONGEST_KEPT = 40


class Word(NamedTuple):
    """A token of a sentence and the pieces of its window that it stands in; none if it is not seen."""

    place: int
    token: int
    start: int
    end: int


class Seen(NamedTuple):
    """A mention and the pieces of its window that it stands in."""

    mention: Mention
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """A run of pieces. `ids`, `classes`, `ranks`, `own`: one number a piece; `hints`: pieces × kinds; `words` are those
    of its own sentences, `mentions` all that stand in it, context included, in text order."""

    ids: Integers
    classes: Integers
    ranks: Integers
    own: Integers
    hints: Floats
    words: tuple[Word, ...]
    mentions: tuple[Seen, ...]


class _Pieces(NamedTuple):
    """A sentence in pieces: their ids; for each token the first of them and one past the last, the same if none is
    seen; and which token may show which kind."""

    ids: Sequence[int]
    spans: Sequence[tuple[int, int]]
    hints: Sequence[tuple[int, int]]


def windows(
    article: Sequence[Place],
    tokenizer: Tokenizer,
    words: Mapping[Mention, str] | None = None,
    asked: Set[int] | None = None,
) -> list[Window]:
    """The windows of an article, in order. `words` puts other words in the place of some mentions (for training).

    Each begins and ends with a sentence that counts: any, unless `asked` names those, by index, in which somebody asks
    for something; then they and what may be news beside them.
    """
    pieces = [_pieces(place, tokenizer, words or {}) for place in article]
    until = [0, *accumulate(len(p.ids) for p in pieces)]
    counting = [
        n
        for n, (place, own) in enumerate(zip(article, pieces, strict=True))
        if asked is None or place.index in asked or _may_be_news(place, own)
    ]
    rank, most = _ranks(article), CONTEXT if asked is None else CONTEXT_ASKED
    found, n = [], 0
    while n < len(counting):
        first = counting[n]
        context = _context(pieces, first, min(most, LONGEST - 3 - len(pieces[first].ids)))
        room = LONGEST - 3 - (until[first] - until[context])
        n += 1
        while n < len(counting) and until[counting[n] + 1] - until[first] <= room:
            n += 1
        found.append(_window(article, pieces, rank, (context, first, counting[n - 1] + 1)))
    return found


def _may_be_news(place: Place, pieces: _Pieces) -> bool:
    """True if a sentence has both equipment and a word that a frame knows, though none fits.

    That leaves the encoder, which costs more than all else, 60 of 100 sentences of annotated texts and a quarter of
    news without transfers, and 98 of 100 triggers that it hears alone.
    """
    return bool(pieces.hints and place.of_type(MentionType.EQUIPMENT))


def _context(pieces: Sequence[_Pieces], first: int, most: int) -> int:
    """The first sentence of the context of a window that begins with sentence `first`, of at most so many pieces."""
    context, size = first, 0
    while context and (size := size + len(pieces[context - 1].ids)) <= most:
        context -= 1
    return context


def _pieces(place: Place, tokenizer: Tokenizer, words: Mapping[Mention, str]) -> _Pieces:
    tokens = place.scene.sentence.tokens
    texts = [t.text for t in tokens]
    for mention in place.mentions:
        if mention in words:
            inside = [t.i for t in tokens if mention.start <= t.start and t.end <= mention.end]
            for n, i in enumerate(inside):
                texts[i] = "" if n else words[mention]
    ids, spans = list[int](), list[tuple[int, int]]()
    for text in texts:
        start = len(ids)
        ids.extend(_spelled(tokenizer, text) if len(text) <= _LONGEST_KEPT else _spelt(tokenizer, text))
        spans.append((start, len(ids)))
    if len(ids) > LONGEST_SENTENCE:
        ids = ids[:LONGEST_SENTENCE]
        spans = [(min(start, LONGEST_SENTENCE), min(end, LONGEST_SENTENCE)) for start, end in spans]
    return _Pieces(ids, spans, hints(place.scene.sentence))


def _spelt(tokenizer: Tokenizer, text: str) -> list[int]:
    """The pieces of a word, which depend on the word alone."""
    readable = text.encode("utf-8", "replace").decode()
    ids: list[int] = tokenizer.encode([readable], is_pretokenized=True, add_special_tokens=False).ids
    return ids


_spelled = functools.lru_cache(_KEPT)(_spelt)


def _ranks(article: Sequence[Place]) -> Mapping[str, int]:
    """The rank of each code, from 1. Of codes named equally often, the one named first ranks higher."""
    counts = Counter(m.code for place in article for m in place.mentions if m.code)
    ranked = sorted(counts, key=lambda code: -counts[code])
    return {code: min(n, RANKS) for n, code in enumerate(ranked, 1)}


def _window(
    article: Sequence[Place], pieces: Sequence[_Pieces], rank: Mapping[str, int], extent: tuple[int, int, int]
) -> Window:
    context, first, last = extent
    ids, words, seen = [_CLS], list[Word](), list[Seen]()
    marks, hinted = list[tuple[int, int, int, int]](), list[tuple[int, int, int]]()
    begin = 1
    for n in range(context, last):
        if n == first and context < first:
            ids.append(_SEP)
        base, place, sentence = len(ids), article[n], pieces[n]
        ids.extend(sentence.ids)
        hinted.extend((base + sentence.spans[i][0], base + sentence.spans[i][1], kind) for i, kind in sentence.hints)
        if n == first:
            begin = base
        if n >= first:
            words.extend(Word(place.index, i, base + s, base + e) for i, (s, e) in enumerate(sentence.spans) if e > s)
        for mention in place.mentions:
            inside = [sentence.spans[i] for i in place.scene.sentence.at(mention.start, mention.end)]
            inside = [span for span in inside if span[1] > span[0]]
            if inside:
                start, end = base + inside[0][0], base + inside[-1][1]
                seen.append(Seen(mention, place.index, start, end))
                marks.append((start, end, class_of(mention), rank.get(mention.code or "", 0)))
    own = np.zeros(len(ids) + 1, np.int64)
    own[begin:-1] = 1
    ids.append(_SEP)
    classes, ranks = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.int64)
    for start, end, number, importance in sorted(marks, key=lambda m: m[0] - m[1]):
        classes[start:end] = 2 * number
        classes[start] = 2 * number - 1
        ranks[start:end] = importance
    told = np.zeros((len(ids), len(KINDS)), np.float32)
    for start, end, kind in hinted:
        told[start:end, kind] = 1.0
    return Window(np.array(ids), classes, ranks, own, told, tuple(words), tuple(seen))


@functools.lru_cache(maxsize=4)
def tokenizer_at(path: str) -> Tokenizer:
    """The tokenizer of a file, without truncation or padding."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
