"""Is a name that was found meant? Surnames, US states, designations and common words in capitals look the same.

Invariant: pure functions of the text around the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from followthearms.knowledge.names import Match, Sort, Word
from followthearms.knowledge.offices import offices
from followthearms.knowledge.states import not_states

_NEAR = 60
"""Code points on either side in which a US place makes "Georgia" the US state."""
_WINDOW = 120
"""Code points on either side that tell whether a text is in capitals."""
_SHOUTED = 0.7
_MODEL_NUMBER = re.compile(r"-?\d")
_NO_PRONOUN = re.compile(r"(?:\A|\n)[^\S\n]*\Z|\bTHE\s+\Z")
_ADJACENT = re.compile(r"\s")


def is_shouted(text: str, at: int) -> bool:
    """True if the text around the offset is in capitals."""
    letters = [c for c in text[max(0, at - _WINDOW) : at + _WINDOW] if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > _SHOUTED * len(letters)


def is_meant(text: str, words: Sequence[Word], match: Match) -> bool:
    """False if the name stands for something else here."""
    match match.name.sort:
        case Sort.HIDDEN:
            return False
        case Sort.PREFIX:
            return text[match.end : match.end + 1] in ("-", "–") and text[match.end + 1 : match.end + 2].isupper()
        case Sort.STATE | Sort.SEAT:
            if match.first == match.last and _is_a_person(text, words, match):
                return False
            if match.name.surface == "Georgia" and _is_the_us_state(text, match):
                return False
        case _:
            pass
    quote, tables = text[match.start : match.end], not_states()
    if quote in tables.homographs | tables.pronouns and is_shouted(text, match.start):
        return quote in tables.pronouns and bool(_NO_PRONOUN.search(text[max(0, match.start - 8) : match.start]))
    return not (match.name.surface.isupper() and _MODEL_NUMBER.match(text, match.end))


def _is_a_person(text: str, words: Sequence[Word], match: Match) -> bool:
    """ "Vernon Jordan" by the word before, "Chad Smith" by the word after."""
    if match.first:
        before = words[match.first - 1]
        given = text[before.start : before.end] in not_states().given_names
        if given and _ADJACENT.fullmatch(text, before.end, match.start):
            return True
    if match.name.surface not in not_states().first_names or match.last + 1 == len(words):
        return False
    after = words[match.last + 1]
    follows = bool(_ADJACENT.fullmatch(text, match.end, after.start))
    known = any(after.key in phrase.split() for phrase in offices().institutions)
    return follows and text[after.start].isupper() and not known and not is_shouted(text, match.start)


def _is_the_us_state(text: str, match: Match) -> bool:
    around = text[max(0, match.start - _NEAR) : match.end + _NEAR]
    return any(place in around for place in not_states().us_places)
