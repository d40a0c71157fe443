"""What stands in articles beside their prose: data/lexicon/boilerplate.yaml, compiled."""

from __future__ import annotations

import re

from followthearms.errors import KnowledgeError
from followthearms.knowledge.tables import read_lexicon
from followthearms.model import Frozen


class _Boilerplate(Frozen):
    paragraphs: list[str]
    inline: list[str]
    bylines: list[str]
    captions: list[str]
    not_places: list[str]


def _any(patterns: list[str], flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE | flags)
    except re.error as error:
        raise KnowledgeError(f"boilerplate.yaml: {error}; mend the pattern") from error


_DATA = read_lexicon("boilerplate", _Boilerplate)

PARAGRAPH = _any(_DATA.paragraphs)
"""Matches at the start of a paragraph that is no prose."""

INLINE = _any(_DATA.inline, re.MULTILINE)
"""Finds stretches inside a paragraph that are no prose."""

BYLINE = _any(_DATA.bylines)
"""Matches a byline or source that opens a text."""

CAPTION = _any(_DATA.captions)
"""Finds the mark of a picture's caption."""

NOT_PLACES = frozenset(_DATA.not_places)
"""Words before a colon, in lower case, that are no place of a dateline."""
