"""How many independent sources stand behind a set of claims: copies of one story count once, and so does what
several stories took from one outlet, whether a claim says so ("told TASS") or the text is marked as the outlet's.

Invariant: each story counts for itself or for outlets, never for nothing; more claims never make fewer sources but
where they show that two were one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from followthearms.knowledge.entities import entity
from followthearms.link.names import naming
from followthearms.model import Claim, Document, Story
from followthearms.tables import DATA, read_table

_EDGE = 400
"""Code points at either end of a text in which it may be marked as an agency's."""

_DATELINE = re.compile(r"\(([A-Z][^()\n]{1,40})\)\s*[-–—:]")  # NAIROBI, 3 May (Reuters) -
_NAME = r"\s*:?\s+((?:[A-Z][\w&.]*(?: and | |-)?){1,6})"
_SEVERAL = re.compile(r"\s*[/,]\s*|\s+and\s+")


class Sources:
    """The stories of all documents, to count independent sources among claims of some of them."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._story = {document: story.id for story in stories for document in story.documents}
        self._marks: dict[str, frozenset[str]] = {}

    def count(self, told: Iterable[tuple[Document, Claim]]) -> int:
        """The number of independent sources of the claims, each given with its document.

        A story counts for the outlets that its claims name as their medium, and those it is marked as taken from;
        else for itself; and a story of an outlet that another story names counts for that outlet.
        """
        media: dict[str, set[str]] = defaultdict(set)
        outlets: dict[str, set[str]] = defaultdict(set)
        for document, claim in told:
            story = self._story[document.id]
            media[story] |= _outlet(claim.medium.text) if claim.medium else frozenset()
            media[story] |= self._marked(document)
            outlets[story] |= _outlet(document.outlet) if document.outlet else frozenset()
        named = set().union(*media.values())
        return len(set().union(*(media[story] or (outlets[story] & named) or {story} for story in media)))

    def _marked(self, document: Document) -> frozenset[str]:
        if document.id not in self._marks:
            self._marks[document.id] = marks(document.text)
        return self._marks[document.id]


def marks(text: str) -> frozenset[str]:
    """The known outlets that a text is marked as taken from: in its dateline, or in a line of credit at either end."""
    head, tail = text[:_EDGE], text[-_EDGE:]
    found = [match[1] for match in _DATELINE.finditer(head)]
    found += [match[1] for end in (head, tail) for match in _credit().finditer(end)]
    parts = (part.strip(" .") for words in found for part in _SEVERAL.split(words))
    return frozenset(name for part in parts for name in _outlet(part) if not entity(name).provisional)


@lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    phrases = read_table(DATA / "linking" / "credits.yaml", tuple[str, ...])
    said = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?i:{said}){_NAME}")


def _outlet(words: str) -> frozenset[str]:
    """The entity of an outlet; none for words that name no outlet ("local media"), which may be any."""
    found = naming.source(words).id
    return frozenset([found] if found else ())
