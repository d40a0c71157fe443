"""Whether words stand in a clause about the future, where "in October" is the next one."""

from __future__ import annotations

import re

from followthearms.knowledge import calendar as cal
from followthearms.knowledge.numerals import one_of

_REACH = 40
"""Characters before a date in which a deadline's word is sought."""

_PARTS = one_of({word for form in cal.PARTS for word in form.split()})
_DEADLINE = re.compile(  # right before the date only: elsewhere "by" names who did it
    rf"\b(?:by|until|till)[\s-]+(?:(?:the|of|in|about|around|at|{_PARTS})[\s-]+)*$", re.IGNORECASE
)
_AHEAD = re.compile(rf"\b(?!(?-i:May)\b)(?:{one_of(cal.NAMES.ahead)})\b", re.IGNORECASE)  # the month is no cue
_CLAUSE = re.compile(r"[.;:!?\n]|,\s|\s(?:and|but|while|which|who|that)\s")
_SIDE = 120
_NEAR, _OPENING_REACH = 2, 10
"""Words after a date in which a cue is sought: few inside a clause, more if the date opens it."""


def looks_ahead(text: str, start: int, end: int) -> bool:
    """True if the words are a deadline, or their clause has a cue of the future, before them or soon after."""
    if _DEADLINE.search(text[max(0, start - _REACH) : start]):
        return True
    before = _CLAUSE.split(text[max(0, start - _SIDE) : start])[-1]
    after = re.split(r"[.;:!?\n]|\s(?:and|but|which|who|that)\s", text[end : end + _SIDE])[0].split()
    reach = _NEAR if len(before.split()) > 2 else _OPENING_REACH
    return _AHEAD.search(" ".join((before, *after[:reach]))) is not None
