"""From lines to paragraphs: where one begins, and how the words of a line go on in the next.

Invariant: only white space is changed, and a hyphen left out where a word was parted at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from followthearms.sources.layout import Column, Stretch

Paragraph = list[tuple[int, Stretch]]
"""Its lines, each with the number of its page, counted from 0."""

_WIDER, _INDENT, _OTHER_SIZE, _APART = 0.45, 0.8, 0.15, 0.8
"""A new paragraph: after a gap so many letter heights wider than is usual, at an indent of so many heights after a
sentence, at letters so much larger or smaller, so many heights under a heading across columns. Set on reports made for
the purpose: of one and two columns, with indents, with gaps and with neither."""
_SENTENCE_END = re.compile(r"""[.!?:;]["'”’»)\]]*\Z""")
_ITEM = re.compile(r"(?:[•▪●◦]|[–—-] |\(?\d{1,2}[.)] |\(?[a-z]\) )")
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(r"([^\W_]+)[-\u2010\u00ad]\Z")
_FIRST_WORD = re.compile(r"[^\W_]+")


def text_of(pages: Sequence[Sequence[Column]]) -> tuple[str, list[int]]:
    """The text of the columns of some pages, paragraphs parted by an empty line, and where in it each page begins."""
    known = {
        word
        for page in pages
        for column in page
        for line in column
        for word in _WORD.findall(_PARTED.sub("", line.text.casefold()))
    }
    text, starts = "", [-1] * len(pages)
    pieces: list[str] = []
    at = 0
    for paragraph in _paragraphs(pages):
        text = ""
        at += 2 if pieces else 0
        for page, line in paragraph:
            text = _joined(text, line.text, known)
            if starts[page] < 0:
                starts[page] = at + len(text) - len(line.text)
        pieces.append(text)
        at += len(text)
    end = at
    for page in range(len(starts) - 1, -1, -1):  # a page without text begins where the next one does
        end = starts[page] = starts[page] if starts[page] >= 0 else end
    return "\n\n".join(pieces), starts


def _paragraphs(pages: Sequence[Sequence[Column]]) -> list[Paragraph]:
    found: list[Paragraph] = []
    edge = 0.0
    for number, page in enumerate(pages):
        for column in page:
            for n, lines in enumerate(_parted(column)):
                here = [(number, line) for line in lines]
                if n == 0 and found and _goes_on(found[-1][-1][1], edge, lines[0]):
                    found[-1] += here
                else:
                    found.append(here)
            edge = max(line.right for line in column)
    return found


def _goes_on(last: Stretch, edge: float, first: Stretch) -> bool:
    """Whether a paragraph goes on from the foot of a column, whose right edge is given, to the head of the next."""
    is_apart = _APART * first.height < last.bottom - first.top  # under it, and not at the head of another column
    if is_apart or _SENTENCE_END.search(last.text) or _is_other_size(last, first):
        return False
    return first.text[0].islower() or not (_had_room(last, first, edge) or _ITEM.match(first.text))


def _had_room(above: Stretch, below: Stretch, edge: float) -> bool:
    """Whether the first word of the line below would have found room in the one above, and was not put there."""
    word = len(below.text.split(maxsplit=1)[0]) + 1
    return edge - above.right > word * (below.right - below.left) / len(below.text)


def _parted(column: Column) -> Iterable[Column]:
    """The lines of a column, paragraph by paragraph."""
    left, right = min(line.left for line in column), max(line.right for line in column)
    usual = median([above.bottom - below.top for above, below in pairwise(column)] or [0.0])
    run = column[:1]
    for above, below in pairwise(column):
        ended = bool(_SENTENCE_END.search(above.text))
        is_short = _had_room(above, below, right)
        is_indented = below.left - left > _INDENT * below.height > above.left - left
        if (
            above.bottom - below.top > usual + _WIDER * below.height
            or _is_other_size(above, below)
            or (ended and (is_short or is_indented))
            or _ITEM.match(below.text)
        ):
            yield run
            run = []
        run.append(below)
    yield run


def _is_other_size(one: Stretch, other: Stretch) -> bool:
    return abs(one.height - other.height) > _OTHER_SIZE * max(one.height, other.height)


def _joined(text: str, line: str, known: set[str]) -> str:
    """A text and its next line. A hyphen at the end stays if what the document says elsewhere speaks for it."""
    head, tail = _PARTED.search(text), _FIRST_WORD.match(line)
    if not head or not tail:
        return f"{text} {line}" if text else line
    first, second = head[1].casefold(), tail[0].casefold()
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + line
    is_name = not tail[0][0].islower() or any(letter.isdigit() for letter in head[1])  # AK-47, T-72s, Franco-German
    is_compound = f"{first}-{second}" in known or {first, second} <= known
    if is_name or (is_compound and first + second not in known):
        return text + line
    return text[:-1] + line
