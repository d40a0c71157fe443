"""What the model sees of a passage: its words, what is named in it, and which arms stand near which happening.

Invariant: features are a function of the passage's flattened bytes; names of states and firms count as what they are,
not as which, so that what was learnt of one trade holds for another.
"""

from __future__ import annotations

import functools
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from followthearms.knowledge import organisations, states
from followthearms.screen.scan import arms_in, begun_near
from followthearms.screen.terms import DESIGNATION, NAME

SIZE = 1 << 16
"""Places that features are hashed into. Some 25,000 are taken; a tenth of those share theirs."""

_KEPT = 1 << 15
"""Words whose kinds and places are remembered: most of a text is of a few thousand."""
_COUNTS = (1, 2, 3, 5, 8)
_WORD_WEIGHT = 0.5
"""A word counts for half of a pair of terms; without words twice as much general news is let through."""
_LEAST_LETTERS = 4
_COMMON = frozenset(b"united south north east west republic people kingdom island islands city central saint".split())
_FIGURE = re.compile(rb"[0-9]+")
_MIXED = re.compile(rb"(?=[a-z]*[0-9])[a-z0-9]{2,7}")

Features = Mapping[int, float]
"""Places below `SIZE` with their values; the sum of the squares is 1."""


def features(flattened: bytes, *, names: bool = True) -> Features:
    """The features of a passage. Names of equipment without a figure count as those with one, which alone the model of
    the package was taught: without `names` are the features that it learnt from."""
    words = [_kind(word) for word in flattened.split()]
    counts = Counter(b"word " + word for word in words)
    values = {_place(name): _WORD_WEIGHT * (1 + math.log(n)) for name, n in counts.items()}
    values |= {_place(name): 1 + math.log(n) for name, n in _named(flattened, words, names).items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {place: value / length for place, value in values.items()}


def _named(flattened: bytes, words: Iterable[bytes], names: bool) -> Counter[bytes]:
    """How often each sort of arms, each happening near arms, and each pair of the two is named; totals by steps."""
    found: Counter[bytes] = Counter()
    totals = Counter({b"arms": 0, b"near": 0})
    for hit in arms_in(flattened):
        if hit.group == NAME and not names:
            continue
        group = (DESIGNATION if hit.group == NAME else hit.group).encode()
        near = begun_near(flattened, hit.end)
        totals[b"arms"] += 1
        totals[b"near"] += bool(near)
        found[b"arms " + group] += 1
        for term in near:
            found[b"near " + term.encode()] += 1
            found[b"pair " + group + b"|" + term.encode()] += 1
    totals.update(word for word in words if word.isupper())
    found.update(b"%d %s" % (step, name) for name, total in totals.items() for step in _COUNTS if total >= step)
    return found


@functools.lru_cache(maxsize=_KEPT)
def _place(name: bytes) -> int:
    return zlib.crc32(name) % SIZE


@functools.lru_cache(maxsize=_KEPT)
def _kind(word: bytes) -> bytes:
    """The word, or in capitals what it is: no word of a text is in capitals any more."""
    if known := _names().get(word):
        return known
    if _FIGURE.fullmatch(word):
        return b"FIGURE"
    return b"MIXED" if _MIXED.fullmatch(word) else word


@functools.lru_cache(maxsize=1)
def _names() -> Mapping[bytes, bytes]:
    """Words that name a state or a firm."""
    firms = (name for firm in organisations.companies() for name in (firm.name, *firm.aliases) if " " not in name)
    found = {word: b"FIRM" for name in firms for word in _words(name)}
    return found | {word: b"STATE" for name in states.state_names() for word in _words(name.surface)}


def _words(name: str) -> Iterable[bytes]:
    plain = re.findall("[a-z0-9]+", name.lower())
    return (word.encode() for word in plain if len(word) >= _LEAST_LETTERS and word.encode() not in _COMMON)
