"""How many independent sources stand behind a set of claims: copies of one story count once, and so does what
several stories took from one outlet ("told TASS")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from followthearms.link.stories import words
from followthearms.model import Claim, Document, Story


class Sources:
    """The stories of all documents, to count independent sources among claims of some of them."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._story = {document: story.id for story in stories for document in story.documents}

    def count(self, told: Iterable[tuple[Document, Claim]]) -> int:
        """The number of independent sources of the claims, each given with its document.

        A story counts for the outlets that its claims name as their medium, else for itself;
        and a story of an outlet that another story names counts for that outlet.
        """
        media: dict[str, set[str]] = defaultdict(set)
        outlets: dict[str, set[str]] = defaultdict(set)
        for document, claim in told:
            story = self._story[document.id]
            media[story] |= {_name(claim.medium.text)} if claim.medium else set()
            outlets[story] |= {_name(document.outlet)} if document.outlet else set()
        named = set().union(*media.values())
        return len(set().union(*(media[story] or (outlets[story] & named) or {story} for story in media)))


def _name(outlet: str) -> str:
    """An outlet's name for comparison: its words without case, article and internet ending."""
    found = words(outlet)
    if found[:1] == ["the"]:
        found = found[1:]
    if len(found) > 1 and found[-1] in ("com", "org", "net"):
        found = found[:-1]
    return " ".join(found)
