"""Parties that a sentence lists: of "Estonia, Latvia and Lithuania" none gives or takes alone.

The parser loses the ends of long lists, so they are read off the words that stand between the names.
Invariant: a list ends with a conjunction and its last name; two that a sentence sets against each other ("between
France and Spain") are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from followthearms.extract.events import Place
from followthearms.extract.frames.parties import PARTY_TYPES
from followthearms.model.mentions import Form, Mention

_AND = frozenset({"and", "or", "&"})
_COMMA = frozenset({","})
_LIGHT = frozenset({"the", "'s", "’s"})
"""Words that may stand beside a name in a list."""
_BETWEEN = frozenset({"between", "among"})


def with_listed(parties: tuple[Mention, ...], place: Place) -> tuple[Mention, ...]:
    """The parties, then those that the sentence lists together with one of them, each code once."""
    every = list(parties)
    for listed in _lists(place):
        if any(m in listed for m in parties):
            codes = {m.code for m in every}
            every.extend({m.code: m for m in listed if m.code not in codes}.values())
    return tuple(every)


def _lists(place: Place) -> Iterator[list[Mention]]:
    run: list[Mention] = []
    for one, other in pairwise(m for m in place.of_type(*PARTY_TYPES) if m.code and m.form is not Form.PRONOUN):
        words = _words(place, one.end, other.start) - _LIGHT
        run = [*(run or [one]), other] if words and words <= _AND | _COMMA else []
        if run and words & _AND:
            if not _words(place, place.start, run[0].start, last=2) & _BETWEEN:
                yield run
            run = []


def _words(place: Place, start: int, end: int, last: int = 0) -> set[str]:
    """The words between two offsets in lower case, or the last so many of them."""
    return {t.text.lower() for t in place.scene.sentence.within(start, end)[-last:]}
