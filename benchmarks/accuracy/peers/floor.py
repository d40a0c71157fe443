"""The floor: what comes of named entities, a table of words and the prepositions before states, without any grammar.

It is what a first afternoon's script would do: the small English model's entities, a lemma that shows a kind, the
states of the sentence put on a side by the word before them. States are recognised by our own table of names, which
helps it; dates, sums, numbers, places, speakers and modality it does not read.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from followthearms.extract.text.parse import MODEL
from followthearms.knowledge.names import plain
from followthearms.knowledge.states import state_names
from followthearms.model import Claim, Document, Frozen, Kind
from followthearms.tables import read_table

if TYPE_CHECKING:  # the parser's library takes seconds to load
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

METHOD = {"by": "floor"}
NEAR = 3
"""Words before the trigger in which a "not" negates it."""


class Table(Frozen):
    """What `floor.yaml` holds."""

    kinds: dict[Kind, tuple[str, ...]]
    recipient_first: frozenset[str]
    symmetric: frozenset[Kind]
    to: frozenset[str]
    from_: frozenset[str] = Field(alias="from")
    equipment: frozenset[str]
    negations: frozenset[str]

    @property
    def by_lemma(self) -> dict[str, Kind]:
        return {lemma: kind for kind, lemmas in reversed(self.kinds.items()) for lemma in lemmas}


@lru_cache(maxsize=1)
def table() -> Table:
    return read_table(Path(__file__).with_name("floor.yaml"), Table)


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """State names, peoples and seats, in plain letters, with their codes."""
    return {plain(name.surface): name.code for name in state_names() if name.code}


@lru_cache(maxsize=1)
def language() -> Language:
    loaded: Language = importlib.import_module(MODEL).load()
    return loaded


def read(documents: Sequence[Document]) -> Iterator[Document]:
    """The documents with the floor's claims."""
    for document, parsed in zip(documents, language().pipe(d.text for d in documents), strict=True):
        claims = [claim for sentence in parsed.sents for claim in _claims(parsed, sentence)]
        yield document.with_claims(tuple(claims))


def _claims(text: Doc, sentence: Words) -> Iterator[Claim]:
    known = table()
    parties = [(e, code) for e in sentence.ents if (code := states().get(plain(_bare(e).text)))]
    equipment = [w for w in sentence if w.pos_ in ("NOUN", "PROPN") and w.lemma_.lower() in known.equipment]
    products = [e for e in sentence.ents if e.label_ == "PRODUCT"]
    items = [_quote(w.idx, w.text) for w in equipment] + [_quote(e.start_char, e.text) for e in products]
    if not parties and not items:
        return
    start, end = sentence.start_char, sentence.end_char
    for word in sentence:
        kind = known.by_lemma.get(word.lemma_.lower())
        if kind and word.pos_ in ("VERB", "NOUN", "ADJ"):
            yield Claim.model_validate(
                {
                    "kind": [kind],
                    "evidence": {"start": start, "end": end},
                    "trigger": _quote(word.idx, word.text),
                    "equipment": items,
                    "negated": any(w.lower_ in known.negations for w in text[max(word.i - NEAR, 0) : word.i]),
                    "method": METHOD,
                    **_sides(kind, word, parties),
                }
            )


def _sides(kind: Kind, trigger: Token, parties: Sequence[tuple[Words, str]]) -> dict[str, list[dict[str, Any]]]:
    """Each state on the side that the preposition before it tells; else the doer's side before the trigger."""
    known = table()
    sides: dict[str, list[dict[str, Any]]] = {}
    doer, other = "supplier", "recipient"
    if trigger.lemma_.lower() in known.recipient_first:
        doer, other = other, doer
    for words, code in parties:
        before = _before(words)
        if kind in known.symmetric:
            side = "parties"
        elif before in known.to or before in known.from_:
            side = "recipient" if before in known.to else "supplier"
        else:
            side = doer if words.start < trigger.i else other
        named = _bare(words)
        sides.setdefault(side, []).append(_quote(named.start_char, named.text) | {"code": code})
    return sides


def _before(words: Words) -> str:
    """The word before a name, articles and adjectives passed over; empty at the beginning."""
    n = words.start - 1
    while n >= words.sent.start and words.doc[n].pos_ in ("DET", "ADJ"):
        n -= 1
    return words.doc[n].lower_ if n >= words.sent.start else ""


def _bare(words: Words) -> Words:
    """An entity without its article and the possessive."""
    first = words.start + (words[0].lower_ == "the" and len(words) > 1)
    last = words.end - (words[-1].text in ("'s", "’s") and words.end - first > 1)
    return words.doc[first:last]


def _quote(start: int, text: str) -> dict[str, Any]:
    return {"start": start, "end": start + len(text), "text": text}
