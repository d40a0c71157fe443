"""Claims of many documents brought together: stories, deals, contradictions. Pure functions; nothing is written."""

from followthearms.link.fold import Linked, deals, link
from followthearms.link.stories import stories

__all__ = ["Linked", "deals", "link", "stories"]
