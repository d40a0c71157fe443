"""Towns, ports, bases, plants, regions and states as places.

A place is what the gazetteer knows, a state or capital after a preposition of place, a capitalised name after one that
is no party, person or date, or a name with what kind of place it is ("Osan Air Base").
Invariant: places do not overlap each other, and each quotes the text without preposition or article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from followthearms.extract.mentions.names.namesakes import is_shouted
from followthearms.extract.mentions.taken import Taken
from followthearms.knowledge.calendar import MONTHS, WEEKDAYS
from followthearms.knowledge.names import Index, iter_words, words_of
from followthearms.knowledge.organisations import bodies
from followthearms.knowledge.places import place_names
from followthearms.model import Span
from followthearms.model.mentions import Form, Mention, MentionType
from followthearms.rules.tree import Sentence

_WHERE = r"in|at|near|from|outside|off|around|into|across|via|through|inside|over|outskirts of|capital,?"
_MOTION = (
    r"(?:visit\w*|trip|tour\w*|travel\w*|fl[eo]wn?|fly|sail\w*|we?nt|go|goes|gone|bound|head\w*|sent|arriv\w+|return\w*|"
    r"land\w*|dock\w*|enter\w*|shipped|airlifted)(?:[ \n](?:to|of|for|by))?"
)
_BEFORE_STATE = re.compile(
    rf"\b(?:{_WHERE}|{_MOTION})[ \n](?:the[ \n])?(?:(?:north|south|east|west)(?:ern)?[ \n])?\Z", re.IGNORECASE
)
"""A state or capital is a place after a preposition of place and after words of travel."""
_KINDS = (
    r"(?:Naval|Air Force|Air|Military|Army)[ ](?:Base|Station)|Airport|Air Force Station|Shipyard|Dockyard|Arsenal|"
    r"province|Province|district|District|region|oblast|Oblast|peninsula|Peninsula|county|County|governorate|Governorate|"
    r"DEPARTMENT|PROVINCE|DISTRICT|Industrial Corridor|Valley|Island|Islands|Port|Harbour|Harbor|plant|factory|"
    r"facility|facilities|shipyards?|Expo|Exhibition|Air Show|Airshow|camp|CAMP|FARM|"
    r"airport|airfield|air base|naval base|military base|test range|training area"
)
_WORD = r"[A-ZÀ-Þ][\w'’&-]{0,30}"
_OF_KIND = re.compile(rf"\b{_WORD}(?:[ ]{_WORD}){{0,3}}[ ](?:{_KINDS})\b")
_SMALL_WORDS = frozenset("the a an in at near from to of and its his new this".split())
"""What may owe its capital to the start of a sentence or a headline and is no part of the name behind it."""
_KIND_OF = re.compile(
    r"\b(?:town|city|port|village|district|province|region|state|base|capital)[ ](?:of[ ])?"
    rf"({_WORD}(?:[ ]{_WORD}){{0,2}})"
)
_AFTER = re.compile(rf"\b(?:in|at|near|outside)[ ]({_WORD}(?:[ ](?:de[ ]|al-|el-)?{_WORD}){{0,3}})")
_EDGE = re.compile(r"['’]s?\Z|['’-]+\Z")
_REACH = 32
"""Code points before a state in which a word of place or travel is sought."""
_ADJECTIVE = re.compile(r"(?:ern|rican|pean|sian|states|countries|nations)\Z")
_ABBREVIATION = 4
"""Up to this many letters, capitals make another word: "GAO" is no Gao."""


def find_places(text: str, actors: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """PLACE mentions in text order; `actors` is what `find_actors` found. `sentences` may be empty.

    A parse, where there is one, vetoes capitalised words after a preposition that it does not take for proper nouns.
    """
    common = {t.start for s in sentences for t in s.tokens if t.pos not in ("PROPN", "NOUN", "ADJ", "X")}
    parties = Taken((a.start, a.end) for a in actors)
    known = list(_known(text))
    states = list(_states(text, actors))
    kinds = [span for span in _of_kind(text) if span[0] not in common]
    guessed = (
        span
        for span in (*_captured(_KIND_OF, text), *_captured(_AFTER, text))
        if not parties.touches(*span) and span[0] not in common and _is_a_name(text, span)
    )
    return [_mention(text, span) for span in _apart((kinds, known, states, guessed))]


@lru_cache(maxsize=1)
def _gazetteer() -> Index:
    return Index(place_names())


def _known(text: str) -> Iterator[tuple[int, int]]:
    for match in _gazetteer().scan(text, words_of(text)):
        short = match.end - match.start <= _ABBREVIATION and text[match.start : match.end].isupper()
        if not short or is_shouted(text, match.start):
            yield match.start, match.end


def _states(text: str, actors: Iterable[Mention]) -> Iterator[tuple[int, int]]:
    for actor in actors:
        region = actor.code in bodies().blocs and not _ADJECTIVE.search(actor.span.text)
        if region or actor.form in (Form.NAME, Form.CAPITAL):
            window = text[max(0, actor.start - _REACH) : actor.start]
            if text[actor.start].isupper() and _BEFORE_STATE.search(window):
                yield actor.start, actor.end


def _of_kind(text: str) -> Iterator[tuple[int, int]]:
    for hit in _OF_KIND.finditer(text):
        start = hit.start()
        for word in iter_words(hit.group()):
            if word.key not in _SMALL_WORDS:
                break
            start = hit.start() + word.end + 1
        if start < hit.end() and text[start].isupper() and not is_shouted(text, start):
            yield start, hit.end()


def _captured(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for hit in pattern.finditer(text):
        cut = _EDGE.search(hit.group(1))
        yield hit.start(1), hit.start(1) + (cut.start() if cut else len(hit.group(1)))


def _is_a_name(text: str, span: tuple[int, int]) -> bool:
    """False for dates, single letters, abbreviations, and anything in a text in capitals."""
    words = list(iter_words(text[span[0] : span[1]]))
    dated = any(w.key in MONTHS or w.key in WEEKDAYS for w in words)
    short = len(words) == 1 and (span[1] - span[0] < 3 or text[span[0] : span[1]].isupper())
    return bool(words) and not dated and not short and not is_shouted(text, span[0])


def _apart(ranked: Iterable[Iterable[tuple[int, int]]]) -> tuple[tuple[int, int], ...]:
    """The spans of the first table, then those of the next that touch none so far, in text order."""
    taken = Taken()
    for spans in ranked:
        for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
            taken.add(*span)
    return taken.in_order()


def _mention(text: str, span: tuple[int, int]) -> Mention:
    return Mention(MentionType.PLACE, Span(start=span[0], end=span[1], text=text[span[0] : span[1]]))
