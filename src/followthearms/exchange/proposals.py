"""What words that an analyst picks out of a text would mean, as the program's own readers take them.

Invariant: a proposal is written as corrections are, and is proposed for these words where they stand; nothing is taken
for granted of it until the analyst says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from followthearms.exchange.corrections import QUANTITY, meaning
from followthearms.extract.mentions.figures.find import find_figures
from followthearms.extract.mentions.names.actors import find_actors
from followthearms.knowledge.equipment import canonical, node, singular, spelling
from followthearms.model import Document, Slot, Span
from followthearms.model.mentions import Mention, MentionType

_AROUND = 200
"""Code points on either side of the words that are read with them: hedges ("over"), days that dates count from."""

_FIGURES = {QUANTITY: MentionType.QUANTITY, Slot.VALUE.value: MentionType.MONEY, Slot.DATE.value: MentionType.DATE}
_PARTIES = (Slot.SUPPLIER, Slot.RECIPIENT, Slot.ACTOR, Slot.PARTIES, Slot.SPEAKER)


def proposed(name: str, span: Span, document: Document) -> str:
    """What words would mean in a slot, one of `corrections.NAMES`; empty if the program cannot tell."""
    reader = _READERS.get(name)
    return reader(name, span, document) if reader else ""


def _figure(name: str, span: Span, document: Document) -> str:
    text, start = _around(span, document)
    found = [one for one in find_figures(text, document.date) if one.type is _FIGURES[name]]
    return _best(found, span, start)


def _party(name: str, span: Span, document: Document) -> str:
    text, start = _around(span, document)
    return _best([one for one in find_actors(text) if one.code], span, start)


def _equipment(name: str, span: Span, document: Document) -> str:
    """By the lists of designations and categories: the longest beginning that is a designation, the longest end that is
    a category."""
    words = span.text.split()
    cut = next((n for n in range(len(words), 0, -1) if canonical(" ".join(words[:n]))), 0)
    item = canonical(" ".join(words[:cut])) if cut else None
    first = next((n for n in range(cut, len(words)) if node(" ".join(words[n:]))), len(words))
    category = [word.lower() for word in words[first:]]
    named = " ".join(words[cut:first]) if not item and any(c.isdigit() for c in span.text) else ""
    designation = spelling(" ".join(words[:cut])) if item else named
    said = " ".join([*category[:-1], singular(category[-1])]) if category else item.category if item else ""
    return f"{designation or ''}/{said}" if designation or said else ""


_READERS: Mapping[str, Callable[[str, Span, Document], str]] = {
    **dict.fromkeys(_FIGURES, _figure),
    **{slot.value: _party for slot in _PARTIES},
    Slot.EQUIPMENT.value: _equipment,
}


def _around(span: Span, document: Document) -> tuple[str, int]:
    """The words with what stands around them, and where that begins in the text."""
    start = max(0, span.start - _AROUND)
    return document.text[start : span.end + _AROUND], start


def _best(found: list[Mention], span: Span, start: int) -> str:
    """The meaning of what shares most with the words, empty if nothing shares a character with them."""

    def shared(one: Mention) -> int:
        return min(one.end + start, span.end) - max(one.start + start, span.start)

    best = max(found, key=shared, default=None)
    return meaning(best.span) if best and shared(best) > 0 else ""
