"""From lines to paragraphs: where one begins, and how the words of a line go on in the next.

Invariant: only white space is changed, and a hyphen left out where a word was parted at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from statistics import median

from followthearms.sources.formats.layout import Column, Stretch

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
_LONGEST_WORD = 64


def text_of(pages: Sequence[Sequence[Column]]) -> tuple[str, list[int]]:
    """The text of the columns of some pages, paragraphs parted by an empty line, and where in it each page begins."""
    known = {word for page in pages for column in page for line in column for word in _words(line.text)}
    starts = [-1] * len(pages)
    pieces: list[str] = []
    length = 0
    for paragraph in _paragraphs(pages):
        between = "\n\n" if pieces else ""
        for page, line in paragraph:
            if pieces and not between:
                last = pieces[-1]
                pieces[-1], between = _end(last, line.text, known)
                length += len(pieces[-1]) - len(last)
            if starts[page] < 0:
                starts[page] = length + len(between)
            pieces += [between, line.text]
            length += len(between) + len(line.text)
            between = ""
    end = length
    for page in range(len(starts) - 1, -1, -1):  # a page without text begins where the next one does
        end = starts[page] = starts[page] if starts[page] >= 0 else end
    return "".join(pieces), starts


def _words(line: str) -> list[str]:
    """The words of a line, in lower case, but for the first half of one that is parted at its end."""
    parted = _parted(line)
    return _WORD.findall((line[: -len(parted[0])] if parted else line).casefold())


def _parted(line: str) -> re.Match[str] | None:
    """The first half of a word, with its hyphen, at the end of a line."""
    return _PARTED.search(line[-_LONGEST_WORD:])


def _end(above: str, below: str, known: Set[str]) -> tuple[str, str]:
    """The end of a line, and what comes between it and the next. A hyphen stays if what is known speaks for it."""
    head, tail = _parted(above), _FIRST_WORD.match(below)
    if not head or not tail:
        return above, " "
    first, second = head[1].casefold(), tail[0].casefold()
    is_name = not tail[0][0].islower() or any(letter.isdigit() for letter in head[1])  # AK-103, T-72s, Franco-German
    is_compound = (f"{first}-{second}" in known or {first, second} <= known) and first + second not in known
    if (is_name or is_compound) and not above.endswith(_SOFT_HYPHEN):
        return above, ""
    return above[:-1], ""


def _paragraphs(pages: Sequence[Sequence[Column]]) -> list[Paragraph]:
    found: list[Paragraph] = []
    edge = 0.0
    for number, page in enumerate(pages):
        for column in page:
            for n, lines in enumerate(_cut(column)):
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


def _cut(column: Column) -> Iterable[Column]:
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
