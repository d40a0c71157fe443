"""From a document to its claims. This module alone knows the order of the stages.

    blocks → parse → mentions → anaphora → candidates → composition → modality → direction → inheritance
           → attribution → slots → claims

Invariant: the result depends on the document and on the package's data alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from followthearms.extract.anaphora import anaphora
from followthearms.extract.attribution import attribute
from followthearms.extract.blocks import find_blocks, published
from followthearms.extract.candidates import candidates, places
from followthearms.extract.claims import build
from followthearms.extract.composition import compose
from followthearms.extract.events import Place
from followthearms.extract.frames import matcher, ruleset
from followthearms.extract.inheritance import Article, inherit
from followthearms.extract.mentions.find import find_mentions, voices
from followthearms.extract.modality import qualify
from followthearms.extract.parse import parse_all
from followthearms.extract.parties import Flows, direct, is_domestic
from followthearms.extract.relevance import is_civil
from followthearms.extract.slots import attach
from followthearms.knowledge.equipment import makers
from followthearms.model import Document
from followthearms.rules.tree import Sentence


def read(document: Document, sentences: Sequence[Sentence] | None = None) -> Document:
    """The same document with the claims that its text makes; claims that came with it are left out.

    A document without a date takes the one that its text states in full. `sentences` are its own from `parsed`.
    """
    document = _dated(document)
    return claims_of(document, scan(document, sentences))


def parsed(documents: Iterable[Document]) -> list[list[Sentence]]:
    """The sentences of each document. The parser takes many at once in little more than half the time."""
    return parse_all((d.text, find_blocks(d.text, d.title).prose) for d in documents)


def scan(document: Document, sentences: Sequence[Sentence] | None = None) -> list[Place]:
    """The sentences of a document with all that is mentioned in each."""
    if sentences is None:
        (sentences,) = parsed([document])
    mentions = find_mentions(document, sentences)
    references = anaphora(sentences, mentions, voices(document.title))
    return places(sentences, sorted([*mentions, *references], key=lambda m: (m.start, -m.end, m.type)))


def claims_of(document: Document, article: Sequence[Place]) -> Document:
    """The document with the claims that its scanned sentences make."""
    mentions = tuple(m for place in article for m in place.mentions)
    events = [qualify(e) for e in compose(candidates(article, matcher()))]
    flows = Flows.of(events)
    events = [e for e in (direct(e, flows, makers) for e in events) if not is_domestic(e, makers) and not is_civil(e)]
    background = Article(mentions, events, makers)
    events = [inherit(e, background) for e in events]
    events = attach(attribute(events, article, document.text))
    return build(document, events, ruleset())


def _dated(document: Document) -> Document:
    if document.date is not None:
        return document
    stated = published(find_blocks(document.text, document.title))
    if stated is None:
        return document
    return document.model_copy(update={"date": stated.date, "date_basis": stated.basis.value})
