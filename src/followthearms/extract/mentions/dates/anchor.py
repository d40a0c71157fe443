"""What a phrase of time is placed against, and what its words say of before and after."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from followthearms.knowledge import calendar as cal
from followthearms.knowledge.calendar import Period
from followthearms.knowledge.names import plain

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a phrase is placed against: the day of publication, if known, and whether its clause is about the future."""

    published: dt.date | None
    ahead: Callable[[int, int], bool]

    def looks_ahead(self, match: Match) -> bool:
        """True if the phrase stands in a clause about the future."""
        return self.ahead(match.start(), match.end())


def way_of(word: str) -> int:
    """-1, 0 or 1 for a word that says last, this or next."""
    word = plain(word)
    if word in cal.NAMES.past or word == "the previous":
        return -1
    return 1 if word in cal.NAMES.next else 0


def one_day(published: dt.date, shift: int) -> Period:
    """The day `shift` days after publication."""
    date = published + dt.timedelta(days=shift)
    return Period(date, date)
