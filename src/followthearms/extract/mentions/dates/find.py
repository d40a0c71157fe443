"""Dates and periods: "3 March 2019", "last October", "by 2025", "between March and May 2019".

Invariant: `first <= last` where both are known; what hangs on an unknown day of publication has no ends; an open end
("by", "since", "until") is null. "by 2025" ends with the year and begins nowhere: so the codebook rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from followthearms.extract.mentions.dates.anchor import Anchor
from followthearms.extract.mentions.dates.bounds import bound
from followthearms.extract.mentions.dates.future import looks_ahead
from followthearms.extract.mentions.dates.joins import join
from followthearms.extract.mentions.dates.parts import narrow
from followthearms.extract.mentions.dates.phrases import find_phrases
from followthearms.extract.mentions.dates.point import Point
from followthearms.knowledge import calendar as cal
from followthearms.model import DateRange
from followthearms.model.mentions import Mention, MentionType


def find_dates(text: str, published: dt.date | None, ahead: Callable[[int, int], bool] | None = None) -> list[Mention]:
    """The dates of a text, in order and without overlap, placed against the day of publication.

    `ahead(start, end)` tells whether the words there stand in a clause about the future, where "in October" is the next
    one; if it is not given, the cue words of calendar.yaml decide. A day of publication outside `calendar.YEARS` counts
    as unknown.
    """
    if published and published.year not in cal.YEARS:
        published = None
    anchor = Anchor(published, ahead or (lambda start, end: looks_ahead(text, start, end)))
    points = narrow(text, find_phrases(text, anchor))
    points = [p for p in join(text, points) if not p.weak]
    return [Mention(MentionType.DATE, _range(text, p)) for p in (bound(text, p, published) for p in points)]


def _range(text: str, point: Point) -> DateRange:
    first, last = point.period.first, point.period.last
    return DateRange(start=point.start, end=point.end, text=text[point.start : point.end], first=first, last=last)
