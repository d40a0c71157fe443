"""An article as the tagger sees it: windows of word pieces, each with the sentences before it as context.

A window holds whole sentences, at most `LONGEST` pieces of them with what begins it as context; what a sentence has
beyond `LONGEST_SENTENCE` pieces is not seen. Beside its word each piece carries the class of the mention that it
belongs to and how much the article is about that party, so that a model generalises over names.
Invariant: every sentence is `own` in exactly one window, and a window depends on the article alone, never on what else
is read with it.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from followthearms.extract.events import Place
from followthearms.extract.tagger.hints import hints
from followthearms.extract.tagger.labels import CLASSES, KINDS, class_of
from followthearms.model.mentions import Mention

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

LONGEST = 256
LONGEST_SENTENCE = 150
CONTEXT = 80
"""Pieces of earlier sentences at the beginning of a window; the last sentence always, further ones while they fit."""
RANKS = 4
"""Parties are told apart by how often the article names them: the first, the second, the third, any other."""
CLASS_COUNT = 2 * len(CLASSES) + 1
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a sentence and the pieces of its window that it stands in; none if it is not seen."""

    place: int
    token: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seen:
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


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A sentence in pieces: their ids, for each token the first of them and one past the last, pieces × kinds."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    hints: Floats


def windows(article: Sequence[Place], tokenizer: Tokenizer, words: Mapping[Mention, str] | None = None) -> list[Window]:
    """The windows of an article, in order. `words` puts other words in the place of some mentions (for training)."""
    pieces = [_pieces(place, tokenizer, words or {}) for place in article]
    rank = _ranks(article)
    found, first = [], 0
    while first < len(article):
        context = _context(pieces, first)
        room = LONGEST - 3 - sum(len(p.ids) for p in pieces[context:first])
        last = first + 1
        taken = len(pieces[first].ids)
        while last < len(article) and taken + len(pieces[last].ids) <= room:
            taken += len(pieces[last].ids)
            last += 1
        found.append(_window(article, pieces, rank, (context, first, last)))
        first = last
    return found


def _context(pieces: Sequence[_Pieces], first: int) -> int:
    """The first sentence of the context of a window that begins with sentence `first`."""
    context, size = first, 0
    while context and (size := size + len(pieces[context - 1].ids)) <= CONTEXT:
        context -= 1
    return context


def _pieces(place: Place, tokenizer: Tokenizer, words: Mapping[Mention, str]) -> _Pieces:
    tokens = place.scene.sentence.tokens
    texts = [t.text.encode("utf-8", "replace").decode() for t in tokens]
    for mention in place.mentions:
        if mention in words:
            inside = [t.i for t in tokens if mention.start <= t.start and t.end <= mention.end]
            for n, i in enumerate(inside):
                texts[i] = "" if n else words[mention]
    encoded = tokenizer.encode(texts, is_pretokenized=True, add_special_tokens=False)
    ids = encoded.ids[:LONGEST_SENTENCE]
    starts, ends = [0] * len(tokens), [0] * len(tokens)
    for n, word in enumerate(encoded.word_ids[:LONGEST_SENTENCE]):
        if word is None:  # only special pieces belong to no word, and none are added
            continue
        if not ends[word]:
            starts[word] = n
        ends[word] = n + 1
    shown = np.zeros((len(ids), len(KINDS)), np.float32)
    for row, start, end in zip(hints(place.scene.sentence), starts, ends, strict=True):
        shown[start:end] = row
    return _Pieces(tuple(ids), tuple(zip(starts, ends, strict=True)), shown)


def _ranks(article: Sequence[Place]) -> Mapping[str, int]:
    """The rank of each code, from 1. Of codes named equally often, the one named first ranks higher."""
    counts = Counter(m.code for place in article for m in place.mentions if m.code)
    ranked = sorted(counts, key=lambda code: -counts[code])
    return {code: min(n, RANKS) for n, code in enumerate(ranked, 1)}


def _window(
    article: Sequence[Place], pieces: Sequence[_Pieces], rank: Mapping[str, int], extent: tuple[int, int, int]
) -> Window:
    context, first, last = extent
    ids, own, words, seen = [_CLS], [0], list[Word](), list[Seen]()
    nothing = np.zeros((1, len(KINDS)), np.float32)
    shown = [nothing]
    marks = list[tuple[int, int, int, int]]()
    for n in range(context, last):
        if n == first and context < first:
            ids.append(_SEP)
            own.append(0)
            shown.append(nothing)
        base = len(ids)
        ids.extend(pieces[n].ids)
        own.extend([int(n >= first)] * len(pieces[n].ids))
        shown.append(pieces[n].hints)
        if n >= first:
            spans = enumerate(pieces[n].spans)
            words.extend(Word(article[n].index, i, base + s, base + e) for i, (s, e) in spans if e > s)
        for mention in article[n].mentions:
            inside = [
                span
                for token, span in zip(article[n].scene.sentence.tokens, pieces[n].spans, strict=True)
                if token.start < mention.end and mention.start < token.end and span[1] > span[0]
            ]
            if inside:
                start, end = base + inside[0][0], base + inside[-1][1]
                seen.append(Seen(mention, article[n].index, start, end))
                marks.append((start, end, class_of(mention), rank.get(mention.code or "", 0)))
    ids.append(_SEP)
    own.append(0)
    classes, ranks = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.int64)
    for start, end, number, importance in sorted(marks, key=lambda m: m[0] - m[1]):
        classes[start:end] = 2 * number
        classes[start] = 2 * number - 1
        ranks[start:end] = importance
    told = np.concatenate([*shown, nothing])
    return Window(np.array(ids), classes, ranks, np.array(own), told, tuple(words), tuple(seen))


@functools.lru_cache(maxsize=4)
def tokenizer_at(path: str) -> Tokenizer:
    """The tokenizer of a file, without truncation or padding."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
