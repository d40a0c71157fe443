"""The office that a text puts beside a person's name.

Invariant: an office is words that stand right before the name, but for ranks, or right after it in apposition.
"""

from __future__ import annotations

import re
from functools import lru_cache

from followthearms.knowledge.names import Index, Sort, iter_words
from followthearms.knowledge.offices import offices, title_names
from followthearms.link.names import naming

_REACH = 80
"""Code points on either side of a name in which its office may stand."""
_APPOSED = re.compile(r",\s+(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?")
_OWNERS = frozenset({Sort.STATE, Sort.PEOPLE, Sort.BODY, Sort.COMPANY, Sort.FORCE})


def office(text: str, start: int, end: int) -> str | None:
    """The office beside the name at `text[start:end]`, in lower case ("defence minister"), or None."""
    return _before(text, start, end) or _after(text[end : end + _REACH])


def _before(text: str, start: int, end: int) -> str | None:
    """The last title whose holder's name begins in the span: it stands before it or at its head ("President Biden")."""
    begin = max(0, start - _REACH)
    window = text[begin:end]
    for match in reversed(list(_titles().scan(window, list(iter_words(window))))):
        gap = _gap().match(window, match.end)
        if gap and start - begin <= gap.end() < len(window):
            return match.name.surface
    return None


def _after(tail: str) -> str | None:
    """The title in apposition, after the state or body whose it is: ", the Indian defence minister"."""
    comma = _APPOSED.match(tail)
    if not comma:
        return None
    rest = tail[comma.end() :]
    match = next(_titles().scan(rest, list(iter_words(rest))), None)
    if match is None:
        return None
    between = rest[: match.start].strip().removesuffix("'s").removesuffix("’s")
    owners = [name for name in naming.scan(between) if name.name.sort in _OWNERS]
    whole = len(owners) == 1 and owners[0].start == 0 and owners[0].end == len(between)
    return match.name.surface if not between or whole else None


@lru_cache(maxsize=1)
def _titles() -> Index:
    return Index(name for name in title_names() if name.sort in (Sort.TITLE, Sort.POST))


@lru_cache(maxsize=1)
def _gap() -> re.Pattern[str]:
    """What may stand between a title and the name: ranks and forms of address."""
    words = "|".join(sorted(map(re.escape, offices().ranks), key=len, reverse=True))
    return re.compile(rf"(?:-elect|-designate)?\.?,?\s+(?:(?:{words})\b\.?\s+)*", re.IGNORECASE)
