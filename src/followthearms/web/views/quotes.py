"""The sentences under a value: what the text says, which words of it carry the value, and who says so.

Invariant: every quote is the text at its offsets, and leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from followthearms.exchange import words
from followthearms.exchange.cells import filling
from followthearms.model import (
    Amount,
    Claim,
    Document,
    Equipment,
    Figure,
    Item,
    Money,
    Named,
    Party,
    Quantity,
    Ref,
    Span,
)
from followthearms.web import links

Valued = Named | Item | Figure | Amount


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; `is_value`: these are the words that carry the value."""

    text: str
    is_value: bool = False


@dataclass(frozen=True)
class Quote:
    """A sentence of a document.

    `elsewhere`: the words that carry the value where they stand outside the sentence, with their address; `speaker`:
    whom the text has say it; `certainty`: how firmly, empty for what it reports as fact.
    """

    pieces: tuple[Piece, ...]
    href: str
    claim: str
    document: str
    title: str
    outlet: str
    date: str
    speaker: str
    certainty: str
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Quotes:
    """The first of some sentences, and how many others there are."""

    shown: tuple[Quote, ...]
    left_out: int


class Library:
    """The documents of a page and their claims; what refers to a document that is not here has no quote."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._claims = {(d.id, c.id): (d, c) for d in self.documents.values() for c in d.claims}

    def said(self, ref: Ref) -> Quote | None:
        """What a claim says; None if it is not here."""
        found = self._claims.get((ref.document, ref.claim))
        return quote(*found) if found else None

    def quotes(self, refs: Iterable[Ref], most: int, slot: str, value: Valued | None = None) -> Quotes:
        """What the claims say, each sentence once, with the words that fill a slot with a value: those first that
        have them in the sentence. A deal may have hundreds, so that no more are made than are shown."""
        different: dict[tuple[str, str, tuple[tuple[int, int], ...]], tuple[Document, Claim, list[Span]]] = {}
        for place in {(ref.document, ref.claim): None for ref in refs}:
            if found := self._claims.get(place):
                document, claim = found
                spans, start = _carrying(claim, slot, value), claim.evidence.start
                marks = tuple((span.start - start, span.end - start) for span in _inside(claim, spans))
                different[document.id, document.words(claim.evidence), marks] = document, claim, spans
        ordered = sorted(different.values(), key=lambda one: bool(one[2] and not _inside(one[1], one[2])))
        return Quotes(tuple(_quote(*one, slot) for one in ordered[:most]), max(0, len(ordered) - most))


def quote(document: Document, claim: Claim) -> Quote:
    """What a claim says."""
    return _quote(document, claim, [claim.trigger], "trigger")


def _inside(claim: Claim, spans: list[Span]) -> list[Span]:
    """Those within the sentence."""
    return [span for span in spans if claim.evidence.covers(span)]


def _quote(document: Document, claim: Claim, spans: list[Span], slot: str) -> Quote:
    """What a claim says, with the words that fill a slot."""
    inside = _inside(claim, spans)
    first = inside[0] if inside else None
    return Quote(
        pieces=tuple(_pieces(document, claim, inside)),
        href=links.words(document.id, slot, first.start, first.end) if first else links.evidence(document, claim),
        claim=links.claim(document.id, claim.id),
        document=document.id,
        title=words.title(document),
        outlet=words.outlet(document),
        date=words.published(document.date),
        speaker=", ".join(dict.fromkeys(words.one_line(span.text) for span in claim.speaker)),
        certainty=words.certainty(claim.modality, claim.negated, claim.disputed),
        elsewhere=tuple(
            (words.one_line(span.text), links.words(document.id, slot, span.start, span.end))
            for span in ({(s.start, s.end): s for s in spans}.values() if not inside else ())
        ),
    )


def _pieces(document: Document, claim: Claim, inside: list[Span]) -> Iterable[Piece]:
    at, end = claim.evidence.start, claim.evidence.end
    for span in sorted(inside, key=lambda s: (s.start, -s.end)):
        if span.start < at:
            continue  # within the one before it
        if at < span.start:
            yield Piece(document.text[at : span.start])
        yield Piece(document.text[span.start : span.end], is_value=True)
        at = span.end
    if at < end:
        yield Piece(document.text[at:end])


def _carrying(claim: Claim, slot: str, value: Valued | None) -> list[Span]:
    """The spans of a slot that mean the value, or all of the slot where the words show none that does."""
    spans: list[Span] = [claim.trigger] if slot == "trigger" else list(filling(claim, slot))
    return [span for span in spans if _means(span, value)] or spans


def _means(span: Span, value: Valued | None) -> bool:
    match span, value:
        case Party(), Named():
            return span.code == value.code if value.code else span.text == value.name
        case Equipment(), Item():
            return value.label in (span.designation, span.category, span.text) or bool(
                value.designation and value.designation == span.designation
            )
        case Quantity(), Figure():
            return (span.number, span.bound) == (value.number, value.bound)
        case Money(), Amount():
            return (span.amount, span.currency) == (value.amount, value.currency)
        case _, Named():
            return span.text == value.name
        case _:
            return True
