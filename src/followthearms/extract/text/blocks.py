"""The parts of an article: headline, dateline, paragraphs, captions, boilerplate.

Invariant: blocks stand in text order and do not overlap, none begins or ends with white space, and `prose` holds no
character of a dateline or of boilerplate. A text may be a window out of an article:
nothing but its own words is relied on.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from followthearms.extract.text.datelines import Dateline, day_of, read_date_line, read_dateline, title_dateline
from followthearms.knowledge.boilerplate import BYLINE, CAPTION, INLINE, PARAGRAPH
from followthearms.model import Extent

LONGEST = 20_000
"""Code points in a stretch of prose; beyond, it is cut between words, so that a parser never meets 1 MB at once."""
WRAP = 100
"""Longer lines were not wrapped by hand: each is a paragraph."""
_LINES_ABOVE = 4
"""How many headings and the like may stand above a line that dates the report. Set by hand."""
HEADLINE = 200
"""Code points of the longest headline that is known by its shape alone."""
CAPTION_LENGTH = 400
"""Code points of the longest caption; a longer paragraph that says "Photo:" is one of the article's own."""


class BlockKind(StrEnum):
    """What a block is."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Basis(StrEnum):
    """Where a day of publication was read."""

    METADATA = "metadata"
    DATELINE = "dateline"
    TITLE = "title"


class Publication(NamedTuple):
    """A day of publication and where it was read."""

    date: dt.date
    basis: Basis


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text and what it is."""

    kind: BlockKind
    extent: Extent


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a text, its dateline, the line above the report that dates it, and the title's dateline."""

    items: tuple[Block, ...]
    dateline: Dateline | None = None
    date_line: Dateline | None = None
    title_dateline: Dateline | None = None

    def of(self, kind: BlockKind) -> tuple[Extent, ...]:
        """The stretches of one kind."""
        return tuple(b.extent for b in self.items if b.kind is kind)

    @property
    def headline(self) -> Extent | None:
        """The headline, where the text has it."""
        return next(iter(self.of(BlockKind.HEADLINE)), None)

    @property
    def prose(self) -> tuple[Extent, ...]:
        """The stretches to be parsed, in order: headline, paragraphs and captions."""
        return tuple(b.extent for b in self.items if b.kind not in (BlockKind.DATELINE, BlockKind.BOILERPLATE))


def find_blocks(text: str, title: str | None = None) -> Blocks:
    """The blocks of a text. The title, if known, tells the headline and may carry a dateline of its own."""
    items: list[Block] = []
    dateline = date_line = None
    paragraphs = list(_paragraphs(text))
    start, opening = _opening(text)
    if opening:
        items.append(Block(BlockKind.BOILERPLATE, opening))
    for n, (low, high) in enumerate(paragraphs):
        low = max(low, start)
        if low >= high:
            continue
        begun = _is_prose(text, items)
        if date_line is None and n < len(paragraphs) - 1 and not begun:
            date_line = read_date_line(text, low, high)
            if date_line and date_line.extent:
                items.append(Block(BlockKind.DATELINE, date_line.extent))
                continue
        if n == 0 and _is_headline(text[low:high], title, text[high:]):
            items.append(Block(BlockKind.HEADLINE, Extent(start=low, end=high)))
            continue
        if dateline is None and not begun:
            dateline = read_dateline(text, low, high)
            if dateline and dateline.extent:
                items.append(Block(BlockKind.DATELINE, dateline.extent))
                low = dateline.extent.end
        items.extend(_blocks(text, low, high))
    return Blocks(tuple(items), dateline, date_line, title_dateline(title))


def _is_prose(text: str, items: list[Block]) -> bool:
    """True if the report has begun: a paragraph is longer than a heading."""
    pieces = [text[b.extent.start : b.extent.end] for b in items if b.kind is BlockKind.PARAGRAPH]
    return len(pieces) >= _LINES_ABOVE or any(
        len(p.split()) > _TITLE_WORDS and (len(p) > HEADLINE or _SENTENCE_END.search(p)) for p in pieces
    )


def published(blocks: Blocks, year: int | None = None) -> Publication | None:
    """The day of publication that the text itself states in full, and where it stands.

    A dateline without a year is dated only if the caller gives the `year`.
    """
    places = (
        (blocks.dateline, Basis.DATELINE),
        (blocks.date_line, Basis.DATELINE),
        (blocks.title_dateline, Basis.TITLE),
    )
    for dateline, basis in places:
        if dateline is None:
            continue
        if dateline.metadata:
            return Publication(dt.date.fromisoformat(dateline.metadata), Basis.METADATA)
        if dateline.when and (date := day_of(dateline.when, year)):
            return Publication(date, basis)
    return None


