"""Notices: what a person who watches the register is told.

Invariant: a notice says all that it is about, so that it can be told again when the register has moved on.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from followthearms.model.deals import Contradiction
from followthearms.model.snapshots import Changed, Gone, New
from followthearms.model.spans import Frozen


class Matter(StrEnum):
    """What a notice is about, in the order in which notices of one time are told."""

    CONTRADICTED = "contradicted"  # a deal, new or not, of which reports conflict now that did not before
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    UNREAD = "unread"


class Unread(Frozen):
    """What could not be read for one reason: the name of each input or source, the reason, and what to do."""

    where: tuple[str, ...]
    problem: str
    remedy: str = ""


class News(Frozen):
    """What there is to tell: a change of a deal, with the contradictions that arose in it and the addresses of the
    articles that brought it; or what could not be read."""

    matter: Matter
    about: New | Changed | Gone | Unread
    contradictions: tuple[Contradiction, ...] = ()
    articles: tuple[str, ...] = ()


class Notice(Frozen):
    """A piece of news as it is told: under an id (urn:uuid:…) that is its own for ever, at a time in UTC."""

    id: str
    at: AwareDatetime
    news: News
