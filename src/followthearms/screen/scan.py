"""Finding words for arms, and beside them words for what happens in their trade, in bytes.

Before it is searched a text is flattened: capitals to small letters, whatever is no ASCII letter or digit to a blank.
Invariant: a term stands where a word begins and ends where its `Ending` allows; offset n of what was flattened is n + 1
in the flattened bytes, as one blank is put before them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from followthearms.screen.terms import (
    DESIGNATION,
    NAME,
    Ending,
    alike_terms,
    arms_terms,
    screen_words,
    transfer_terms,
    untaught_terms,
    vague_terms,
)

REACH = 100
"""Bytes between two words that are near each other, about a clause. All windows of `train` with a claim have a word for
arms so near to one for a transfer, of general news a quarter; within 60 bytes 98 and 19 in 100."""
_REST = 12
"""Bytes more that tell whether a word within reach is one that is only like a term."""

_FLAT = bytes(ord(chr(b).lower()) if b < 128 and chr(b).isalnum() else 32 for b in range(256))
_ENDS = {ending: re.compile(rb"(?:%s)?(?![a-z0-9])" % ending.value.encode()) for ending in Ending}

_Find = Callable[..., list[tuple[int, int, int]]]


def flat(data: bytes) -> bytes:
    """Words in small letters and blanks; `data` is a page as it came, or a text in UTF-8."""
    return b" " + data.translate(_FLAT)


class Sort(Enum):
    """What a word beside one for arms is."""

    TRADE = "trade"
    UNTAUGHT = "untaught"  # the same, but the model was not taught it
    VAGUE = "vague"  # tells of the trade beside a designation alone
    ALIKE = "alike"  # only begins as a term does ("soldier", "sold")


_TRADE = frozenset({Sort.TRADE, Sort.UNTAUGHT})
_ANY_TRADE = _TRADE | {Sort.VAGUE}
_TAUGHT = frozenset({Sort.TRADE, Sort.ALIKE})


class _Near(NamedTuple):
    """A term beside a word for arms, what it is, and where the blank before it is."""

    term: str
    sort: Sort
    begin: int


class Hit(NamedTuple):
    """A word for arms: where it ends in the flattened bytes, and its group."""

    end: int
    group: str


def arms_in(flattened: bytes) -> Iterator[Hit]:
    """The words for arms, by where they end; of terms that end together the longest."""
    find, endings = _arms()
    last = -1
    for number, _, end in find(flattened, overlapping=True):
        ending, group = endings[number]
        whole = ending.match(flattened, end)
        if whole and whole.end() > last:
            last = whole.end()
            yield Hit(last, group)


def is_paired(flattened: bytes, hit: Hit) -> bool:
    """Whether a word for what happens in the trade is within reach of one for arms."""
    enough = _ANY_TRADE if hit.group in (DESIGNATION, NAME) else _TRADE
    return any(near.sort in enough for near in _near(flattened, hit.end))


def tells_of_trade(flattened: bytes) -> bool:
    """Whether a word for arms stands near one for what happens in the trade, and arms are named: by a word that does
    more than tell of warfare, or by one with a word for the trade right behind it ("a defence pact")."""
    hits = list(arms_in(flattened))
    return any(is_paired(flattened, hit) for hit in hits) and any(_names_arms(flattened, hit) for hit in hits)


def _names_arms(flattened: bytes, hit: Hit) -> bool:
    if hit.group not in screen_words().warfare:
        return True
    return any(near.begin == hit.end and near.sort in _TRADE for near in _near(flattened, hit.end))


def begun_near(flattened: bytes, end: int) -> set[str]:
    """The terms for what happens in the trade, within reach of the word that ends at `end`, and those that a word only
    begins as ("sold" of "soldier"): to the model they tell of war. It was taught no others."""
    return {near.term for near in _near(flattened, end) if near.sort in _TAUGHT}


def _near(flattened: bytes, end: int) -> Iterator[_Near]:
    find, terms = _transfer()
    first = max(0, end - REACH)
    for number, begin, at in find(flattened[first : end + REACH + _REST]):
        term, letters, sort = terms[number]
        if first + at <= end + REACH + letters:
            yield _Near(term, sort, first + begin)


@functools.lru_cache(maxsize=1)
def _arms() -> tuple[_Find, list[tuple[re.Pattern[bytes], str]]]:
    """What finds the terms, made once a process, and for each how it may end and its group."""
    wanted = arms_terms()
    return _automaton((term.words for term in wanted), MatchKind.Standard), [
        (_ENDS[term.ending], term.group) for term in wanted
    ]


@functools.lru_cache(maxsize=1)
def _transfer() -> tuple[_Find, list[tuple[str, int, Sort]]]:
    """What finds the terms, and words that are like one: of two that begin together the longer. For each the term, how
    many letters more it has, and what it is."""
    sorts = {Sort.TRADE: transfer_terms(), Sort.UNTAUGHT: untaught_terms(), Sort.VAGUE: vague_terms()}
    found = {stem: (stem, 0, sort) for sort, stems in sorts.items() for stem in stems}
    for word in alike_terms():
        stem = max(stem for stem in transfer_terms() if word.startswith(stem))
        found[word] = stem, len(word) - len(stem), Sort.ALIKE
    return _automaton(found, MatchKind.LeftmostLongest), list(found.values())


def _automaton(words: Iterable[str], kind: MatchKind) -> _Find:
    """Of the library's automata the one that needs most memory is the fastest."""
    return BytesAhoCorasick(
        [b" " + w.encode() for w in words], matchkind=kind, implementation=Implementation.DFA
    ).find_matches_as_indexes
