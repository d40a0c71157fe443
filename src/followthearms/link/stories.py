"""Which documents are copies of one text, so that a wire story counts once however often it is printed.

Two documents are one story if their texts are equal but for white space and case, or if at least `COPIED` of the
word triples of the shorter stand in the longer. Containment is asked for rather than Jaccard's measure (which it
implies at the same threshold), because a copy comes with another headline, another dateline, or cut at the end.
Invariant: the outcome is a function of the set of documents; their order plays no part.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from followthearms.link.joining.unite import Union
from followthearms.model import Document, Story

COPIED = 0.8
"""Texts written apart about one event share under a tenth of their triples; edited copies keep most of them."""

SHORTEST = 20
"""Triples: a text with fewer is a copy only of an equal text, as two headlines on one event may well agree."""

SAMPLED = 16
"""One in so many triples of a long text is in its sketch."""

LEAST = 75
"""Triples: a sketch holds about as many at least, or all. With fewer, a copy and a text three times as long, which
share four fifths of the shorter, might share nothing of their sketches: with 75 that is one pair in 10^8."""

SHARED = 5
"""Of the sketches of two copies 20 triples or more are expected to agree, or four fifths of a short one: fewer than
five do so for one pair in 50,000. A phrase or two agree in many texts."""

HOLDERS = 50
"""How many documents are looked at for one triple, so that words at the foot of every page of an outlet cost little:
copies of a text that is printed more often meet in other triples, or through the first of them."""

LONGER = 3.0
"""A text more than so many times as long as the other holds other reporting as well, and is a story of its own."""

_Triple = TypeVar("_Triple", str, int)

_WORD = re.compile(r"\w+")


def stories(documents: Iterable[Document]) -> tuple[Story, ...]:
    """The stories of the documents, sorted by id. Each document is in exactly one.

    The id of a story depends on its texts alone: on the least of their hashes.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    copies: Union[int] = Union()
    for left, right in _copied_pairs([shingles(document.text) for document in ordered]):
        copies.join(left, right)
    groups = copies.sets(range(len(ordered)))
    found = (story([ordered[i] for i in group]) for group in groups)
    return tuple(sorted(found, key=lambda one: one.id))


def words(text: str) -> list[str]:
    """The words of a text without case, punctuation and white space."""
    return _WORD.findall(text.casefold())


def story(documents: Sequence[Document]) -> Story:
    """The story that documents make which are copies of each other, directly or through others."""
    digest = min(hashlib.sha256(" ".join(words(document.text)).encode()).hexdigest() for document in documents)
    return Story(
        id=f"s{digest[:16]}",
        documents=tuple(sorted(document.id for document in documents)),
        outlets=tuple(sorted({document.outlet for document in documents if document.outlet})),
    )


def triples(text: str) -> frozenset[str]:
    """The word triples of a text; a text too short for copies in part gives one of the whole."""
    found = words(text)
    made = frozenset(map(" ".join, zip(found, found[1:], found[2:], strict=False)))
    return made if len(made) >= SHORTEST else frozenset([" ".join(found)])


def shingles(text: str) -> frozenset[int]:
    """The triples of a text as numbers below 2^63."""
    return numbered(triples(text))


def numbered(found: frozenset[str]) -> frozenset[int]:
    """Triples as numbers below 2^63."""
    hashed = (hashlib.blake2b(triple.encode(), digest_size=8) for triple in found)
    return frozenset(int.from_bytes(one.digest(), "big") >> 1 for one in hashed)


def sketch(found: frozenset[int]) -> frozenset[int]:
    """The least of the shingles of a text, by which its copies are found: one in `SAMPLED`, or about `LEAST`.

    What two sketches share shows candidates; `is_copy` of their shingles decides.
    """
    limit = 2**63 * max(LEAST, len(found) // SAMPLED) // max(len(found), 1)
    return frozenset(number for number in found if number < limit)


def is_copy(left: frozenset[_Triple], right: frozenset[_Triple]) -> bool:
    """True if two texts with these triples, or these shingles, are one story."""
    shorter, longer = sorted((left, right), key=len)
    return len(longer) <= LONGER * len(shorter) and len(shorter & longer) >= COPIED * len(shorter)


def _copied_pairs(told: Sequence[frozenset[int]]) -> Iterable[tuple[int, int]]:
    """Pairs of places of copies.

    Exact, without comparing all pairs: if `COPIED` of a set's members are in another, then at least one of any
    (1 - COPIED) share of them is, so that only a part of each text is looked up. The rarest are taken.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for place, members in enumerate(told):
        for member in members:
            holders[member].append(place)
    for place, members in enumerate(told):
        rarest = sorted(members, key=lambda member: (len(holders[member]), member))
        probes = rarest[: len(members) - int(-(-COPIED * len(members) // 1)) + 1]
        for other in sorted({holder for probe in probes for holder in holders[probe]} - {place}):
            if len(members) <= len(told[other]) and is_copy(members, told[other]):
                yield place, other
