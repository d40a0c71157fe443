"""From a document to its claims. This module alone knows the order of the stages.

    blocks → parse → mentions → anaphora
           → frames: candidates → composition → modality → direction
           → tagger: what it thinks of the frames' triggers, and what it hears beside them
           → language model, if one is given: what it points at in the text
           → merging → inheritance → attribution → slots → claims

Invariant: without a language model the result depends on the document and on the package's data alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from followthearms.extract.completing.attribution import attribute
from followthearms.extract.completing.claims import build
from followthearms.extract.completing.parting import parted
from followthearms.extract.completing.slots import attach
from followthearms.extract.deciding.background import Article
from followthearms.extract.deciding.inheritance import inherit
from followthearms.extract.deciding.merging import WEIGHTS, asked, join, merge
from followthearms.extract.events import Event, Place
from followthearms.extract.frames.candidates import candidates, places
from followthearms.extract.frames.composition import compose
from followthearms.extract.frames.library import matcher, ruleset
from followthearms.extract.frames.modality import qualify
from followthearms.extract.frames.parties import direct, is_domestic
from followthearms.extract.frames.relevance import is_civil
from followthearms.extract.llm import LanguageModel
from followthearms.extract.mentions.anaphora import anaphora
from followthearms.extract.mentions.find import find_mentions, voices
from followthearms.extract.tagger import Tagger, Thresholds, events
from followthearms.extract.text.blocks import find_blocks, published
from followthearms.extract.text.parse import parse_all
from followthearms.knowledge.equipment import makers
from followthearms.model import ALL_VOICES, Document, Voice
from followthearms.rules.tree import Sentence


def read(
    document: Document,
    sentences: Sequence[Sentence] | None = None,
    voices: Set[Voice] = ALL_VOICES,
    model: LanguageModel | None = None,
) -> Document:
    """The same document with the claims that its text makes; claims that came with it are left out.

    A document without a date takes the one that its text states in full. `sentences` are its own from `parsed`.
    `voices` says who may propose; the language model does if it is given.
    """
    document = _dated(document)
    return claims_of(document, scan(document, sentences), voices, model)


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


def claims_of(
    document: Document,
    article: Sequence[Place],
    voices: Set[Voice] = ALL_VOICES,
    model: LanguageModel | None = None,
) -> Document:
    """The document with the claims that its scanned sentences make."""
    heard = _heard(article, voices)
    if model and Voice.LLM in voices:
        proposed = model.events(document, article).events
        heard = join(heard, [e for e in proposed if not is_domestic(e, makers) and not is_civil(e, article)])
    return completed(document, article, heard)


def completed(document: Document, article: Sequence[Place], heard: Sequence[Event]) -> Document:
    """The document with the claims that events make, once the article has filled what their sentences leave open."""
    background = Article([m for place in article for m in place.mentions], heard, makers)
    whole = parted(inherit(heard, background))
    return build(document, attach(attribute(whole, article, document.text)), ruleset())


def _heard(article: Sequence[Place], voices: Set[Voice]) -> list[Event]:
    """The events that the voices stand for."""
    if Voice.TAGGER not in voices:
        return _framed(article)[0] if Voice.FRAME in voices else []
    if Voice.FRAME not in voices:
        return events(Tagger.load().propose(article, least=Thresholds().trigger), article)
    framed, passed = _framed(article)
    return merge(framed, passed, Tagger.load().propose(article, asked(framed), WEIGHTS.alone), article)


def _framed(article: Sequence[Place]) -> tuple[list[Event], list[Event]]:
    """What the frames find, with its parties on their sides; and what they found first, before any of it was taken up
    into another event or passed over as domestic business or civil goods."""
    first = list(candidates(article, matcher()))
    directed = (direct(qualify(event)) for event in compose(first))
    return [e for e in directed if not is_domestic(e, makers) and not is_civil(e, article)], first


def _dated(document: Document) -> Document:
    if document.date is not None:
        return document
    stated = published(find_blocks(document.text, document.title))
    if stated is None:
        return document
    return document.model_copy(update={"date": stated.date, "date_basis": stated.basis.value})