# --- paragraphs

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LIST_ITEM = re.compile(r"\s*(?:[-•*–—▪●]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*\s*$")
_SHORT_SHARE, _SHORT_LINE, _TITLE_WORDS = 0.7, 40, 8
"""A line that ends a paragraph is shorter than this share of the widest or than so many code points; one without a
full stop has at most so many words. Set by hand."""


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph, without the white space around it."""
    for low, high in _cuts(text, _BLANK, 0, len(text)):
        lines = list(_cuts(text, re.compile(r"\n"), low, high))
        widest = max(end - start for start, end in lines)
        begin = lines[0][0]
        for (start, end), (after, after_end) in itertools.pairwise(lines):
            if _breaks(text[start:end], text[after:after_end], widest):
                yield from _trimmed(text, begin, end)
                begin = after
        yield from _trimmed(text, begin, high)


def _cuts(text: str, pattern: re.Pattern[str], low: int, high: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, low, high):
        yield low, match.start()
        low = match.end()
    yield low, high


def _breaks(line: str, following: str, widest: int) -> bool:
    """True if a paragraph ends with the line. A line that was wrapped goes on in the one that follows."""
    if len(line) > WRAP or widest > WRAP or _LIST_ITEM.match(following) or not line.strip() or not following.strip():
        return True
    short = len(line) < _SHORT_SHARE * widest or len(line) < _SHORT_LINE
    ends = _SENTENCE_END.search(line) is not None
    capital = following.lstrip()[:1].isupper() or not following.lstrip()[:1].isalpha()
    return short and capital and (ends or len(line.split()) <= _TITLE_WORDS)


def _trimmed(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    piece = text[low:high]
    low += len(piece) - len(piece.lstrip())
    high -= len(piece) - len(piece.rstrip())
    if low < high:
        yield low, high


def _blocks(text: str, low: int, high: int) -> Iterator[Block]:
    """A paragraph as blocks: whole, or cut by the boilerplate inside it."""
    low, high = next(_trimmed(text, low, high), (low, low))
    if low == high:
        return
    if PARAGRAPH.match(text, low, high):
        yield Block(BlockKind.BOILERPLATE, Extent(start=low, end=high))
        return
    caption = high - low <= CAPTION_LENGTH and CAPTION.search(text, low, high)
    kind = BlockKind.CAPTION if caption else BlockKind.PARAGRAPH
    for match in INLINE.finditer(text, low, high):
        yield from _prose(text, low, match.start(), kind)
        yield from (Block(BlockKind.BOILERPLATE, Extent(start=s, end=e)) for s, e in _trimmed(text, *match.span()))
        low = match.end()
    yield from _prose(text, low, high, kind)


def _prose(text: str, low: int, high: int, kind: BlockKind) -> Iterator[Block]:
    while high - low > LONGEST:
        at = max(text.rfind(mark, low, low + LONGEST) for mark in (". ", ".\n"))
        at = at + 1 if at > low else max(text.rfind(" ", low + 1, low + LONGEST), 0) or low + LONGEST
        yield from (Block(kind, Extent(start=s, end=e)) for s, e in _trimmed(text, low, at))
        low = at
    yield from (Block(kind, Extent(start=s, end=e)) for s, e in _trimmed(text, low, high))


def _opening(text: str) -> tuple[int, Extent | None]:
    """Where the text begins after a byline that opens it."""
    begin = len(text) - len(text.lstrip())
    match = BYLINE.match(text, begin)
    if match is None:
        return 0, None
    end = begin + len(match[0].rstrip())
    return end, Extent(start=begin, end=end)


def _is_headline(piece: str, title: str | None, rest: str) -> bool:
    """True if the first paragraph is the title, or short, unpunctuated and followed by more."""
    if title and " ".join(piece.split()).casefold() == " ".join(title.split()).casefold():
        return True
    line = "\n" not in piece and len(piece) <= HEADLINE and len(piece.split()) >= 4
    following = rest.strip().split("\n", 1)[0]
    return line and not _SENTENCE_END.search(piece) and len(following) > len(piece) and piece[:1].isupper()
