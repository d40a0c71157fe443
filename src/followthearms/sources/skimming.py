"""The main text of a page, roughly and at a twentieth of the cost, to tell whether the page is worth taking apart.

Invariant: no document is made of it. What it cannot take in safely is left to `html`, which says what is wrong.
"""

from __future__ import annotations

import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLParserException, HTMLTree

from followthearms.errors import UnreadableFile
from followthearms.sources.formats.html import declared_in
from followthearms.sources.options import ReadOptions
from followthearms.sources.raw import Raw
from followthearms.sources.text.decode import decoded
from followthearms.sources.text.mending import mend

_DIVISION = re.compile("<(?:div|article)", re.IGNORECASE)
_MOST_DIVISIONS = 5_000
"""Nested in each other so many take it half a second, and twice as many four times as long. Pages of 170 kB have some
hundreds."""
_SHORT = 400
"""Characters. A main text that is shorter was most likely missed, and all that the page shows is taken for it. So, and
with comments, as much of the main text is had as `html` finds (`benchmarks/scale/main_text.py`)."""


def skim(raw: Raw, options: ReadOptions) -> str | None:
    """The main text of a page; None if only taking it apart can tell."""
    try:
        page, _ = decoded(raw.data, raw.where, options, raw.charset or declared_in(raw.data))
        if len(_DIVISION.findall(page)) > _MOST_DIVISIONS:
            return None
        tree = HTMLTree.parse(page)
        text = _text(tree, main_content=True)
        text = text if len(text) >= _SHORT else _text(tree, main_content=False)
    except (UnreadableFile, HTMLParserException):
        return None
    return mend(text)[0].strip() or None


def _text(tree: HTMLTree, *, main_content: bool) -> str:
    return extract_plain_text(tree, main_content=main_content, preserve_formatting=True, alt_texts=False)
