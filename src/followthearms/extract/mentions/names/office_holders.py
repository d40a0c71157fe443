"""Offices in a text, with the state or body beside them and the name of the holder where one stands there.

Invariant: an `Office` has a name only where the text puts one next to the title, and a code only where it puts a state,
firm or body next to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from followthearms.extract.mentions.names.namesakes import is_shouted
from followthearms.extract.mentions.taken import Taken
from followthearms.knowledge.calendar import MONTHS, WEEKDAYS
from followthearms.knowledge.names import Index, Match, Sort, iter_words, words_of
from followthearms.knowledge.offices import offices, title_names
from followthearms.model import Extent
from followthearms.model.mentions import Form, Mention
from followthearms.rules.tree import Sentence

_GIVES_OFFICE = (Form.NAME, Form.ADJECTIVE, Form.COMPANY, Form.BODY, Form.FORCE, Form.GROUP, Form.CAPITAL)
_PARTICLES = r"(?:al|el|bin|bint|ibn|ben|de|da|dos|del|della|di|van|von|der|den|la|le|ul|ur|abu)"
_PART = r"(?:(?:[A-Z]\.)+|(?:[Aa]l-|[Ee]l-|O['’]|D['’]|Mc|Mac)?[A-ZÀ-Þ][^\W\d_]*(?:[-'’](?!s\b)[^\W\d_]+)*)"
_NAME = re.compile(rf"{_PART}(?:[ ](?:{_PARTICLES}[ -]){{0,2}}{_PART}){{0,4}}")
_HOLDER_BEFORE = re.compile(rf"({_PART}(?:[ ](?:{_PARTICLES}[ -])?{_PART}){{1,3}}),[ ](?:the[ ]|an?[ ]|who[ ]is[ ])?\Z")
_BETWEEN = re.compile(
    r"(?:['’]s?)?[ ]{1,2}(?:(?:former|new|then|first|deputy|acting|visiting|late|newly|elected|senior|top|own)[ ])*"
)
_AFTER_TITLE = re.compile(r"(?:-elect|-designate)?[.,]?[ ]")
_OF = re.compile(r"[ ](?:of|for)[ ](?:the[ ])?")
_NO_NAME_POS = frozenset({"VERB", "AUX", "ADP", "DET", "PRON", "CCONJ", "SCONJ", "PART"})
_GOES_ON = re.compile(r"['’]s?\b|[- ][A-Z]")
_NO_NAME_START = frozenset({"ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX"})
_SHORTEST = 2
"""Letters a name must have."""
CALENDAR_WORDS = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3)
"""Months and days of the week: capitalised, next to names, and no part of them. Short forms may be: Jan, May."""
_REACH = 80
"""Code points before an office in which its holder's name may stand in apposition."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title in the text. `extent` covers the state or body before it, `code` is theirs, `holder` the name."""

    extent: Extent
    title: str
    sort: Sort
    code: str
    holder: Extent | None


def find_offices(text: str, actors: Sequence[Mention], sentences: Sequence[Sentence]) -> Iterator[Office]:
    """Every title of an office, in text order."""
    words = words_of(text)
    actors_ending = {a.end: a for a in actors if a.form in _GIVES_OFFICE}
    actors_starting = {a.start: a for a in actors}
    starts = [a.start for a in actors]
    taken = Taken((a.start, a.end) for a in actors)
    tags = {t.start: t.pos for s in sentences for t in s.tokens if t.pos in _NO_NAME_POS}
    for match in _titles().scan(text, words):
        n = bisect_right(starts, match.start)
        inside = actors[n - 1] if n and actors[n - 1].end > match.start else None
        if inside and not (inside.form is Form.FORCE and inside.end < match.end):
            continue
        owner = inside or _owner_before(text, match, actors_ending)
        start = owner.start if owner else match.start
        code, end = (owner.code or "" if owner else ""), match.end
        of = _OF.match(text, end)
        owner_after = actors_starting.get(of.end()) if of else None
        if owner_after and owner_after.form is not Form.ADJECTIVE and not _GOES_ON.match(text, owner_after.end):
            code, end = code or owner_after.code or "", owner_after.end
        holder = _holder_after(text, end, actors_starting, tags) or _holder_before(text, start, taken)
        yield Office(Extent(start=start, end=end), match.name.surface, match.name.sort, code, holder)


@lru_cache(maxsize=1)
def _titles() -> Index:
    return Index(title_names())


def _owner_before(text: str, match: Match, ending: dict[int, Mention]) -> Mention | None:
    """The state, firm or body whose office it is: it ends before the title with nothing but small words between."""
    for end in range(match.start - 1, max(-1, match.start - 24), -1):
        if end in ending:
            return ending[end] if _BETWEEN.fullmatch(text, end, match.start) else None
    return None


def _holder_after(text: str, end: int, starting: dict[int, Mention], tags: dict[int, str]) -> Extent | None:
    """The name that follows a title, after ranks, up to the next actor, date or verb."""
    space = _AFTER_TITLE.match(text, end)
    if not space or is_shouted(text, end):
        return None
    ranks = _ranks().match(text, space.end())
    start = stop = ranks.end() if ranks else space.end()
    name = _NAME.match(text, start)
    for n, word in enumerate(iter_words(name.group()) if name else ()):
        tag = tags.get(start + word.start)
        ended = word.key in CALENDAR_WORDS or (not n and word.key in _title_starts())
        if ended or start + word.start in starting or (tag if n else tag in _NO_NAME_START):
            break
        stop = start + word.end
    return _name_at(text, start, stop)


def _name_at(text: str, start: int, end: int) -> Extent | None:
    """The extent, unless what stands there is too short or an abbreviation."""
    name = text[start:end]
    return Extent(start=start, end=end) if sum(map(str.isalpha, name)) >= _SHORTEST and not name.isupper() else None


@lru_cache(maxsize=1)
def _title_starts() -> frozenset[str]:
    """First words of titles: "Mr President" names no one."""
    return frozenset(name.surface.split(" ")[0] for name in title_names() if name.sort in (Sort.TITLE, Sort.POST))


@lru_cache(maxsize=1)
def _ranks() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, offices().ranks), key=len, reverse=True))
    return re.compile(rf"(?:(?:{words})\b\.?[ ])*(?:\((?:{words})\b\.?\)[ ])?", re.IGNORECASE)


def _holder_before(text: str, start: int, taken: Taken) -> Extent | None:
    """The name before a title in apposition: "Dmitry Shugaev, the FSMTC director"."""
    window = max(0, start - _REACH)
    found = _HOLDER_BEFORE.search(text[window:start])
    if not found or is_shouted(text, start):
        return None
    ranks = _ranks().match(text, window + found.start(1))
    extent = _name_at(text, ranks.end() if ranks else window + found.start(1), window + found.end(1))
    return None if extent is None or taken.touches(extent.start, extent.end) else extent
