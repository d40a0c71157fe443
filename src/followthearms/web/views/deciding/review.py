"""One claim at a time: its sentence in context, where it stands in the queue, and which claims are like it.

Invariant: the address names the claim, so that a page loaded again shows the same one, whatever was decided since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from followthearms.exchange import words
from followthearms.exchange.history import said
from followthearms.exchange.marks import EVIDENCE, Close, Open, Piece, Words, layers
from followthearms.model import Accept, Claim, Correct, DealRow, Decision, Document, Ref, Reject
from followthearms.model.decisions import undone
from followthearms.model.filters import Target
from followthearms.model.query import Query
from followthearms.register import Register
from followthearms.register.search import Place, Similar
from followthearms.web import links
from followthearms.web.views import quotes
from followthearms.web.views.asking import Chip, Order, chips, orders
from followthearms.web.views.documents.cases import cases
from followthearms.web.views.documents.document import Told, told
from followthearms.web.views.phrases import total
from followthearms.web.views.quotes import Quote

_AROUND = 400
"""Code points of the text that are shown on either side of a claim's sentence, up to the end of a word: about three
sentences of a news article."""

_BLANK = re.compile(r"\s+")


class Likeness(StrEnum):
    """What the claims of a group have in common with the one that they are shown with, beside its kind."""

    VALUE = "value"
    DEAL = "deal"
    STORY = "story"


GROUPS = {
    Likeness.VALUE: "of this kind and deal that say the same",
    Likeness.DEAL: "of this kind and deal",
    Likeness.STORY: "of this kind in copies of the story",
}
"""What is said of the claims of a group."""


@dataclass(frozen=True)
class Shown:
    """A claim with its sentence, and its document as it stands."""

    document: Document
    told: Told
    quote: Quote


@dataclass(frozen=True)
class Group:
    """Claims like the one that is shown, and where they are decided on at once."""

    by: Likeness
    label: str
    claims: tuple[Quote, ...]
    href: str


@dataclass(frozen=True)
class Seat:
    """A claim in the queue. `following` is where a decision leads; the text of the document goes on before `pieces`
    unless it `starts_within` them, and after them unless it `ends_within`."""

    document: Document
    title: str
    shown: Shown
    pieces: tuple[Piece, ...]
    starts_within: bool
    ends_within: bool
    number: int | None
    here: str
    previous: str | None
    next: str | None
    following: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class ReviewView:
    """The queue of the claims that meet a query, and the claim of it that is shown, if there is any. `undo` is what the
    visitor decided last."""

    query: str
    chips: tuple[Chip, ...]
    orders: tuple[Order, ...]
    total: str
    seat: Seat | None
    undo: Undoable | None


@dataclass(frozen=True)
class Undoable:
    """A decision that the visitor may undo: what it was, and the page of the queue on which its claim is shown."""

    decision: str
    said: str
    back: str


def shown(register: Register, refs: Iterable[Ref], deals: Mapping[str, Sequence[DealRow]] | None = None) -> list[Shown]:
    """Claims as they stand, in their order; `deals` tells of claims, by id, those that they are part of."""
    found: dict[str, dict[str, Shown]] = {}
    listed = list(refs)
    for name in dict.fromkeys(ref.document for ref in listed):
        decided, newest = register.ledger.with_newest(name)
        known = cases(decided, newest)
        found[name] = {}
        for n, one in enumerate(decided.document.claims, start=1):
            rows = tuple((row.id, words.heading(row)) for row in (deals or {}).get(one.id, ()))
            sight = Shown(
                decided.document,
                told(decided.document, n, one, rows, known[one.id]),
                quotes.quote(decided.document, one),
            )
            found[name][one.id] = sight
    return [found[ref.document][ref.claim] for ref in listed if ref.claim in found[ref.document]]


def review_view(register: Register, query: Query, place: Place, similar: Sequence[Similar], visitor: str) -> ReviewView:
    """The page of a queue at one of its claims."""
    return ReviewView(
        query=str(query),
        chips=chips(query),
        orders=orders(query, Target.CLAIMS),
        total=total(place.total),
        seat=_seat(register, query, place, place.claim, similar) if place.claim else None,
        undo=_undoable(register.ledger.decisions(), visitor, query),
    )


def _seat(register: Register, query: Query, place: Place, at: Ref, similar: Sequence[Similar]) -> Seat:
    [sight] = shown(register, [at], register.belonging.of_document(at.document))
    document, claim = sight.document, sight.told.claim
    start, end = _window(document.text, claim)
    before, after = (_at(query, one) if one else None for one in (place.previous, place.next))
    return Seat(
        document=document,
        title=words.title(document),
        shown=sight,
        pieces=tuple(_within(layers(document.text, [claim]), start, end)),
        starts_within=start == 0,
        ends_within=end == len(document.text),
        number=place.number,
        here=_at(query, at),
        previous=before,
        next=after,
        following=after or links.review(str(query)),
        groups=tuple(_groups(query, at, similar)),
    )


def _undoable(log: Sequence[Decision], visitor: str, query: Query) -> Undoable | None:
    """What the visitor decided last on a claim and did not undo."""
    gone = undone(log)
    for one in reversed(log):
        if one.who == visitor and one.id not in gone and isinstance(one.ruling, Accept | Reject | Correct):
            at = Ref(document=one.ruling.claim.document, claim=one.ruling.claim.claim)
            return Undoable(one.id, f"{one.act.value} {said(one.ruling)}", _at(query, at))
    return None


def members(similar: Sequence[Similar], by: Likeness) -> list[Similar]:
    """The claims of a group."""
    match by:
        case Likeness.VALUE:
            return [one for one in similar if one.of_deal and one.says_same]
        case Likeness.DEAL:
            return [one for one in similar if one.of_deal]
        case Likeness.STORY:
            return [one for one in similar if one.of_story]


def _at(query: Query, ref: Ref) -> str:
    return links.review(str(query), (ref.document, ref.claim))


def _groups(query: Query, at: Ref, similar: Sequence[Similar]) -> Iterator[Group]:
    """The groups that have claims; one that has the same claims as the one before it is left out."""
    last: list[Similar] = []
    for by, label in GROUPS.items():
        found = members(similar, by)
        if found and found != last:
            state = {"q": str(query), "document": at.document, "claim": at.claim, "by": by.value}
            told_ = tuple(_quote(one) for one in found)
            yield Group(by, label, told_, links.listing("/review/group", **state))
        last = found


def _quote(one: Similar) -> Quote:
    found, claim = one.found, one.found.claim
    return Quote(
        pieces=(quotes.Piece(found.quote.text),),
        href=links.words(found.document, EVIDENCE, claim.evidence.start, claim.evidence.end),
        claim=links.claim(found.document, claim.id),
        document=found.document,
        title=words.one_line(found.title or found.document),
        outlet=words.one_line(found.outlet or found.document),
        date=words.published(found.published),
        speaker="",
        certainty=words.certainty(claim.modality, claim.negated, claim.disputed),
    )


def _window(text: str, claim: Claim) -> tuple[int, int]:
    """The stretch of the text around a claim's sentence that is shown; where the text has blanks no word is cut."""
    start, end = max(0, claim.evidence.start - _AROUND), min(len(text), claim.evidence.end + _AROUND)
    blank = _BLANK.search(text, start, claim.evidence.start) if start else None
    last = text.rfind(" ", claim.evidence.end, end) if end < len(text) else -1
    return blank.end() if blank else start, last if last >= 0 else end


def _within(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """Those of the pieces of a text that lie in a stretch of it."""
    at = 0
    for piece in pieces:
        match piece:
            case Words():
                low, high = max(at, start), min(at + len(piece.text), end)
                if low < high:
                    yield Words(piece.text[low - at : high - at], piece.claim)
                at += len(piece.text)
            case Open() | Close():
                if piece.mark.start < end and start < piece.mark.end:
                    yield piece
